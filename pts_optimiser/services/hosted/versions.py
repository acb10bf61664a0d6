"""A plan changed on the day becomes a version of its roster, with all that it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from geodata import TravelTimes
from pts_optimiser.dayof.rules import day_journeys
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.planning.replan.own_places import with_own_places
from pts_optimiser.reporting.kpis import with_kpis
from pts_optimiser.services.hosted.placing import Placed
from pts_optimiser.services.hosted.standing import InForce
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

    def add(self, session: Session, *, by: str, at: datetime, plan_id: str | None = None) -> StoredRoster:
        files = {"travel.npz": self.travel}
        return add_roster(
            session, self.roster, self.texts, files, by=by, at=at, plan_id=plan_id, based_on=self.based_on
        )


@contextmanager
def version_of(store: Store, placed: Placed) -> Iterator[Version]:
    """Stage a plan changed by hand; it is gone after the block unless it was added."""
    standing, published = placed.standing, placed.standing.in_force
    state, policy = standing.state, standing.plan.policy
    journeys, duties = day_journeys(state), tuple(duty.duty for duty in state.duties.values())
    measured = with_kpis(placed.after, journeys, duties, policy, placed.travel)
    engine = {**published.plan.roster.engine, "name": BY_HAND, "reoptimised_at": state.now.isoformat()}
    with staged(store, published, replace(measured, engine=engine), journeys, duties, placed.travel) as version:
        yield version


@contextmanager
def staged(
    store: Store,
    published: InForce,
    after: Roster,
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    travel: TravelTimes,
) -> Iterator[Version]:
    """Stage a checked roster, which is in ``travel``, with the day's ``journeys`` by now.

    Its ``duties`` are kept as they were planned: what has moved their ends is among the events, and stays there.
    """
    publication, known = published.publication, published.plan.travel
    roster, table = with_own_places(after, known, travel)
    texts = texts_of(journeys, duties, published.plan.policy)
    source: Source = table.save
    if len(table.lat) == len(known.lat):  # no place is new, so the table is the same
        with store.read() as session:
            source = read_file(session, publication.service_date, publication.version, "travel.npz")
    with store.files.staged(source) as file:
        yield Version(roster, texts, file, publication.version)


def texts_of(journeys: Sequence[Journey], duties: Sequence[Duty], policy: Policy) -> dict[str, str]:
    """What a roster stands on, as the texts of its folder."""
    return {
        "journeys.csv": journeys_csv(journeys),
        "duties.csv": duties_csv(duties),
        "policy.toml": policy_toml(policy),
    }
