"""A store with three planned days, one of them published, for who compares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.planning.day import PlannedDay, Search, plan_day
from pts_optimiser.services.hosted.versions import texts_of
from pts_optimiser.services.planned import Task, passed_roster
from pts_optimiser.store import Store
from pts_optimiser.store.days import put_day
from pts_optimiser.store.publishing import publish
from pts_optimiser.store.rosters import add_roster
from tests.days import small_day
from tests.page import seeded
from tests.page.seeded import DAY, Seeded

OTHERS = (date(2026, 11, 25), date(2026, 11, 26))


@cache
def _other(day: date) -> tuple[Task, PlannedDay]:
    small, policy = small_day(day, share=60), load_policy(distancing="two_parties")
    search = Search(iterations=0, workers=1)
    task = Task(day, small.journeys, small.duties, policy, {}, search)
    return task, plan_day(task.journeys, task.duties, policy, day, search)


@contextmanager
def week() -> Iterator[Seeded]:
    """The day of the plan view's tests with two versions, the second published, and two days with distancing."""
    with seeded.fresh() as made, Store(made.url) as store:
        now = datetime.now(UTC)
        for task, planned in map(_other, OTHERS):
            with store.files.staged(planned.travel.save) as travel, store.write() as session:
                rules = policy_toml(task.policy)
                put_day(session, task.service_date, task.journeys, task.duties, rules, {}, by="test", at=now)
                texts = texts_of(task.journeys, task.duties, task.policy)
                add_roster(session, passed_roster(task, planned), texts, {"travel.npz": travel}, by="test", at=now)
        with store.write() as session:
            publish(session, DAY, 2, expected_etag=None, by="test", at=now)
        yield made
