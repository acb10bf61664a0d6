"""The problem as frozen arrays: heterogeneous dial-a-ride with time windows, ride limits, layouts and breaks.

Times are integer seconds (or any integer unit) from an origin of the caller's choice; distances are integer metres.

Rules
-----
A route starts and ends at its vehicle's locations inside the shift. Each request is picked up, then dropped off, by one
compatible vehicle, each stop beginning inside its window. A stop begins no sooner than arrival plus its overhead
where the vehicle comes from another location, and lasts its service time. Time aboard (end of pick-up service to begin
of drop-off service) is at most the ride limit. A *block* is what happens from empty to empty; one of the vehicle's
layouts must carry every load of a block, requests of different groups never share one, and an exclusive request has
one to itself. Between two blocks passes ``block_gap`` besides everything else. A vehicle with a break takes it between
blocks (or before the first or after the last), wherever it stands; a route without requests needs none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int32]
Bool = NDArray[np.bool_]

NEVER = 1 << 29
"""Larger than any time; sums of three of it stay inside int32 once compared."""


AXES = {
    **dict.fromkeys(("pickup_location", "dropoff_location", "pickup_band", "dropoff_band"), "n"),
    **dict.fromkeys(("pickup_service", "dropoff_service", "pickup_overhead", "dropoff_overhead"), "n"),
    **dict.fromkeys(("group", "exclusive", "unserved_cost", "relaxed_cost"), "n"),
    **dict.fromkeys(("pickup_window", "dropoff_window"), "2n2"),
    **dict.fromkeys(("start_location", "end_location", "vehicle_band", "vehicle_class", "vehicle_cost"), "v"),
    **dict.fromkeys(("max_duration", "max_distance", "break_length"), "v"),
    **dict.fromkeys(("shift", "break_window"), "v2"),
    "ride_limit": "2n",
    "demand": "nr",
    "compatible": "nv",
    "layouts": "ckr",
    "substitutes": "rr",
    "seconds": "bmm",
    "metres": "mm",
}
"""Shape of every array, an axis a letter (see ``Problem``)."""

FLAGS = ("exclusive", "compatible", "substitutes")
"""The arrays of truth values; all others are int32."""


@dataclass(frozen=True, slots=True, eq=False)
class Stay:
    """Who has a request already, and what serving it by another costs: for plans that crews and patients know."""

    vehicle: Int  # [n] -1 = nobody's yet
    cost: Int  # [n] seconds of driving

    def costs(self, request: int, vehicle: int) -> int:
        """Price of serving ``request`` by ``vehicle``, besides everything else."""
        return int(self.cost[request]) if self.vehicle[request] not in {-1, vehicle} else 0


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """n requests, v vehicles, c vehicle classes, r resources, b travel bands, m locations.

    ``tier`` axes of length 2 hold the target (0) and the hard limit (1): a request is planned inside its target where
    that can be, at ``relaxed_cost`` more inside its hard limit where it cannot. Without targets both tiers are equal
    and ``relaxed_cost`` is 0.
    Travel from stop a to stop b takes ``seconds[band of a, location of a, location of b]``.
    """

    # requests
    pickup_location: Int  # [n]
    dropoff_location: Int  # [n]
    pickup_band: Int  # [n]
    dropoff_band: Int  # [n]
    pickup_service: Int  # [n] seconds
    dropoff_service: Int  # [n] seconds
    pickup_overhead: Int  # [n] seconds
    dropoff_overhead: Int  # [n] seconds
    pickup_window: Int  # [tier, n, 2] earliest and latest begin
    dropoff_window: Int  # [tier, n, 2]
    ride_limit: Int  # [tier, n] seconds aboard
    demand: Int  # [n, r] units of each resource
    group: Int  # [n] requests of different groups never share a block
    exclusive: Bool  # [n] alone in its block
    unserved_cost: Int  # [n] in seconds of driving
    relaxed_cost: Int  # [n] in seconds of driving
    compatible: Bool  # [n, v]
    # vehicles
    start_location: Int  # [v]
    end_location: Int  # [v]
    vehicle_band: Int  # [v] band of the leg that leaves the start
    shift: Int  # [v, 2] earliest departure, latest return
    max_duration: Int  # [v] longest time between departure and return, NEVER = unlimited
    max_distance: Int  # [v] metres, NEVER = unlimited
    break_length: Int  # [v] seconds, 0 = no break
    break_window: Int  # [v, 2] earliest and latest begin
    vehicle_class: Int  # [v]
    vehicle_cost: Int  # [v] price of using the vehicle at all, in seconds of driving
    # classes
    layouts: Int  # [c, l, r] capacities; unused layouts of a class are filled with -1
    substitutes: Bool  # [r, r] whether a unit of the first resource may use a place of the second
    # travel
    seconds: Int  # [b, m, m]
    metres: Int  # [m, m]
    block_gap: int = 0  # seconds between two blocks besides drive, break and overhead
    stay: Stay | None = None

    def __post_init__(self) -> None:
        n, v, (c, k, r), (b, m, _) = self.n_requests, self.n_vehicles, self.layouts.shape, self.seconds.shape
        size = {"n": n, "v": v, "c": c, "k": k, "r": r, "b": b, "m": m, "2": 2}
        for name, axes in AXES.items():
            array, shape = getattr(self, name), tuple(size[axis] for axis in axes)
            kind = np.bool_ if name in FLAGS else np.int32
            if array.shape != shape or array.dtype != kind:
                found = f"{array.dtype}{list(array.shape)}"
                raise ValueError(f"{name} is {found}, expected {np.dtype(kind)}{list(shape)}")
            array.setflags(write=False)
        for name in ("pickup_location", "dropoff_location", "start_location", "end_location"):
            places = getattr(self, name)
            if places.size and not (places.min() >= 0 and places.max() < m):
                raise ValueError(f"{name} points outside the {m} locations of the travel times")

    @property
    def n_requests(self) -> int:
        return int(self.pickup_location.shape[0])

    @property
    def n_vehicles(self) -> int:
        return int(self.start_location.shape[0])

    def travel(self, band: int, origin: int, destination: int) -> int:
        """Driving seconds of one leg."""
        return int(self.seconds[band, origin, destination])
