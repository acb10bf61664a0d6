"""What is aboard after each stop of a duty, and the layout of each of its runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from pts_optimiser.dayof.state import DayStop, JourneyState
from pts_optimiser.domain.policy import Layout, Policy, VehicleType
from pts_optimiser.domain.roster import Aboard


def loads(policy: Policy, journeys: Mapping[str, JourneyState], parties: Iterable[Iterable[str]]) -> list[Aboard]:
    """The figures of those aboard."""
    return [_load(policy, [journeys[journey_id] for journey_id in aboard]) for aboard in parties]


def _load(policy: Policy, aboard: Sequence[JourneyState]) -> Aboard:
    places = []
    for state in aboard:
        mobility = policy.mobilities.get(state.journey.mobility)
        places.append("seat" if mobility is None else mobility.place)
    wheelchairs, stretchers = places.count("wheelchair"), places.count("stretcher")
    escorts = sum(state.journey.escorts for state in aboard)
    return Aboard(len(places), len(places) - wheelchairs - stretchers + escorts, wheelchairs, stretchers)


def choose_layouts(
    vehicle: VehicleType, substitutes: frozenset[str], stops: Sequence[DayStop], figures: Sequence[Aboard]
) -> tuple[list[int | None], int]:
    """The layout of each stop, and how often the runs change it.

    A run keeps the layout that was planned for its stops where that holds it, else it has the first that does.
    """
    layouts: list[int | None] = [None] * len(stops)
    chosen: list[int] = []
    run: list[int] = []
    for index, (stop, load) in enumerate(zip(stops, figures, strict=True)):
        if stop.journey_id is None:
            continue
        run.append(index)
        if not load.parties:
            chosen.append(_layout(vehicle, substitutes, [(stops[at], figures[at]) for at in run]))
            for at in run:
                layouts[at] = chosen[-1]
            run = []
    return layouts, sum(one != other for one, other in pairwise(chosen))


def _layout(vehicle: VehicleType, substitutes: frozenset[str], run: Sequence[tuple[DayStop, Aboard]]) -> int:
    planned = [stop.planned.layout for stop, _ in run if stop.planned is not None and stop.planned.layout is not None]
    options: list[int] = [*planned[:1], *range(len(vehicle.layouts))]
    fitting = (index for index in options if all(_holds(vehicle.layouts[index], load, substitutes) for _, load in run))
    return next(fitting, options[0])


def _holds(layout: Layout, load: Aboard, substitutes: frozenset[str]) -> bool:
    free = {"wheelchair": layout.wheelchairs - load.wheelchairs, "stretcher": layout.stretchers - load.stretchers}
    seats = layout.seats + sum(free[place] for place in substitutes)
    return min(free.values()) >= 0 and load.seats <= seats
