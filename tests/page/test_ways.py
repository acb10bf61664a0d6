"""Runs are drawn along the roads where a roster was made with roads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from pts_optimiser.domain.roster import RosteredDuty
from pts_optimiser.reporting.geojson import map_document
from pts_optimiser.services.hosted.stored import stored_publication
from pts_optimiser.services.planned import passed_roster
from pts_optimiser.store import Store
from pts_optimiser.store.rosters import add_roster, read_file, read_text
from tests.page.conftest import Open, Seed
from tests.page.seeded import DAY, Seeded, fresh, planned, task

CUT = """async () => {
    const [{waysOf}, {readRoster}, {askJson}] = await Promise.all(
        ["ways", "roster", "api"].map((name) => import(`/static/lib/${name}.js`)));
    const at = "/v1/days/%s/rosters/3";
    const [view, routes] = await Promise.all([askJson(`${at}/view`), askJson(`${at}/routes.geojson`)]);
    const shown = readRoster(view, 3);
    return [...waysOf(shown, routes.features)].map(([stop, way]) => [stop.duty.id, stop.number, way]);
}"""

COUNTING = """(() => {
    const {transferToImageBitmap} = OffscreenCanvas.prototype;
    window.painted = 0;
    OffscreenCanvas.prototype.transferToImageBitmap = function () {
        window.painted += 1;
        return transferToImageBitmap.call(this);
    };
})()"""


def _bend(duty: RosteredDuty) -> dict[tuple[int, int, int], list[list[float]]]:
    """A way round a corner for each leg of a duty."""
    return {
        (one.band, one.location, stop.location): [[round(one.lon, 5), round(stop.lat, 5)]]
        for one, stop in pairwise(duty.stops)
        if one.location != stop.location
    }


@contextmanager
def _with_roads() -> Iterator[Seeded]:
    """Version 3 is version 2 as a planner with roads at hand would have made it."""
    with fresh() as seeded, Store(seeded.url) as store:
        made = stored_publication(store, DAY, 2)
        ways: dict[tuple[int, int, int], list[list[float]]] = {}
        for duty in made.roster.duties:
            ways |= _bend(duty)
        lines = json.dumps(map_document(replace(made, lines=ways)))
        roster = passed_roster(task(), planned(300))
        roster = replace(roster, travel={**roster.travel, "model": "osm/1 test"})
        with store.read() as session:
            texts = {name: read_text(session, DAY, 2, name) for name in ("journeys.csv", "duties.csv", "policy.toml")}
            travel = read_file(session, DAY, 2, "travel.npz")
        with store.files.staged(travel) as staged, store.write() as session:
            texts["map.geojson"] = lines
            add_roster(session, roster, texts, {"travel.npz": staged}, by="test", at=datetime.now(UTC))
        yield seeded


@pytest.fixture
def seed() -> Seed:
    return _with_roads


def test_each_leg_has_its_way_round_the_corner(visit: Open) -> None:
    seen = visit(where=f"#/plan/{DAY}/3")
    page = seen.page
    with page.expect_response("**/routes.geojson"):
        page.wait_for_selector(".row")
    found: dict[tuple[str, int], Any] = {(duty, number): way for duty, number, way in page.evaluate(CUT % DAY)}
    legs = {
        (duty.duty_id, number): (one, stop)
        for duty in planned(300).duties
        for number, (one, stop) in enumerate(pairwise(duty.stops), start=1)
        if one.location != stop.location and (one.lat != stop.lat and one.lon != stop.lon)
    }
    assert len(legs) > 50
    assert len(found.keys() & legs.keys()) > 0.95 * len(legs)
    for key, way in found.items():
        one, stop = legs[key]
        assert way[0] == pytest.approx([one.lon, one.lat], abs=1e-5)
        assert way[-1] == pytest.approx([stop.lon, stop.lat], abs=1e-5)
        assert way[1] == pytest.approx([one.lon, stop.lat], abs=1e-5)
    page.wait_for_selector(".map canvas")
    page.locator(".row").nth(2).click()
    seen.picture("roads")


def test_tiles_are_not_painted_before_the_ways_are_known(visit: Open) -> None:
    page = visit(where=f"#/plan/{DAY}/3").page
    waiting: list[Any] = []
    page.route("**/rosters/3/routes.geojson", lambda route: waiting.append(route))  # noqa: PLW0108  the driver counts its parameters
    page.add_init_script(COUNTING)
    page.reload()
    page.wait_for_selector(".map canvas.map-picked", state="attached")
    page.get_by_role("button", name="Map: show the whole day").click()
    page.wait_for_timeout(1000)
    assert len(waiting) == 1
    assert page.evaluate("painted") == 0
    waiting[0].continue_()
    page.wait_for_function("() => painted > 0")
