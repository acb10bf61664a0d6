"""Where one journey could go."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from api.models.base import Body, Moment, Shown, Sorted
from api.models.days import JourneyIn, Name
from api.models.live import NOW, AsOfOut, ChangedOut, ReasonOut

MOST = 20


class OptionsIn(Body):
    """A journey of the day by its id, or one that the day does not know."""

    journey_id: Name | None = None
    journey: JourneyIn | None = None
    most: int = Field(default=5, ge=1, le=MOST, description="Options wanted")
    now: Moment | None = NOW

    @model_validator(mode="after")
    def one_of_two(self) -> Self:
        if (self.journey_id is None) is (self.journey is None):
            raise ValueError("give either journey_id or journey")
        return self


class MovedOut(Shown):
    """Another journey whose times change: seconds later; below 0 earlier."""

    journey_id: str
    pickup_s: int | None = Field(description="None for who is aboard already")
    dropoff_s: int


class OptionOut(Shown):
    """A place for the journey."""

    duty_id: str
    pickup_at: Moment
    dropoff_at: Moment
    extra_drive_s: int
    extra_drive_m: int
    price_s: int = Field(description="What options are ranked by, in seconds of driving")
    misses: list[str] = Field(description="Its own targets that it misses")
    moved: list[MovedOut]
    touched: list[ChangedOut] = Field(description="Targets of others")


class ExchangeOut(Shown):
    """`journey_id` gives way, for `new` if there is a place, and the journey asked for takes `option`."""

    journey_id: str
    option: OptionOut
    new: OptionOut | None
    price_s: int


class LockOut(Shown):
    """A journey that is held on a duty."""

    duty_id: str | None
    user: str
    reason: str
    at: Moment


class OptionsOut(Shown):
    """The options, cheapest first; `exchanges` and `reasons` where nothing fits."""

    journey_id: str
    as_of: AsOfOut
    standing: OptionOut | None = Field(description="The place that it has now")
    options: list[OptionOut]
    exchanges: list[ExchangeOut]
    reasons: list[ReasonOut]
    recorded: list[ReasonOut] = Field(description="Why the roster leaves it out")
    lock: LockOut | None
    spoken_of: Sorted = Field(description="Duties among these of which more was said since; look before you leap")
