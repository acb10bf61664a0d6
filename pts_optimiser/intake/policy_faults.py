"""What a schema has against a TOML document, as issues that name the key and what would help."""

from __future__ import annotations

from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.findings import Findings, shown
from pts_optimiser.intake.nearest import nearest_hint
from pts_optimiser.intake.policy_schema import PolicyTables


def report_faults(
    error: ValidationError,
    findings: Findings,
    document: type[BaseModel] = PolicyTables,
    model: str = "the default policy",
) -> None:
    """Turn every fault into an issue whose column is the key's dotted path; ``model`` is what to compare it with."""
    for fault in error.errors(include_url=False):
        path = fault["loc"]
        column = ".".join(str(step) for step in path)
        if fault["type"] == "extra_forbidden":
            hint = nearest_hint(str(path[-1]), _known_keys(path[:-1], document))
            findings.fail(Code.UNKNOWN_KEY, f"unknown key {column}.", hint, column=column)
        elif fault["type"] == "missing":
            findings.fail(Code.MISSING_KEY, f"{column} is missing.", f"add it, as in {model}.", column=column)
        else:
            found = fault["input"]
            quotable = isinstance(found, str | float) or (isinstance(found, int) and abs(found) < 1e9)
            quoted = f" (found {shown(str(found))})" if quotable else ""
            reason = fault["msg"].removeprefix("Value error, ")
            message = f"{column or 'the whole'}: {reason[:1].lower()}{reason[1:]}{quoted}."
            findings.fail(Code.BAD_VALUE, message, f"compare it with {model}.", column=column or None)


def _known_keys(path: tuple[int | str, ...], document: type[BaseModel]) -> list[str]:
    """The keys that a table of the file may have."""
    kind: Any = document
    for step in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = _table(kind.model_fields[str(step)].annotation)
        else:
            kind = _table(get_args(kind)[-1])
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _table(kind: Any) -> Any:
    """The table itself where the key may also be absent."""
    if get_origin(kind) in (Union, UnionType):
        return next(option for option in get_args(kind) if option is not type(None))
    return kind
