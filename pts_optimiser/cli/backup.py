"""``backup`` and ``restore``: a whole store in one file, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from pts_optimiser.cli.service import DataFolder, StoreOption, named_store, require_service
from pts_optimiser.cli.terminal import Json, answering, print_json
from pts_optimiser.domain.errors import InputError

if TYPE_CHECKING:
    from pts_optimiser.store.backup import Backup

BY = "cli"


def backup(
    file: Annotated[Path, typer.Argument(help="The backup; a file of that name is replaced when it is complete.")],
    data: DataFolder = None,
    store: StoreOption = None,
    json: Json = False,
) -> None:
    """Copy a whole store into one file, while the service runs. The file holds all that the store knows: guard it."""
    with answering(as_json=json):
        require_service()
        from pts_optimiser.store import DamagedError, Store
        from pts_optimiser.store.backup import back_up

        began = perf_counter()
        with Store(named_store(data, store)) as opened:
            try:
                made = back_up(opened, file, at=datetime.now(UTC))
            except OSError as error:
                raise InputError(f"the backup cannot be written ({error.strerror}); name another place") from error
        if not made.whole:
            broken = made.audit.broken_at
            audit = f", the audit from its entry {broken} on" if broken else ""
            raise DamagedError(
                f"the store is damaged: {len(made.damaged)} texts and files{audit}. The backup was made and has the"
                " rest; keep the one before it too"
            )
        _tell("Backed up", made, file, perf_counter() - began, as_json=json)


def restore(
    file: Annotated[Path, typer.Argument(help="What `backup` has made.")],
    data: DataFolder = None,
    store: StoreOption = None,
    json: Json = False,
) -> None:
    """Make a new store of a backup, in a folder or database without one; checked whole before it takes effect."""
    with answering(as_json=json):
        require_service()
        from pts_optimiser.store.restore import restore as restored

        if data is not None:
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
        began = perf_counter()
        made = restored(file, named_store(data, store), by=BY, at=datetime.now(UTC))
        _tell("Restored", made, file, perf_counter() - began, as_json=json)


def _tell(what: str, made: Backup, file: Path, seconds: float, *, as_json: bool) -> None:
    if as_json:
        print_json(made.document() | {"seconds": round(seconds, 2), "bytes": file.stat().st_size})
        return
    typer.echo(
        f"{what}: {made.rows:,} rows of {len(made.tables)} tables, {len(made.files):,} files and {len(made.studies):,}"
        f" of studies as of {made.made_at:%Y-%m-%d %H:%M:%S} UTC, {file.stat().st_size / 1e6:,.1f} MB,"
        f" in {seconds:.1f} s. Head of the audit: {made.audit.head or 'none'}."
    )
