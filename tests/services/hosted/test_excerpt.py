"""What a move comes to, asked of the duties concerned alone, is what it comes to on the whole day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pts_optimiser.services.hosted.events import report
from pts_optimiser.services.hosted.excerpt import excerpt
from pts_optimiser.services.hosted.live import LiveDays
from pts_optimiser.services.hosted.moves import MoveOrder, what_if
from pts_optimiser.services.hosted.placing import place
from pts_optimiser.services.hosted.standing import AT_WORK
from pts_optimiser.store import ConflictError
from tests.services.hosted.town_day import CONTROLLER, DAY, at, columns, event, open_after, planned, stranger

NOW = at(9)


def _as_planned() -> list[dict[str, Any]]:
    return []


def _as_it_goes() -> list[dict[str, Any]]:
    """A day on which much is said: lateness, a lost vehicle, cancellations, a newcomer, traffic, crews that report."""
    ahead = open_after(9.2)
    late_duty = ahead[0][1]
    gone_duty = next(duty_id for _, duty_id in ahead if duty_id != late_duty)
    later = dict(ahead[8:])
    box = {"south": 50.0, "west": -6.0, "north": 56.0, "east": 0.0}
    inward = next(
        j for j in planned().journeys.values() if j.tied_to_appointment and j.attendance_id and j.journey_id in later
    )
    return [
        event("duty_delayed", 8.7, duty_id=late_duty, minutes=25),
        event("position", 8.9, duty_id=late_duty, lat=53.2, lon=-2.7),
        event("duty_lost", 8.8, duty_id=gone_duty, reason="breakdown"),
        event("journey_cancelled", 8.5, journey_id=inward.journey_id, reason="own way"),
        event("journey_booked", 8.6, journey=columns(stranger())),
        event("ready", 8.8, journey_id=ahead[-1][0]),
        event("lock", 8.8, journey_id=ahead[-2][0], duty_id=ahead[-2][1], user="x", reason=""),
        event("travel_changed", 8.8, area=box, factor=1.3, **{"from": at(9).isoformat(), "until": at(11).isoformat()}),
    ]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("said", [_as_planned, _as_it_goes])
def test_a_move_tried_on_two_duties_comes_to_what_it_comes_to_on_the_day(
    live: LiveDays, said: Callable[[], list[dict[str, Any]]]
) -> None:
    if events := said():
        report(live, CONTROLLER, DAY, events, at=NOW)
    standing = live.standing(DAY, NOW)
    working = [duty_id for duty_id, duty in standing.state.duties.items() if duty.phase in AT_WORK]
    fitted = tried = 0
    for number, (journey_id, it) in enumerate(standing.state.journeys.items()):
        order = MoveOrder(journey_id, working[number % len(working)], now=NOW)
        try:
            alone = what_if(live, CONTROLLER, DAY, order)
        except ConflictError:
            continue
        whole = place(standing, {journey_id: order.duty_id}, CONTROLLER.name)
        assert alone.diff == whole.diff, it
        assert (alone.reasons == ()) is (journey_id not in whole.unplaced)
        assert alone.broken == whole.broken
        tried, fitted = tried + 1, fitted + alone.feasible
    assert (tried > 15, fitted > 0) == (True, True)


@pytest.mark.usefixtures("published")
def test_an_excerpt_is_of_the_same_moment_and_of_few_places(live: LiveDays) -> None:
    standing = live.standing(DAY, NOW)
    journey_id, duty_id = open_after(9.5)[0]
    part = excerpt(standing, [duty_id], {journey_id})
    assert (part.state.now, list(part.state.duties)) == (standing.state.now, [duty_id])
    assert part.state.duties[duty_id].delay_s == standing.state.duties[duty_id].delay_s
    assert len(part.plan.travel.lat) < len(standing.plan.travel.lat)
