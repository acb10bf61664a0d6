"""Problems, as the documentation shows them; ``manners.problems`` writes them."""

from __future__ import annotations

from pydantic import Field

from api.models.base import Shown


class ProblemIssue(Shown):
    """One thing wrong."""

    code: str = Field(description="Stable; see docs/errors.md")
    message: str
    hint: str
    path: str | None = Field(description="JSON pointer into the body, or file and column")
    row: int | None = Field(description="Line of a file")
    severity: str


class Problem(Shown):
    """RFC 9457. Holds no value of the request."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    issues: list[ProblemIssue]
