"""The day as it happens: what stands of all that was reported, and the state of every journey and duty that follows."""

from pts_optimiser.dayof.anomaly import Anomaly, Oddity
from pts_optimiser.dayof.fold import day_state, fold
from pts_optimiser.dayof.log import DayLog
from pts_optimiser.dayof.plan import Plan, plan_of
from pts_optimiser.dayof.roads import Point
from pts_optimiser.dayof.state import (
    DayState,
    DayStop,
    DutyPhase,
    DutyState,
    Free,
    JourneyPhase,
    JourneyState,
    Lock,
    Rest,
    RestPhase,
    Rider,
    StopPhase,
    Where,
)

__all__ = [
    "Anomaly",
    "DayLog",
    "DayState",
    "DayStop",
    "DutyPhase",
    "DutyState",
    "Free",
    "JourneyPhase",
    "JourneyState",
    "Lock",
    "Oddity",
    "Plan",
    "Point",
    "Rest",
    "RestPhase",
    "Rider",
    "StopPhase",
    "Where",
    "day_state",
    "fold",
    "plan_of",
]
