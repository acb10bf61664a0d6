"""Lists page by page. A cursor is opaque to callers: where the page before has ended."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import Field

from api.manners.problems import Problem, ProblemIssue
from api.models.base import Body

Item = TypeVar("Item")
Position = TypeVar("Position")
MOST = 500


class PageIn(Body):
    """Which page of a list."""

    limit: int = Field(default=100, ge=1, le=MOST)
    cursor: str | None = Field(default=None, min_length=1, max_length=200, description="`next` of the page before")


def position(page: PageIn, read: Callable[[str], Position]) -> Position | None:
    """Where the page before has ended, None for the first page; raises Problem for a cursor that is none of ours."""
    if page.cursor is None:
        return None
    try:
        return read(base64.urlsafe_b64decode(page.cursor.encode()).decode())
    except (binascii.Error, ValueError):
        issue = ProblemIssue("bad_cursor", "the cursor is none of this list", "take `next` of a page", "/cursor")
        raise Problem(422, "bad_request_values", "the query is not as described", [issue]) from None


def next_cursor(page: PageIn, items: Sequence[Item], name: Callable[[Item], object]) -> str | None:
    """The cursor behind the last of the items; None where there are less than asked for."""
    return _cursor(name(items[-1])) if len(items) == page.limit else None


def part_of(page: PageIn, items: Sequence[Item]) -> dict[str, object]:
    """The page of a list that is at hand whole."""
    start = position(page, offset) or 0
    end = start + page.limit
    return {"items": items[start:end], "next": _cursor(end) if end < len(items) else None}


def _cursor(name: object) -> str:
    return base64.urlsafe_b64encode(str(name).encode()).decode()


def offset(text: str) -> int:
    """A position that is a number; raises ValueError."""
    if not text.isdecimal() or len(text) > 9:
        raise ValueError
    return int(text)
