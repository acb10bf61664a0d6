"""Small days, rosters and moments that the tests of the store share."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.domain.roster import Aboard, Reason, Roster, RosteredDuty, Stop, StopKind, Unserved
from pts_optimiser.store import Store
from pts_optimiser.store.days import put_day
from pts_optimiser.store.rosters import StoredRoster, add_roster

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
BY = "key:0123456789abcdef"
POLICY = '[use]\ndistancing = "off"\n'
TEXTS = {"journeys.csv": "journey_id\nJ1\nJ2\n", "duties.csv": "duty_id\nD1\n", "policy.toml": POLICY}
TRAVEL = bytes(range(256)) * 40

Result = TypeVar("Result")


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def a_journey(journey_id: str = "J1", contract: str = "cheshire", **changes: Any) -> Journey:
    told: dict[str, Any] = {
        "journey_id": journey_id,
        "attendance_id": "A1",
        "patient_ref": "p-1",
        "contract": contract,
        "category": Category.RENAL,
        "direction": Direction.INWARD,
        "pickup": Place("home 1", 53.19, -2.89, PlaceKind.HOME, "CH1 1AA"),
        "dropoff": Place("CoCH", 53.2115, -2.9023, PlaceKind.ACUTE),
        "appointment_at": datetime(2026, 11, 24, 7, 0, tzinfo=LONDON),
        "ready_at": None,
        "mobility": "car",
    }
    return Journey(**told | changes)


def a_roster(day: date = DAY, seed: int = 1) -> Roster:
    at = datetime(2026, 11, 24, 6, 30, tzinfo=LONDON)
    stops = (
        Stop(StopKind.START, None, 0, 53.2, -2.9, at, at, at, 1, 0, 0, Aboard()),
        Stop(StopKind.PICKUP, "J1", 1, 53.19, -2.89, at, at, later(43_200), 1, 300, 2100, Aboard(1, 1), 0),
    )
    return Roster(
        service_date=day,
        inputs={"journeys.csv": "ab" * 32, "duties.csv": "cd" * 32},
        policy={"distancing": "off", "standards": "nw_2016"},
        engine={"name": "hybrid", "seed": seed, "budget_s": 2.5, "workers": 1, "version": "0.1.0"},
        travel={"model": "formula", "file": "travel.npz"},
        duties=(RosteredDuty("D1", "V1", "standard_pts", 0, stops, 300, 2100),),
        unserved=(Unserved("J2", (Reason("NO_CREW", "two crew – é", "add a duty"),)),),
        kpis={"served": 1, "standards": [{"missed": 0}], "seats": {"U1": 0.25}},
    )


def put(session: Session, day: date = DAY) -> None:
    put_day(session, day, [a_journey("J1"), a_journey("J2")], [], POLICY, {"journeys.csv": "ab" * 32}, by=BY, at=NOW)


def add(
    store: Store, day: date = DAY, seed: int = 1, *, travel: bytes = TRAVEL, plan_id: str | None = None
) -> StoredRoster:
    """Add a roster with travel times in a transaction of its own."""
    with store.files.staged(travel) as staged, store.write() as session:
        files = {"travel.npz": staged}
        return add_roster(session, a_roster(day, seed), TEXTS, files, by=BY, at=NOW, plan_id=plan_id)


def at_once(tasks: int, work: Callable[[int], Result]) -> list[Result | Exception]:
    """What every one of several threads that start together returns or raises."""
    start = Barrier(tasks)

    def one(number: int) -> Result | Exception:
        start.wait()
        try:
            return work(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(tasks) as pool:
        return list(pool.map(one, range(tasks)))
