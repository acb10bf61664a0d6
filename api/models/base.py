"""What all models share: strict going in, made from any object going out, times in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, Strict

_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)


_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d[Tt ]")


def _as_written(value: object) -> object:
    """Seconds since 1970 are no times here, though they could be read as such."""
    if not (isinstance(value, datetime) or (isinstance(value, str) and _WRITTEN.match(value))):
        raise ValueError("a time is written as 2026-11-24T07:30:00+00:00")
    return value


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Moment = Annotated[
    AwareDatetime,
    Strict(False),  # of a text that is written as a time
    Field(ge=_FIRST, le=_LAST),
    BeforeValidator(_as_written),
    AfterValidator(_utc),
]
"""A time with offset, of this century; written in UTC."""

Sorted = Annotated[list[str], BeforeValidator(sorted)]
"""A set, in a list that is always the same."""


class Body(BaseModel):
    """What callers send."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Shown(BaseModel):
    """What callers get."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)
