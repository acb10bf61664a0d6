"""Findings as JSON, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from pts_optimiser.domain.issue import Issue, Severity


def issue_documents(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """One object a finding, under the names of its fields."""
    return [asdict(issue) | {"severity": issue.severity.value} for issue in issues]


def issues_from_documents(documents: Iterable[Mapping[str, Any]]) -> tuple[Issue, ...]:
    """The findings that ``issue_documents`` has told."""
    return tuple(Issue(**{**one, "severity": Severity(one["severity"])}) for one in documents)
