"""The policy: what vehicles, patients and contracts need, as read from ``policy.toml``.

Data and plain look-ups only. How a standard becomes a time window is worked out twice, by ``planning`` and by the
referee, so that neither inherits the other's mistakes. All durations are seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pts_optimiser.domain.journey import Category, Journey, PlaceKind


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to arrange a vehicle: places for patients and escorts, without the crew's."""

    seats: int = 0
    wheelchairs: int = 0
    stretchers: int = 0


@dataclass(frozen=True, slots=True)
class VehicleType:
    """A kind of vehicle; ``cost_per_hour`` and ``cost_per_km`` in pounds.

    ``seat_positions_m`` holds for each layout the (x, y) of its seats, wheelchair and stretcher places, in that order;
    it is empty unless the distancing in force has a seat graph.
    """

    name: str
    layouts: tuple[Layout, ...]
    skills: frozenset[str]
    cost_per_hour: float
    cost_per_km: float
    co2e_kg_per_km: float
    energy: str
    seat_positions_m: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Dwell:
    """Seconds to board or alight, by place."""

    home_pickup: int
    home_dropoff: int
    site_pickup: int
    site_dropoff: int
    ward_pickup: int

    def pickup(self, kind: PlaceKind) -> int:
        return {PlaceKind.HOME: self.home_pickup, PlaceKind.WARD: self.ward_pickup}.get(kind, self.site_pickup)

    def dropoff(self, kind: PlaceKind) -> int:
        return self.home_dropoff if kind is PlaceKind.HOME else self.site_dropoff


@dataclass(frozen=True, slots=True)
class Mobility:
    """What a patient of one mobility code needs: ``place`` is seat, wheelchair or stretcher."""

    code: str
    place: str
    crew: int
    exclusive: bool
    skills: frozenset[str]
    dwell: Dwell


@dataclass(frozen=True, slots=True)
class Limit:
    """A target to meet where possible and a hard limit never broken, in seconds."""

    target: int
    hard: int


@dataclass(frozen=True, slots=True)
class AboardLimit:
    """Time aboard, in seconds; the hard limit of a journey depends on its direct drive."""

    target: int
    hard: int
    hard_detour: float
    hard_detour_plus: int

    def hard_for(self, direct_s: float) -> float:
        """The hard limit of a journey whose direct drive takes ``direct_s``: max(hard, detour × direct + plus)."""
        return max(self.hard, self.hard_detour * direct_s + self.hard_detour_plus)


@dataclass(frozen=True, slots=True)
class Standard:
    """The response standard of one category. ``target_percent`` maps arrive, aboard, collect to percentages."""

    arrive_early: Limit
    arrive_late: Limit
    collect: Limit
    aboard: AboardLimit
    target_percent: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class StandardsProfile:
    """Standards by category; ``source`` says where the figures come from, ``illustrative`` that nobody agreed them."""

    name: str
    source: str
    illustrative: bool
    by_category: Mapping[Category, Standard]


@dataclass(frozen=True, slots=True)
class Distancing:
    """Social distancing: how many parties (persons, where households count singly) may be aboard at once.

    With a seat graph, different parties besides sit at least ``least_distance_m`` apart; named cohorts are exempt.
    """

    name: str
    parties_aboard: Mapping[str, int]
    default_parties: int
    household_exempt: bool
    clean_down: int
    least_distance_m: float | None = None

    def exempts(self, journey: Journey) -> bool:
        """Whether neither distance nor cap holds for a journey: its cohort, which rides by itself, is named."""
        return self.least_distance_m is not None and bool(journey.cohort)

    def cap(self, vehicle_type: str) -> int:
        return self.parties_aboard.get(vehicle_type, self.default_parties)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Bands of the day. ``band_starts`` in wall-clock seconds of the day, the first 0, rising.

    ``speed_factors`` gives for each road class (motorway, urban_main, urban_minor, rural) one multiplier of the
    free-flow speed a band.
    """

    band_starts: tuple[int, ...]
    speed_factors: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class BreakRule:
    """Window of a break that a duty states without one: seconds after the shift's start."""

    earliest_after: int
    latest_after: int


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """Box in degrees; a place outside it is an error."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        return self.south <= lat <= self.north and self.west <= lon <= self.east


@dataclass(frozen=True, slots=True)
class DayOf:
    """What a re-plan on the day may do, and what it must gain for what it changes.

    A pick-up is at most ``promise_early`` before and ``promise_late`` after what was promised. Prices are in driving:
    ``move_price`` seconds for a journey put on another duty, ``told_price`` seconds for a crew that must be told;
    ``promise_price`` is in seconds aboard of one patient for each second that a promise moves. At most
    ``most_changes_percent`` of the published journeys change duty. What begins within ``freeze`` seconds stays, but
    for the way home. Who had no place may be served up to ``overdue_at_most`` seconds after the hard limit; 0 is never.
    """

    promise_early: int
    promise_late: int
    move_price: int
    promise_price: float
    told_price: int
    most_changes_percent: float
    freeze: int
    overdue_at_most: int


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole policy as resolved: the default overlaid with the user's file and options.

    ``distancing`` is None when distancing is off. ``substitutes`` names the places ("wheelchair", "stretcher")
    that a seat user may take when seats run out. ``crew_cost_per_hour`` in pounds per crew member.
    """

    standards_name: str
    distancing: Distancing | None
    vehicle_types: Mapping[str, VehicleType]
    mobilities: Mapping[str, Mobility]
    site_overhead: Mapping[str, int]
    standards: Mapping[str, StandardsProfile]
    contracts: Mapping[str, str]
    priorities: Mapping[Category, int]
    substitutes: frozenset[str]
    traffic: Traffic
    break_rule: BreakRule
    area: ServiceArea
    crew_cost_per_hour: float
    dayof: DayOf

    @property
    def seat_graph(self) -> bool:
        """Whether the distancing in force says who may sit where."""
        return self.distancing is not None and self.distancing.least_distance_m is not None

    def profile(self, journey: Journey) -> str:
        """Whose standards apply to a journey: its contract's profile, else the profile in use."""
        return self.contracts.get(journey.contract, self.standards_name)

    def standard(self, journey: Journey) -> Standard:
        """The standard that applies to a journey."""
        return self.standards[self.profile(journey)].by_category[journey.category]

    def overhead(self, kind: PlaceKind) -> int:
        """Seconds to park and find the way in, added once when a vehicle comes from elsewhere."""
        return self.site_overhead.get("acute" if kind is PlaceKind.WARD else kind.value, 0)
