"""What was said and cannot be so: kept, with the reason, for somebody to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pts_optimiser.dayof.said import Said
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.events import Body


class Oddity(StrEnum):
    UNKNOWN_JOURNEY = "unknown_journey"
    UNKNOWN_DUTY = "unknown_duty"
    ID_REUSED = "id_reused"
    BOOKED_AGAIN = "booked_again"
    CALLED_OFF_ABOARD = "called_off_aboard"
    READY_BUT_CALLED_OFF = "ready_but_called_off"
    READY_AFTER_PICKUP = "ready_after_pickup"
    MOVED_TOO_LATE = "moved_too_late"
    LOCKED_ELSEWHERE = "locked_elsewhere"
    OTHER_VEHICLE = "other_vehicle"
    UNPLANNED_STOP = "unplanned_stop"
    REPEATED_STAGE = "repeated_stage"
    STAGES_REVERSED = "stages_reversed"
    DROPPED_BEFORE_PICKUP = "dropped_before_pickup"
    REPORT_AFTER_LOSS = "report_after_loss"
    END_BEFORE_START = "end_before_start"
    POSITION_OFF_ROUTE = "position_off_route"


@dataclass(frozen=True, slots=True, order=True)
class Anomaly:
    """``occurred_at``, ``source`` and ``type`` are of the event that does not fit the others."""

    occurred_at: datetime
    oddity: Oddity
    duty_id: str
    journey_id: str
    detail: str
    source: str
    type: str


@dataclass(slots=True)
class Anomalies:
    """Collects anomalies; ``in_order`` is the same however they came in."""

    found: set[Anomaly] = field(default_factory=set)

    def note(self, oddity: Oddity, word: Said[Body], detail: str, *, duty_id: str = "", journey_id: str = "") -> None:
        event = word.event
        moment = event.occurred_at.astimezone(LONDON)
        self.found.add(Anomaly(moment, oddity, duty_id, journey_id, detail, event.source, event.type))

    def in_order(self) -> tuple[Anomaly, ...]:
        return tuple(sorted(self.found, key=lambda it: (it.occurred_at.timestamp(), it)))
