"""Legs and runs of a duty: what the vehicle carried from stop to stop, and from empty to empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pts_optimiser.domain.policy import Layout, VehicleType
from pts_optimiser.domain.roster import Aboard, RosteredDuty, Stop, StopKind


@dataclass(frozen=True, slots=True)
class Leg:
    """The drive from one stop to the next. ``layout`` is the one in use, kept when empty until the next run."""

    before: Stop
    after: Stop
    layout: Layout

    @property
    def load(self) -> Aboard:
        return self.before.aboard

    @property
    def loaded(self) -> bool:
        return self.before.aboard.parties > 0

    @property
    def homeward(self) -> bool:
        """Whether an empty vehicle returns to its base."""
        return not self.loaded and self.after.kind is StopKind.END


@dataclass(frozen=True, slots=True)
class Run:
    """From empty to empty: ``stops`` from the first boarding to the alighting that empties the vehicle."""

    layout: Layout
    stops: tuple[Stop, ...]

    @property
    def patients(self) -> int:
        return sum(stop.kind is StopKind.PICKUP for stop in self.stops)


def legs(duty: RosteredDuty, vehicle_type: VehicleType) -> list[Leg]:
    """All legs of a duty in driving order; before the first run the layout is that of the first run."""
    if not duty.stops:
        return []
    layout = next((stop.layout for stop in duty.stops if stop.layout is not None), 0)
    found = []
    for before, after in zip(duty.stops, duty.stops[1:], strict=False):
        layout = layout if before.layout is None else before.layout
        found.append(Leg(before, after, vehicle_type.layouts[layout]))
    return found


def runs(duty: RosteredDuty, vehicle_type: VehicleType) -> list[Run]:
    """The runs of a duty in driving order."""
    found: list[Run] = []
    current: list[Stop] = []
    for stop in duty.stops:
        if current or stop.kind is StopKind.PICKUP:
            current.append(stop)
        if current and stop.aboard.parties == 0:
            found.append(Run(_layout_of(current, vehicle_type), tuple(current)))
            current = []
    return found


def _layout_of(stops: Sequence[Stop], vehicle_type: VehicleType) -> Layout:
    return vehicle_type.layouts[stops[0].layout or 0]
