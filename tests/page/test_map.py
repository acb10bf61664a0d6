"""The map: runs painted a tile at a time, what is picked painted over it, and both picked with the pointer."""

from __future__ import annotations

from time import monotonic
from typing import Any

from tests.page.conftest import Open, Visit
from tests.page.seeded import DAY, planned

TILES = """async () => {
    const [{legsOf, legAt, mercator, meets}, {paintTile}, {roster}] = await Promise.all(
        ["parts/map_legs", "parts/map_runs", "lib/store"].map((name) => import(`/static/${name}.js`)));
    const legs = roster.value.used.flatMap((duty) => legsOf(duty, null)), zoom = 9, tiles = 2 ** zoom;
    const [leg] = legs, [x, y] = [(leg.at[0] + leg.at[2]) / 2, (leg.at[1] + leg.at[3]) / 2];
    const tile = paintTile([leg], zoom, Math.floor(x * tiles), Math.floor(y * tiles), false);
    const pen = new OffscreenCanvas(tile.width, tile.height).getContext("2d");
    pen.drawImage(tile, 0, 0);
    const around = [512 * ((x * tiles) % 1) - 2, 512 * ((y * tiles) % 1) - 2, 5, 5];
    return {
        painted: pen.getImageData(...around).data.some((value) => value > 0),
        elsewhere: paintTile(legs, zoom, 0, 0, false),
        nearest: legAt([leg], [x + 1e-7, y], 1e-6) === leg,
        far: legAt(legs, mercator([30, 0]), 1e-3),
        boxes: legs.every((one) => meets(one, one.at[0], one.at[1], one.at[0], one.at[1])),
    };
}"""
SHAPES = """async () => {
    const [{legsOf}, {pickedShapes}, {roster}] = await Promise.all(
        ["parts/map_legs", "parts/map_picked", "lib/store"].map((name) => import(`/static/${name}.js`)));
    const told = (journey) => {
        const {duty} = journey, {legs, calls} = pickedShapes(duty, journey, duty ? legsOf(duty, null) : [], false);
        const loads = legs.filter((leg) => leg.ride).map((leg) => leg.load);
        return [journey.id, loads, calls.filter((call) => call.on).length];
    };
    return roster.value.journeys.map(told);
}"""
MARK = """() => {
    const over = document.querySelector(".map-picked"), pen = over.getContext("2d");
    const wanted = getComputedStyle(document.documentElement).getPropertyValue("--pick").trim();
    pen.fillStyle = wanted;
    const [red, green, blue] = [1, 3, 5].map((n) => parseInt(pen.fillStyle.slice(n, n + 2), 16));
    const {data, width, height} = pen.getImageData(0, 0, over.width, over.height);
    const full = (x, y) => {
        const at = 4 * (y * width + x);
        return data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255;
    };
    for (let y = 8; y < height - 8; y++) for (let x = 8; x < width - 8; x++) {
        if ([-7, 7].every((off) => full(x + off, y) && full(x, y + off))) return [x, y];
    }
    return null;
}"""


def _open(visit: Open) -> Visit:
    seen = visit(where=f"#/plan/{DAY}/2")
    seen.page.wait_for_selector(".map canvas.map-picked", state="attached")
    seen.page.wait_for_selector(".row")
    return seen


def test_a_tile_shows_the_runs_that_cross_it_and_a_pointer_finds_them(visit: Open) -> None:
    found = _open(visit).page.evaluate(TILES)
    assert found == {"painted": True, "elsewhere": None, "nearest": True, "far": None, "boxes": True}


def test_the_ride_of_a_journey_is_marked_from_its_pick_up_to_its_set_down(visit: Open) -> None:
    found = {journey: (loads, on) for journey, loads, on in _open(visit).page.evaluate(SHAPES)}
    assert all(on == 2 for _, on in found.values())
    for duty in planned(300).duties:
        for stop in duty.stops:
            if stop.kind == "pickup":
                loads, _ = found[stop.journey_id]
                assert loads
                assert min(loads) >= 1


def _resting_mark(page: Any) -> list[float]:
    """The middle of a call of the picked journey, once the map has come to it and rests."""
    until, seen = monotonic() + 30, None
    while monotonic() < until:
        before, seen = seen, page.evaluate(MARK)
        if seen is not None and seen == before:
            return list(seen)
        page.wait_for_timeout(200)
    raise AssertionError("the map does not show the calls")


def test_a_call_on_the_map_picks_its_journey_everywhere(visit: Open) -> None:
    seen = _open(visit)
    seen.expected.append("willReadFrequently")
    page = seen.page
    page.get_by_label("State").select_option("served")
    page.locator(".row").nth(3).click()
    page.locator(".inspector .calls-of h3").wait_for()
    mark = _resting_mark(page)
    duty = page.locator(".inspector .calls-of h3 button").inner_text()
    page.locator(".inspector .calls-of h3 button").click()
    page.locator(".inspector h2", has_text=duty).wait_for()
    box = page.locator(".map").bounding_box()
    page.mouse.click(box["x"] + mark[0], box["y"] + mark[1])
    page.locator(".inspector .calls-of h3", has_text=duty).wait_for()
    picked = page.locator(".inspector h2").inner_text()
    assert picked in {stop.journey_id for one in planned(300).duties if one.duty_id == duty for stop in one.stops}
    assert page.locator('.row[aria-selected="true"] .cell').first.inner_text() == picked
    seen.picture("map-pick")
