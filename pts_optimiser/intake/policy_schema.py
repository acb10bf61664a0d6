"""The shape of ``policy.toml``, in the file's own words and minutes."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Minutes = Annotated[float, Field(ge=0, le=1440)]
Amount = Annotated[float, Field(ge=0)]
Percent = Annotated[float, Field(ge=0, le=100)]
Name = Annotated[str, StringConstraints(pattern=r"^[^;\s=+@-][^;]*$", max_length=200)]
Names = list[Name]
Energy = Literal["diesel", "electric"]
SpaceKind = Literal["seat", "wheelchair", "stretcher"]


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Use(Table):
    distancing: str
    standards: str
    substitutes: list[Literal["wheelchair", "stretcher"]]


Point = Annotated[list[float], Field(min_length=2, max_length=2)]


class LayoutTable(Table):
    seats: int = Field(0, ge=0, le=100)
    wheelchairs: int = Field(0, ge=0, le=100)
    stretchers: int = Field(0, ge=0, le=100)

    @model_validator(mode="after")
    def _carries_somebody(self) -> LayoutTable:
        if not self.seats + self.wheelchairs + self.stretchers:
            raise ValueError("a layout has at least one place")
        return self


class VehicleTypeTable(Table):
    layouts: list[LayoutTable] = Field(min_length=1)
    skills: Names
    cost_per_hour: Amount
    cost_per_km: Amount
    co2e_kg_per_km: Amount
    energy: Energy
    seat_positions_m: list[list[Point]] | None = None


class DwellTable(Table):
    home_pickup: Minutes
    home_dropoff: Minutes
    site_pickup: Minutes
    site_dropoff: Minutes
    ward_pickup: Minutes


class MobilityTable(Table):
    place: SpaceKind
    crew: int = Field(ge=1, le=2)
    exclusive: bool
    skills: Names
    dwell_min: DwellTable


class OverheadTable(Table):
    acute: Minutes
    site: Minutes
    home: Minutes


class Places(Table):
    site_overhead_min: OverheadTable


class LimitTable(Table):
    target: Minutes
    hard: Minutes

    @model_validator(mode="after")
    def _in_order(self) -> LimitTable:
        if self.target > self.hard:
            raise ValueError("target is at most hard")
        return self


class AboardTable(LimitTable):
    hard_detour: float = Field(ge=1, le=10)
    hard_detour_plus_min: Minutes


class TargetPercent(Table):
    arrive: Percent | None = None
    aboard: Percent | None = None
    collect: Percent | None = None


class StandardTable(Table):
    arrive_early_min: LimitTable
    arrive_late_min: LimitTable
    collect_min: LimitTable
    aboard_min: AboardTable
    target_percent: TargetPercent


class PartOfStandard(Table):
    """What a profile says of one category; the rest is in its ``default``."""

    arrive_early_min: LimitTable | None = None
    arrive_late_min: LimitTable | None = None
    collect_min: LimitTable | None = None
    aboard_min: AboardTable | None = None
    target_percent: TargetPercent | None = None


class ProfileTable(Table):
    source: str
    illustrative: bool = False
    default: PartOfStandard = PartOfStandard()
    renal: PartOfStandard = PartOfStandard()
    oncology: PartOfStandard = PartOfStandard()
    outpatient: PartOfStandard = PartOfStandard()
    day_case: PartOfStandard = PartOfStandard()
    discharge: PartOfStandard = PartOfStandard()
    admission: PartOfStandard = PartOfStandard()
    transfer: PartOfStandard = PartOfStandard()
    hdu: PartOfStandard = PartOfStandard()


Weight = Annotated[int, Field(ge=1, le=10_000)]


class Priorities(Table):
    renal: Weight
    oncology: Weight
    outpatient: Weight
    day_case: Weight
    discharge: Weight
    admission: Weight
    transfer: Weight
    hdu: Weight


class DistancingTable(Table):
    parties_aboard: dict[str, Annotated[int, Field(ge=1, le=100)]]
    household_exempt: bool
    clean_down_min: Minutes
    seat_graph: bool = False
    least_distance_m: Annotated[float, Field(gt=0, le=10)] | None = None

    @model_validator(mode="after")
    def _graph_whole(self) -> DistancingTable:
        if self.seat_graph != (self.least_distance_m is not None) or (self.seat_graph and not self.household_exempt):
            raise ValueError("seat_graph = true goes with least_distance_m and household_exempt = true")
        return self

    @model_validator(mode="after")
    def _has_default(self) -> DistancingTable:
        if "default" not in self.parties_aboard:
            raise ValueError("parties_aboard has a default")
        return self


Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$")]
Factors = list[Annotated[float, Field(gt=0, le=2)]]


class SpeedFactors(Table):
    motorway: Factors
    urban_main: Factors
    urban_minor: Factors
    rural: Factors


class TrafficTable(Table):
    band_start: list[Clock] = Field(min_length=1)
    speed_factor: SpeedFactors

    @model_validator(mode="after")
    def _one_factor_a_band(self) -> TrafficTable:
        full = [f"{clock}:00"[:8] for clock in self.band_start]
        if full[0] != "00:00:00" or any(one >= two for one, two in pairwise(full)):
            raise ValueError("band_start begins with 00:00 and rises")
        for road, factors in self.speed_factor.model_dump().items():
            if len(factors) != len(full):
                raise ValueError(f"speed_factor.{road} has {len(factors)} values for {len(full)} bands")
        return self


class Breaks(Table):
    earliest_after_min: Minutes
    latest_after_min: Minutes

    @model_validator(mode="after")
    def _in_order(self) -> Breaks:
        if self.earliest_after_min > self.latest_after_min:
            raise ValueError("earliest_after_min is at most latest_after_min")
        return self


class Area(Table):
    south: float = Field(ge=-90, le=90)
    west: float = Field(ge=-180, le=180)
    north: float = Field(ge=-90, le=90)
    east: float = Field(ge=-180, le=180)

    @model_validator(mode="after")
    def _in_order(self) -> Area:
        if self.south >= self.north or self.west >= self.east:
            raise ValueError("south lies below north and west below east")
        return self


class Costs(Table):
    crew_per_hour: Amount


class DayOfTable(Table):
    promise_early_min: Minutes
    promise_late_min: Minutes
    move_price_min: Minutes
    promise_price: Amount
    told_price_min: Minutes
    most_changes_percent: Percent
    freeze_min: Minutes
    overdue_at_most_min: Minutes


class PolicyTables(Table):
    use: Use
    vehicle_types: dict[Name, VehicleTypeTable]
    mobility: dict[Name, MobilityTable]
    places: Places
    standards: dict[Name, ProfileTable]
    contracts: dict[Name, str]
    priorities: Priorities
    distancing: dict[Name, DistancingTable]
    traffic: TrafficTable
    breaks: Breaks
    area: Area
    costs: Costs
    dayof: DayOfTable
