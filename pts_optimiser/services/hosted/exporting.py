"""A roster's whole folder in one zip, kept for a day beside the store's files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from pts_optimiser.reporting.folder import complete_folder, write_roster
from pts_optimiser.services.hosted.orders import ExportOrder
from pts_optimiser.services.hosted.stored import stored_publication
from pts_optimiser.services.hosted.turn import Turn
from pts_optimiser.store import NotFoundError, Store, plans
from pts_optimiser.store.words import PlanStatus

KEPT = timedelta(hours=24)


def export(turn: Turn) -> None:
    """Write the folder as ``plan`` would, and end the plan.

    Raises
    ------
    ConflictError, NotFoundError, DamagedError
        Another worker holds it, its day is gone, or the roster is not what was stored.
    """
    plan, folder = turn.plan, _folder(turn.store)
    assert plan.service_date is not None, "an export is of a day"  # noqa: S101
    version = ExportOrder.from_document(plan.order).version
    publication = stored_publication(turn.store, plan.service_date, version)
    folder.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(dir=folder) as workplace:
        out, packed = Path(workplace, "roster"), Path(workplace, "packed")
        write_roster(out, publication)
        complete_folder(out, publication)
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for file in sorted(out.iterdir()):
                archive.write(file, file.name)
        packed.chmod(0o600)
        packed.replace(_place(turn.store, plan.plan_id))
    turn.end(PlanStatus.COMPLETE)


def exported(store: Store, plan_id: str) -> Path:
    """The zip of an export that is complete.

    Raises
    ------
    NotFoundError
        There is no such export, it is not complete, or it was made more than a day ago.
    """
    with store.read() as session:
        plan = plans.plan(session, plan_id)
    path = _place(store, plan.plan_id)
    if plan.status is not PlanStatus.COMPLETE or not path.is_file():
        raise NotFoundError("no such export; exports are kept for a day")
    return path


def remove_old(store: Store, *, at: datetime) -> None:
    """Remove the exports made more than a day ago."""
    for path in _folder(store).glob("*.zip"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < at - KEPT:
            path.unlink(missing_ok=True)


def _folder(store: Store) -> Path:
    return store.files.folder / "exports"


def _place(store: Store, plan_id: str) -> Path:
    return _folder(store) / f"{plan_id}.zip"
