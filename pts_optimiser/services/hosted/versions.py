"""A plan changed by hand becomes a version of the day's roster, with all that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from pts_optimiser.dayof.rules import day_journeys
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.planning.replan.own_places import with_own_places
from pts_optimiser.reporting.kpis import with_kpis
from pts_optimiser.services.hosted.placing import Placed
from pts_optimiser.store import Store
from pts_optimiser.store.files import Source, Staged
from pts_optimiser.store.rosters import StoredRoster, add_roster, read_file

BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A roster on its way into the store."""

    roster: Roster
    texts: dict[str, str]
    travel: Staged
    based_on: int

    def add(self, session: Session, *, by: str, at: datetime) -> StoredRoster:
        files = {"travel.npz": self.travel}
        return add_roster(session, self.roster, self.texts, files, by=by, at=at, based_on=self.based_on)


@contextmanager
def version_of(store: Store, placed: Placed) -> Iterator[Version]:
    """Stage a checked plan; it is gone after the block unless it was added."""
    standing, published = placed.standing, placed.standing.in_force
    state, policy, n = standing.state, standing.plan.policy, len(published.plan.travel.lat)
    journeys, duties = day_journeys(state), tuple(duty.duty for duty in state.duties.values())
    measured = with_kpis(placed.after, journeys, duties, policy, placed.travel)
    roster, travel = with_own_places(measured, published.plan.travel, placed.travel)
    engine = {**published.plan.roster.engine, "name": BY_HAND, "reoptimised_at": state.now.isoformat()}
    texts = {
        "journeys.csv": journeys_csv(journeys),
        "duties.csv": duties_csv(published.plan.duties.values()),  # what moved their ends is among the events
        "policy.toml": policy_toml(policy),
    }
    publication = published.publication
    source: Source = travel.save
    if len(travel.lat) == n:  # no place is new, so the table is the same
        with store.read() as session:
            source = read_file(session, publication.service_date, publication.version, "travel.npz")
    with store.files.staged(source) as staged:
        yield Version(replace(roster, engine=engine), texts, staged, publication.version)
