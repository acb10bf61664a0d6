"""Files on their way into the archive of a backup and out of it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from pts_optimiser.store.errors import DamagedError
from pts_optimiser.store.files import Staged, sync
from pts_optimiser.store.store import Store
from pts_optimiser.store.studies import studies_folder, study_files


@dataclass(frozen=True, slots=True)
class StudyFile:
    """What it has to be, and when it was written: studies are told apart by that."""

    sha256: str
    written_at: datetime


def pack_studies(
    store: Store, archive: ZipFile, under_way: Collection[str]
) -> tuple[dict[str, StudyFile], tuple[str, ...]]:
    """Copy the studies that are over; returns their files by path, and the paths of those that could not be read."""
    packed, lost = {}, []
    for name, path in study_files(store, under_way):
        try:
            content, written = path.read_bytes(), path.stat().st_mtime
        except FileNotFoundError:  # it went with its day
            continue
        except OSError:
            lost.append(f"studies/{name}")
            continue
        archive.writestr(f"studies/{name}", content)
        packed[name] = StudyFile(hashlib.sha256(content).hexdigest(), datetime.fromtimestamp(written, UTC))
    return packed, tuple(lost)


def unpack(archive: ZipFile, name: str) -> Callable[[Path], None]:
    """What writes a file of the archive to a path."""

    def write(path: Path) -> None:
        with archive.open(name) as packed, path.open("wb") as out:
            shutil.copyfileobj(packed, out)

    return write


def stage_studies(
    store: Store, archive: ZipFile, studies: Mapping[str, StudyFile], stack: ExitStack
) -> dict[Path, Staged]:
    """Copy their files beside those of the store, where they lie until they are named or ``stack`` ends.

    Raises
    ------
    DamagedError
        One is not what it has to be, or would lie elsewhere.
    """
    folder, staged = studies_folder(store), {}
    for name, wanted in studies.items():
        place = (folder / name).resolve()
        one = stack.enter_context(store.files.staged(unpack(archive, f"studies/{name}")))
        if one.sha256 != wanted.sha256 or not place.is_relative_to(folder.resolve()):
            raise DamagedError("a file of a study in the backup is not what was stored; take another backup")
        os.utime(one.path, (wanted.written_at.timestamp(),) * 2)
        staged[place] = one
    return staged


def name_studies(staged: Mapping[Path, Staged]) -> None:
    """Put staged files into their places, in place of any that are there."""
    for place, one in staged.items():
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        one.path.replace(place)
    for folder in {place.parent for place in staged}:
        sync(folder)
