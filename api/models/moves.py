"""Journeys moved by hand."""

from __future__ import annotations

from pydantic import Field

from api.models.base import Body, Moment, Shown
from api.models.days import Name, Text
from api.models.live import NOW, AsOfOut, ChangedOut, DiffOut, PublicationOut, ReasonOut


class MoveIn(Body):
    """A journey that is to go to a duty."""

    journey_id: Name
    duty_id: Name
    reason: Text = ""
    now: Moment | None = NOW


class BrokenOut(Shown):
    """A rule that the move would break."""

    code: str
    message: str
    duty_id: str | None
    journey_id: str | None


class TollOut(Shown):
    """What a change costs."""

    standards: list[ChangedOut]
    paid_s: int = Field(description="Seconds for which crews are paid, more than before")
    pounds: float = Field(description="Pay, vehicle hours and kilometres by the policy's prices, more than before")


class WhatIfOut(Shown):
    """What a move would come to."""

    as_of: AsOfOut
    feasible: bool
    diff: DiffOut | None = Field(description="What it changes, where it is feasible")
    toll: TollOut | None = Field(description="What it costs, where it is feasible")
    reasons: list[ReasonOut] = Field(description="Why the duty has no place for it")
    broken: list[BrokenOut]


class MovedOut(Shown):
    """The roster in force with the move, and what it changed."""

    publication: PublicationOut
    diff: DiffOut
