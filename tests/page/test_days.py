"""The list of days says how much each has to plan, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from pts_optimiser.store import Store
from pts_optimiser.store.days import put_day
from pts_optimiser.store.words import Role
from tests.page.analysed import week
from tests.page.conftest import Open, Seed
from tests.page.seeded import DAY, Seeded, planned, task

NEW = date(2026, 11, 27)


@contextmanager
def _days() -> Iterator[Seeded]:
    """A day that is not planned, two that are and one that is published."""
    with week() as made:
        with Store(made.url) as store, store.write() as session:
            put_day(session, NEW, task().journeys[:3], task().duties[:1], "", {}, by="test", at=datetime.now(UTC))
        yield made


@pytest.fixture
def seed() -> Seed:
    return _days


@pytest.mark.parametrize(("dark", "width", "height"), [(False, 1280, 800), (True, 1440, 900)])
def test_the_list_says_how_much_there_is_and_how_far_a_day_is(visit: Open, dark: bool, width: int, height: int) -> None:
    seen = visit(Role.PLANNER, "#/plan", dark=dark, width=width, height=height)
    rows = seen.page.locator(".days tbody tr")
    rows.first.wait_for()
    told = {row.locator("a").get_attribute("href"): row.locator("td").all_inner_texts()[:3] for row in rows.all()}
    assert len(told) == 4
    assert told[f"#/plan/{NEW}"] == ["3", "1", "○ not planned"]
    every, unserved = len(task().journeys), len(planned(300).unserved)
    counts = [str(every), str(len(task().duties))]
    assert told[f"#/plan/{DAY}"] == [*counts, f"✓ version 2 published, {every - unserved} of {every} served"]
    assert sum(standing.startswith("● version 1 planned, ") for _, _, standing in told.values()) == 2
    assert not seen.serious_findings()
    assert seen.page.evaluate(
        "[...document.querySelectorAll('.days .panel')].every((e) => e.scrollWidth <= e.clientWidth)"
    )
    seen.picture(f"days-{'dark' if dark else 'light'}-{width}")
