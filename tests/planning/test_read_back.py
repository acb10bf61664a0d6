"""Layouts of the runs of a duty: each fits, and no choice needs fewer changes."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from pts_optimiser.domain.clock import midnight
from pts_optimiser.domain.policy import Layout
from pts_optimiser.domain.roster import Aboard, Stop, StopKind
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.read_back import with_layouts
from tests.days import WEEKDAY

LAYOUTS = (Layout(6, 0, 0), Layout(4, 1, 0), Layout(2, 2, 0), Layout(1, 0, 1))
LOADS = (Aboard(1, 1, 0, 0), Aboard(3, 5, 0, 0), Aboard(2, 3, 1, 0), Aboard(2, 0, 2, 0), Aboard(1, 1, 0, 1))
NOON = midnight(WEEKDAY)


def run(load: Aboard) -> list[Stop]:
    def stop(kind: StopKind, aboard: Aboard) -> Stop:
        return Stop(kind, "J", 0, 52.0, -2.0, NOON, NOON, NOON, 0, 0, 0, aboard)

    return [stop(StopKind.PICKUP, load), stop(StopKind.DROPOFF, Aboard())]


def fits(load: Aboard, layout: Layout) -> bool:
    return (
        load.seats <= layout.seats and load.wheelchairs <= layout.wheelchairs and load.stretchers <= layout.stretchers
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(LOADS), max_size=6))
def test_every_run_fits_its_layout_with_the_fewest_changes(loads: list[Aboard]) -> None:
    stops, changes = with_layouts([stop for load in loads for stop in run(load)], LAYOUTS, load_policy())
    chosen = [stops[2 * k].layout for k in range(len(loads))]
    assert all(layout is not None and fits(load, LAYOUTS[layout]) for load, layout in zip(loads, chosen, strict=True))
    assert [stop.layout for stop in stops[1::2]] == chosen
    assert changes == sum(a != b for a, b in pairwise(chosen))
    able = [[k for k, layout in enumerate(LAYOUTS) if fits(load, layout)] for load in loads]
    fewest = min(sum(a != b for a, b in pairwise(way)) for way in product(*able))
    assert changes == fewest
