"""A roster's whole folder in one zip, kept for a day beside the store's files."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from pts_optimiser.reporting.folder import complete_folder, write_roster
from pts_optimiser.services.hosted.exports import folder, place
from pts_optimiser.services.hosted.orders import ExportOrder
from pts_optimiser.services.hosted.stored import stored_publication
from pts_optimiser.services.hosted.turn import Turn
from pts_optimiser.services.hosted.ways import Ways
from pts_optimiser.store.words import PlanStatus


def export(turn: Turn, ways: Ways) -> None:
    """Write the folder as ``plan`` would, and end the plan.

    Raises
    ------
    ConflictError, NotFoundError, DamagedError
        Another worker holds it, its day is gone, or the roster is not what was stored.
    """
    plan, exports = turn.plan, folder(turn.store)
    assert plan.service_date is not None, "an export is of a day"  # noqa: S101
    version = ExportOrder.from_document(plan.order).version
    publication = ways.along(stored_publication(turn.store, plan.service_date, version), version)
    exports.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(dir=exports) as workplace:
        out, packed = Path(workplace, "roster"), Path(workplace, "packed")
        write_roster(out, publication)
        complete_folder(out, publication)
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for file in sorted(out.iterdir()):
                archive.write(file, file.name)
        packed.chmod(0o600)
        packed.replace(place(turn.store, plan.plan_id))
    turn.end(PlanStatus.COMPLETE)
