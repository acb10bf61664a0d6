"""The control room's board."""

from __future__ import annotations

from pydantic import Field

from api.models.base import Body, Moment, Shown, Sorted
from api.models.live import NOW, AsOfOut


class BoardIn(Body):
    """How much of the board."""

    least: float = Field(default=0.1, ge=0, le=1, description="Risks of at least this probability")
    most: int = Field(default=100, ge=1, le=500, description="Entries of each list")
    now: Moment | None = NOW


class RiskOut(Shown):
    """How likely one standard of one journey is to be missed."""

    journey_id: str
    duty_id: str
    category: str
    standard: str = Field(description="arrive, collect or aboard")
    target: float | None = Field(description="Probability of missing the target; None where none can be kept")
    hard: float = Field(description="Probability of missing the hard limit")
    planned_spare_s: int = Field(description="Before it is missed by the plan; below 0 it is")
    likely_spare_s: int
    bad_spare_s: int = Field(description="On one day in ten")
    saved: float = Field(description="By how much what would help brings the probability down")
    reason: str = Field(description="In words; empty for callers limited to some contracts")


class ReadyOut(Shown):
    """A patient who is ready and waits."""

    journey_id: str
    category: str
    pickup_place: str
    dropoff_place: str
    since: Moment
    waited_s: int = Field(description="Below 0 where the wait begins to count later")
    target_left_s: int = Field(description="Until the target is missed; below 0 it is")
    hard_left_s: int
    duty_id: str | None
    pickup_at: Moment | None


class UnplacedOut(Shown):
    """A journey to be made that has no place."""

    journey_id: str
    category: str
    pickup_place: str
    dropoff_place: str
    due_at: Moment | None
    why: str
    aboard_lost: bool = Field(description="The patient sits in a lost vehicle")


class AnomalyOut(Shown):
    """Something said that cannot be so."""

    occurred_at: Moment
    oddity: str
    duty_id: str
    journey_id: str
    detail: str
    source: str
    type: str


class BoardOut(Shown):
    """Who may be late, those first who can still be saved; who is ready and waits; who has no place."""

    as_of: AsOfOut
    risks: list[RiskOut]
    risks_in_all: int
    ready: list[ReadyOut]
    unplaced: list[UnplacedOut]
    anomalies: list[AnomalyOut]
    spoken_of: Sorted = Field(description="Duties of which more was said since")
    reported: dict[str, list[str]] = Field(
        description="How far each journey is that was spoken of: `ready`, `arrived`, `aboard`, `there`, `set_down`, "
        "`cancelled`, `aborted`"
    )
    lost: Sorted = Field(description="Duties that do nothing more")
