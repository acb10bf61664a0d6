"""ISO-8601 times of day in Europe/London, with the two clock changes told apart."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.intake.codes import Code

_SHAPE = re.compile(
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


def read_moment(text: str) -> datetime | Code:
    """The London datetime of a local time or of a time with offset, to the second, or the code of what is wrong."""
    return _resolve(text) if _SHAPE.fullmatch(text) else Code.BAD_TIME


@lru_cache(maxsize=16_384)
def _resolve(text: str) -> datetime | Code:
    try:
        moment = datetime.fromisoformat(text).replace(microsecond=0)
    except ValueError:
        return Code.BAD_TIME
    if moment.tzinfo is not None:
        return moment.astimezone(LONDON)
    first, second = (moment.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    exists = first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == moment
    return Code.TIME_EXISTS_TWICE if exists else Code.TIME_DOES_NOT_EXIST
