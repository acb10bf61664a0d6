"""Exports that have been made: where they are, who gets them, when they go. The store alone is needed."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.orders import ExportOrder
from pts_optimiser.services.hosted.plans import NotReadyError
from pts_optimiser.store import NotFoundError, Store, plans
from pts_optimiser.store.words import PlanKind, PlanStatus

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Exported:
    """``name`` is what the zip is called where it is saved."""

    path: Path
    name: str


def exported(store: Store, caller: Caller, plan_id: str) -> Exported:
    """The zip of an export.

    Raises
    ------
    NotFoundError
        There is no such export, it has come to nothing, or it was made more than a day ago.
    NotReadyError
        It is still being made.
    NotAllowedError
        The caller is limited to some contracts: the folder is of all.
    """
    caller.must_see_all()
    with store.read() as session:
        plan = plans.plan(session, plan_id)
    if plan.kind is PlanKind.EXPORT and not plan.final:
        raise NotReadyError(f"the export is {plan.status}: there is no file yet")
    path = place(store, plan.plan_id)
    if plan.kind is not PlanKind.EXPORT or plan.status is not PlanStatus.COMPLETE or not path.is_file():
        raise NotFoundError("no such export; exports are kept for a day")
    version = ExportOrder.from_document(plan.order).version
    return Exported(path, f"roster-{plan.service_date}-{version}.zip")


def remove_old(store: Store, *, at: datetime) -> None:
    """Remove the exports made more than a day ago, those of days that were forgotten, and what is left of some in the
    middle of which a worker was killed."""
    made = list(folder(store).glob("*"))
    with store.read() as session:
        known = {plan.plan_id for plan in plans.plans_among(session, [path.stem for path in made])}
    for path in made:
        with suppress(FileNotFoundError):
            old = datetime.fromtimestamp(path.stat().st_mtime, UTC) < at - KEPT
            if path.is_dir():  # where one is being made, or was when its worker was killed
                if old:
                    shutil.rmtree(path)
            elif old or path.stem not in known:
                path.unlink()


def folder(store: Store) -> Path:
    """Where exports are: beside the store's files, so that all hosts have them."""
    return store.files.folder / "exports"


def place(store: Store, plan_id: str) -> Path:
    """The zip of a plan's."""
    return folder(store) / f"{plan_id}.zip"
