"""A small day with room, in force at nine o'clock, and the worker that plans its rest anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest

from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.replanning import reoptimise
from pts_optimiser.services.hosted.turn import Turn
from pts_optimiser.store import Store, plans, upgrade
from pts_optimiser.store.events import Event, append_events, events
from pts_optimiser.store.keys import create_key
from pts_optimiser.store.publishing import Publication, current, publish
from pts_optimiser.store.words import PlanStatus, Role
from tests.page.conftest import Seed, Visit
from tests.page.seeded import Seeded
from tests.services.hosted.town_day import DAY, at, open_after, planned, put_published

NINE = at(9)
WAY = f"#/day/{DAY}"
PICKED = "document.querySelector('.risks .row[aria-selected=true] .cell:nth-child(2)')?.innerText ?? ''"


def from_nine() -> Callable[[], datetime]:
    """A clock that runs, from nine o'clock on the day."""
    begun = monotonic()
    return lambda: NINE + timedelta(seconds=int(monotonic() - begun))


@contextmanager
def in_force(drawn: str | None = None) -> Iterator[Seeded]:
    """A store with the day published, by road where a map was ``drawn`` of it."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # an answer may still be on its way
        url = f"sqlite:///{Path(folder)}/pts.db"
        upgrade(url)
        with Store(url) as store:
            put_published(store, drawn=drawn)
            expires = NINE + timedelta(days=1)
            with store.write() as session:
                keys = {
                    role: create_key(session, role.value, role, None, expires_at=expires, by="test", at=NINE)[1]
                    for role in Role
                }
        yield Seeded(url, keys)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return from_nine()


@pytest.fixture
def seed() -> Seed:
    return in_force


def publish_again(store: Store) -> Publication:
    """Somebody publishes the first version over whatever is published."""
    with store.write() as session:
        before = current(session, DAY)
        return publish(session, DAY, 1, expected_etag=before and before.etag, by="key:colleague", at=NINE)


def say(store: Store, kind: str, number: int = 1, **fields: object) -> None:
    """Something is said by somebody else, a while ago."""
    moment = at(8.5)
    with store.write() as session:
        append_events(session, DAY, [Event(f"e{number}", "ward", number, moment, moment, kind, fields)])


def said(store: Store) -> list[Event]:
    """What was said on the day, in its order."""
    with store.read() as session:
        return [event for _, event in events(session, DAY)]


def published_version(store: Store) -> int:
    with store.read() as session:
        found = current(session, DAY)
    assert found is not None
    return found.version


def homeward() -> str:
    """A journey whose patient will be ready at some time, planned for later."""
    return next(one for one, _ in open_after(12) if planned().journeys[one].ready_at is not None)


def plan_anew(store: Store, clock: Callable[[], datetime]) -> None:
    """Do what was ordered, as a worker does."""
    with store.write() as session:
        [ordered] = plans.unfinished(session)
        for status in (PlanStatus.VALIDATED, PlanStatus.QUEUED):
            if status in plans.NEXT[plans.plan(session, ordered.plan_id).status]:
                plans.advance(session, ordered.plan_id, status, at=clock())
        held = plans.claim(session, ordered.plan_id, at=clock())
    days = LiveDays(store, clock=clock)
    with Turn(store, held) as turn:
        reoptimise(turn, days)
    days.close()


def room(seen: Visit) -> Visit:
    """The control room, once its lists are there."""
    seen.page.wait_for_selector(".risks .row")
    return seen


def pick(seen: Visit) -> str:
    """The first of those who may be late, by keyboard."""
    seen.page.locator(".risks .table").focus()
    seen.page.keyboard.press("ArrowDown")
    picked: str = seen.page.wait_for_function(PICKED).json_value()
    return picked
