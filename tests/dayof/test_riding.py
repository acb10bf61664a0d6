"""Which layout a run has, by who is aboard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pts_optimiser.dayof import DayStop
from pts_optimiser.dayof.riding import choose_layouts
from pts_optimiser.domain.policy import Layout, VehicleType
from pts_optimiser.domain.roster import Aboard, StopKind
from tests.dayof.feed import Feed, plan

VAN = VehicleType(
    "van", (Layout(seats=3), Layout(seats=1, wheelchairs=1), Layout(seats=1, stretchers=1)), frozenset(), 1, 1, 1, ""
)


def run(planned: int | None = None) -> list[DayStop]:
    """Start, pick-up, drop-off, with the layout that was planned for them."""
    state = Feed().state("05:00")
    stops = [state.duties["D2"].stops[index] for index in (0, 1, 2)]
    assert [stop.kind for stop in stops] == [StopKind.START, StopKind.PICKUP, StopKind.DROPOFF]
    roster = plan().stops["D2"][1].stop
    return [replace(stop, planned=None if planned is None else replace(roster, layout=planned)) for stop in stops]


@pytest.mark.parametrize(
    ("load", "substitutes", "layout"),
    [
        (Aboard(3, 3), (), 0),
        (Aboard(1, 0, 1), (), 1),
        (Aboard(2, 1, 1), (), 1),
        (Aboard(1, 0, 0, 1), (), 2),
        (Aboard(1, 2), (), 0),
        (Aboard(4, 4), ("wheelchair", "stretcher"), 0),  # nothing holds them
        (Aboard(2, 2, 1), ("stretcher",), 0),
    ],
)
def test_a_run_has_the_first_layout_that_holds_it(load: Aboard, substitutes: tuple[str, ...], layout: int) -> None:
    chosen, changes = choose_layouts(VAN, frozenset(substitutes), run(), [Aboard(), load, Aboard()])
    assert chosen == [None, layout, layout]
    assert changes == 0


@pytest.mark.parametrize(
    ("planned", "load", "substitutes", "layout"),
    [
        (1, Aboard(1, 1), (), 1),
        (1, Aboard(2, 2), (), 0),
        (1, Aboard(2, 2), ("wheelchair",), 1),
        (2, Aboard(2, 2), ("stretcher",), 2),
        (2, Aboard(4, 4), (), 2),
    ],
)
def test_it_keeps_the_planned_one_where_that_holds_it(
    planned: int, load: Aboard, substitutes: tuple[str, ...], layout: int
) -> None:
    chosen, _ = choose_layouts(VAN, frozenset(substitutes), run(planned), [Aboard(), load, Aboard()])
    assert chosen == [None, layout, layout]


def test_changes_are_counted_between_runs() -> None:
    two, figures = [*run(), *run()[1:]], [Aboard(), Aboard(3, 3), Aboard(), Aboard(1, 0, 1), Aboard()]
    assert choose_layouts(VAN, frozenset(), two, figures) == ([None, 0, 0, 1, 1], 1)
