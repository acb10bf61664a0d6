"""Why a plan has failed, as the store keeps it and people read it."""

from __future__ import annotations

import logging
from traceback import extract_tb
from typing import Any

from pts_optimiser.domain.errors import InputError, RefusedRosterError, TravelTimesError
from pts_optimiser.store import DamagedError
from pts_optimiser.store.disk import disk_refuses

_log = logging.getLogger(__name__)

_KNOWN: tuple[tuple[type[Exception], str], ...] = (
    (InputError, "plan_input_refused"),
    (TravelTimesError, "plan_travel_times"),
    (RefusedRosterError, "plan_refused_by_referee"),
    (DamagedError, "plan_store_damaged"),
)


def failure_of(error: Exception) -> dict[str, Any]:
    """Code, message and, where it has some, the issues of an error.

    A defect is logged without its message, which may quote values of patients.
    """
    if disk_refuses(error):
        return failure("plan_disk_full", "the service's disk is full or cannot be written")
    if isinstance(error, MemoryError):
        return failure("plan_memory_limit", "the plan needs more memory than a worker gives it")
    for kind, code in _KNOWN:
        if isinstance(error, kind):
            issues = error.issues if isinstance(error, InputError) else ()
            told = [{"code": one.code, "row": one.row, "message": one.message, "hint": one.hint} for one in issues]
            return failure(code, str(error)) | ({"issues": told} if told else {})
    where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(extract_tb(error.__traceback__)))
    _log.error("a plan ended by %s at %s", type(error).__name__, where)
    return failure("plan_internal_error", "a defect of this program; the worker's log says where")


def failure(code: str, message: str) -> dict[str, Any]:
    return {"code": code, "message": message}
