"""What the referee reports. Every code has an entry in ``docs/violations.md``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Stable names of the rules."""

    # structure
    UNKNOWN_DUTY = "unknown_duty"
    DUPLICATE_DUTY = "duplicate_duty"
    UNKNOWN_JOURNEY = "unknown_journey"
    STOP_JOURNEY = "stop_journey"
    START_STOP = "start_stop"
    END_STOP = "end_stop"
    IDLE_DUTY_STOPS = "idle_duty_stops"
    DUPLICATE_JOURNEY = "duplicate_journey"
    NO_PICKUP = "no_pickup"
    NO_DROPOFF = "no_dropoff"
    DROPOFF_FIRST = "dropoff_first"
    SPLIT_JOURNEY = "split_journey"
    # timing
    TIME_FORM = "time_form"
    ARRIVAL = "arrival"
    BEGIN_BEFORE_ARRIVAL = "begin_before_arrival"
    SITE_OVERHEAD = "site_overhead"
    CLEAN_DOWN = "clean_down"
    DWELL = "dwell"
    END_WAIT = "end_wait"
    EARLY_START = "early_start"
    LATE_END = "late_end"
    # travel
    LOCATION = "location"
    COORDINATES = "coordinates"
    PLACE = "place"
    BAND = "band"
    ANCHOR = "anchor"
    TRAVEL_TIME = "travel_time"
    TRAVEL_DISTANCE = "travel_distance"
    DRIVE_TIME = "drive_time"
    DRIVE_DISTANCE = "drive_distance"
    RANGE = "range"
    TRAFFIC_BANDS = "traffic_bands"
    # loads
    LAYOUT = "layout"
    LAYOUT_SWITCHED = "layout_switched"
    LAYOUT_CHANGES = "layout_changes"
    OVER_SEATS = "over_seats"
    OVER_WHEELCHAIRS = "over_wheelchairs"
    OVER_STRETCHERS = "over_stretchers"
    ABOARD = "aboard"
    # sharing
    DISTANCING_CAP = "distancing_cap"
    SEAT_DISTANCE = "seat_distance"
    TRAVEL_ALONE = "travel_alone"
    EXCLUSIVE = "exclusive"
    COHORT = "cohort"
    # windows
    ARRIVE_EARLY = "arrive_early"
    ARRIVE_LATE = "arrive_late"
    COLLECT_EARLY = "collect_early"
    COLLECT_LATE = "collect_late"
    ABOARD_TIME = "aboard_time"
    # the break
    BREAK_MISSING = "break_missing"
    BREAK_REPEATED = "break_repeated"
    BREAK_UNASKED = "break_unasked"
    BREAK_LOADED = "break_loaded"
    BREAK_EARLY = "break_early"
    BREAK_LATE = "break_late"
    BREAK_LENGTH = "break_length"
    # crew
    VEHICLE_ID = "vehicle_id"
    VEHICLE_TYPE = "vehicle_type"
    CREW = "crew"
    SKILLS = "skills"
    CONTRACT = "contract"
    # completeness
    LOST_JOURNEY = "lost_journey"
    SERVED_AND_UNSERVED = "served_and_unserved"
    DUPLICATE_UNSERVED = "duplicate_unserved"
    UNSERVED_WITHOUT_REASON = "unserved_without_reason"
    SERVICE_DATE = "service_date"
    POLICY_NAME = "policy_name"
    KPI_COUNT = "kpi_count"
    # inputs
    INPUT_DUPLICATE = "input_duplicate"
    INPUT_GAP = "input_gap"
    # the day
    FROZEN_STOP = "frozen_stop"
    PAST_STOP = "past_stop"
    LOST_DUTY = "lost_duty"
    ABOARD_LEFT = "aboard_left"
    LEFT_OUT = "left_out"
    LOCK = "lock"
    PROMISE_EARLY = "promise_early"
    PROMISE_LATE = "promise_late"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule; ``stop`` is the position of the stop on its duty, from 0.

    ``excess`` is by how much a limit is passed, in the limit's own unit; 0 where the rule has no limit.
    """

    code: Code
    message: str
    duty_id: str | None = None
    journey_id: str | None = None
    stop: int | None = None
    excess: int = 0

    def __str__(self) -> str:
        where = [
            f"{word} {value}"
            for word, value in (("duty", self.duty_id), ("stop", self.stop), ("journey", self.journey_id))
            if value is not None
        ]
        return f"{self.code} ({', '.join(where)}): {self.message}" if where else f"{self.code}: {self.message}"
