"""A stored roster with what it was made from, read from the store alone: no solver, no jobs, no roads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from sqlalchemy.orm import Session

from pts_optimiser.checking.travel_times import TravelTable, read_travel
from pts_optimiser.domain.issue_json import issues_from_documents
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.day import Day, read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.services.ways import MAP
from pts_optimiser.store import Store
from pts_optimiser.store.rosters import parts_of, read_file, read_roster, read_text

TEXTS = ("journeys.csv", "duties.csv", "policy.toml")
ISSUES = "issues.json"
"""What planning found in the travel times of a version, where it found anything."""


class StoredTravel:
    """The arrays of ``travel.npz``, read when one is first asked for: most of what is shown needs none of them."""

    def __init__(self, path: Callable[[], Path]) -> None:
        self._path = path

    @cached_property
    def table(self) -> TravelTable:
        """All arrays; raises DamagedError or TravelTimesError where the file is not as it was stored."""
        return read_travel(self._path())

    @property
    def lat(self) -> NDArray[Any]:
        return self.table.lat

    @property
    def lon(self) -> NDArray[Any]:
        return self.table.lon

    @property
    def seconds(self) -> NDArray[Any]:
        return self.table.seconds

    @property
    def metres(self) -> NDArray[Any]:
        return self.table.metres

    @property
    def band_start_s(self) -> NDArray[Any]:
        return self.table.band_start_s


def stored_inputs(session: Session, service_date: date, version: int) -> tuple[Roster, Policy, Day]:
    """One version of a day's roster with the policy, journeys and duties that it was made from.

    Raises
    ------
    NotFoundError, DamagedError
        There is no such version, or it is not what was stored.
    """
    roster = read_roster(session, service_date, version)
    journeys, duties, toml = (read_text(session, service_date, version, name).encode() for name in TEXTS)
    policy = load_policy(toml, distancing=roster.policy.get("distancing"), standards=roster.policy.get("standards"))
    return roster, policy, read_day(journeys, duties, policy, service_date=service_date, as_it_went=True)


def stored_publication(store: Store, service_date: date, version: int) -> Publication:
    """One version of a day's roster, for ``reporting`` to show; raises as ``stored_inputs``."""

    def travel_file() -> Path:
        with store.read() as session:
            return read_file(session, service_date, version, "travel.npz")

    with store.read() as session:
        roster, policy, day = stored_inputs(session, service_date, version)
        found = _kept(session, service_date, version, ISSUES)
    return Publication(
        roster=roster,
        journeys=day.journeys,
        duties=day.duties,
        policy=policy,
        travel=StoredTravel(travel_file),
        journeys_csv=journeys_csv(day.journeys),
        duties_csv=duties_csv(day.duties),
        policy_toml=policy_toml(policy),
        travel_npz=lambda path: path.write_bytes(travel_file().read_bytes()),
        issues=issues_from_documents(json.loads(found)) if found else (),
    )


def kept_map(store: Store, service_date: date, version: int) -> str | None:
    """``map.geojson`` as it was made with the roads at hand, if it was: without them lines are straight."""
    with store.read() as session:
        return _kept(session, service_date, version, MAP)


def _kept(session: Session, service_date: date, version: int, name: str) -> str | None:
    """A text that not every version has."""
    texts, _ = parts_of(session, service_date, version)
    return read_text(session, service_date, version, name) if name in texts else None
