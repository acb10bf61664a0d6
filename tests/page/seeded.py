"""A store with a day that was planned twice: some journeys find no duty, some miss a target."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from pts_optimiser.planning.day import PlannedDay, Search, plan_day
from pts_optimiser.services.planned import Task, passed_roster
from pts_optimiser.store import Store, plans, upgrade
from pts_optimiser.store.days import put_day
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.rosters import add_roster
from pts_optimiser.store.words import PlanStatus, Role
from tests.days import WEEKDAY, small_day

DAY = WEEKDAY
_SHARE = 24
_ITERATIONS = (0, 300)


@dataclass(frozen=True)
class Seeded:
    """A store at ``url``, and a key of each role."""

    url: str
    keys: dict[Role, str]


@cache
def task() -> Task:
    """Some 150 journeys and too few duties, and a twin of the first duty that stands idle."""
    small, policy = small_day(share=_SHARE), load_policy()
    twin = replace(small.duties[0], duty_id="D-IDLE", vehicle_id="idle")
    return Task(
        DAY, small.journeys, (*small.duties[:11], twin), policy, {}, Search(iterations=_ITERATIONS[-1], workers=1)
    )


@cache
def planned(iterations: int) -> PlannedDay:
    search = Search(iterations=iterations, workers=1)
    return plan_day(task().journeys, task().duties[:-1], task().policy, DAY, search)


def seed(folder: Path) -> Seeded:
    """Versions 1 and 2 of the day, nothing published."""
    url, now = f"sqlite:///{folder}/pts.db", datetime.now(UTC)
    upgrade(url)
    with Store(url) as store:
        with store.write() as session:
            put_day(session, DAY, task().journeys, task().duties, policy_toml(task().policy), {}, by="test", at=now)
        for iterations in _ITERATIONS:
            add_version(store, planned(iterations))
        with store.write() as session:
            expires = now + timedelta(days=1)
            keys = {
                role: create_key(session, role.value, role, None, expires_at=expires, by="test", at=now)[1]
                for role in Role
            }
    return Seeded(url, keys)


def add_version(store: Store, found: PlannedDay, plan_id: str | None = None) -> None:
    texts = {
        "journeys.csv": journeys_csv(task().journeys),
        "duties.csv": duties_csv(task().duties),
        "policy.toml": policy_toml(task().policy),
    }
    with store.files.staged(found.travel.save) as travel, store.write() as session:
        now = datetime.now(UTC)
        add_roster(
            session, passed_roster(task(), found), texts, {"travel.npz": travel}, by="test", at=now, plan_id=plan_id
        )


class Worker:
    """What a worker of the jobs does to a plan, step by step."""

    def __init__(self, store: Store, plan_id: str) -> None:
        self._store, self._plan_id = store, plan_id
        with store.write() as session:
            plans.advance(session, plan_id, PlanStatus.QUEUED, at=datetime.now(UTC))
        with store.write() as session:
            self._fence = plans.claim(session, plan_id, at=datetime.now(UTC)).fence

    def tell(self, seconds: float, served: int, *, iterations: int | None = None) -> bool:
        """Save figures, and a roster where ``iterations`` says how good a one; returns whether it is to stop."""
        figures = {
            "seconds": seconds,
            "iterations": 100,
            "cost": 10**6 - int(seconds),
            "served": served,
            "drive_s": 90_000,
        }
        roster = None if iterations is None else passed_roster(task(), planned(iterations))
        with self._store.write() as session:
            told = plans.save_best(session, self._plan_id, self._fence, figures, roster, at=datetime.now(UTC))
        return told.stop_requested

    def finish(self, status: PlanStatus, iterations: int) -> None:
        add_version(self._store, planned(iterations), self._plan_id)
        with self._store.write() as session:
            plans.finish(session, self._plan_id, self._fence, status, at=datetime.now(UTC))


@contextmanager
def fresh() -> Iterator[Seeded]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # an answer may still be on its way
        yield seed(Path(folder))
