"""What the day changes is drawn along the roads at once, and the map says what is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.store.words import Role
from tests.page.conftest import Open, Seed, Service
from tests.page.control import WAY, clock, in_force, plan_anew, room
from tests.services.hosted.by_road import drawn, network_folder, roads
from tests.services.hosted.test_moves import possible, put_by_hand
from tests.services.hosted.town_day import DAY

__all__ = ["clock", "drawn", "network_folder", "roads"]

DRAWN = """async () => {
    const [{ways, straightRuns}, {roster}] = await Promise.all(
        ["ways", "store"].map((name) => import(`/static/lib/${name}.js`)));
    const shown = roster.value;
    const drives = (duty) => duty.stops.slice(1).filter((stop, n) => duty.stops[n].place !== stop.place);
    const legs = shown ? shown.used.flatMap(drives) : [];
    const known = legs.filter((stop) => ways.value?.has(stop)).length;
    return {version: shown?.version, share: known / legs.length, said: straightRuns.value};
}"""
NEARLY_ALL = 0.97  # a road from door to door that is straight has no bends to be cut out


@pytest.fixture
def seed(drawn: str) -> Seed:
    return lambda: in_force(drawn)


@pytest.fixture
def network(request: pytest.FixtureRequest, network_folder: Path) -> Path | None:
    return network_folder if request.param else None


def _until(page: Any, version: int, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """How a version is drawn, once it is so."""
    for _ in range(300):
        found: dict[str, Any] = page.evaluate(DRAWN)
        if found["version"] == version and holds(found):
            return found
        page.wait_for_timeout(200)
    raise AssertionError(f"version {version} is drawn as {found}")


def _move(service: Service) -> str:
    """Somebody moves a journey by hand: which."""
    days = LiveDays(service.store)
    journey_id, _, other = possible(days)
    put_by_hand(days, journey_id, other)
    days.close()
    return journey_id


@pytest.mark.parametrize("network", [True], indirect=True, ids=["roads"])
def test_moves_and_proposals_are_drawn_along_the_roads(
    visit: Open, service: Service, clock: Callable[[], datetime]
) -> None:
    seen = room(visit(Role.ADMIN, WAY, width=1600, height=1000))
    page = seen.page
    page.wait_for_selector(".map canvas")
    _until(page, 1, lambda found: found["share"] > NEARLY_ALL)
    waiting: list[Any] = []
    page.route("**/rosters/2/routes.geojson", lambda route: waiting.append(route))  # noqa: PLW0108  the driver counts its parameters
    moved = _move(service)
    kept = _until(page, 2, lambda found: bool(waiting))
    assert 0.8 < kept["share"] < 1
    waiting[0].continue_()
    found = _until(page, 2, lambda found: found["share"] > kept["share"])
    assert found["share"] > NEARLY_ALL
    assert found["said"] == ""
    assert "Synthetic" in page.locator(".map-credit").inner_text()
    page.get_by_label("Find a journey by any word").fill(moved)
    page.keyboard.press("Enter")
    page.locator(".inspector").get_by_role("button", name="Unlock", exact=True).wait_for()
    page.wait_for_timeout(1000)
    seen.picture("day-moved-by-road")
    page.get_by_role("button", name="Re-plan the rest").click()
    page.get_by_text("Planning the rest of the day anew").wait_for()
    plan_anew(service.store, clock)
    page.get_by_role("link", name="See it on the map").click()
    page.wait_for_url(f"**/#/plan/{DAY}/3")
    found = _until(page, 3, lambda found: found["share"] > NEARLY_ALL)
    assert found["said"] == ""
    assert "3 · re-plan of 2" in page.locator(".daybar select").text_content()
    seen.picture("plan-replan-by-road")
    assert not seen.serious_findings()
    page.get_by_role("button", name="Publish…").click()
    page.get_by_text("A re-plan of version 2, made").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="All days").click()
    page.get_by_role("link", name=re.compile(str(DAY.year))).click()
    _until(page, 2, lambda found: found["share"] > NEARLY_ALL)
    assert "2 · by hand on 1 · published" in page.locator(".daybar select").text_content()


@pytest.mark.parametrize("network", [False], indirect=True, ids=["none"])
def test_where_no_roads_are_at_hand_the_map_says_whose_runs_are_partly_straight(visit: Open, service: Service) -> None:
    seen = room(visit(Role.CONTROLLER, WAY, width=1600, height=1000))
    page = seen.page
    page.wait_for_selector(".map canvas")
    _move(service)
    found = _until(page, 2, lambda found: found["said"] != "")
    assert found["said"].startswith("Partly drawn straight")
    assert found["share"] > 0.8
    page.locator(".map-credit", has_text="Partly drawn straight").wait_for()
