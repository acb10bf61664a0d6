"""What all models share: strict going in, made from any object going out, times in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, Field(ge=_FIRST, le=_LAST), AfterValidator(_utc)]
"""A time with offset, of this century; written in UTC."""

Sorted = Annotated[list[str], BeforeValidator(sorted)]
"""A set, in a list that is always the same."""


class Body(BaseModel):
    """What callers send."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Shown(BaseModel):
    """What callers get."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)
