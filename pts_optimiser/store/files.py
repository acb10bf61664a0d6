"""The folder of large files, each under the SHA-256 of its content.

Layout: ``ab/abcdef…`` for kept files, ``staged/`` for files on their way in. Who keeps or removes a file holds its row
in the database meanwhile, so that nobody removes what another is just keeping.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from pts_optimiser.store.crash_points import crash_point
from pts_optimiser.store.disk import disk_refuses
from pts_optimiser.store.errors import BusyError, DamagedError

Source = Path | bytes | Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Staged:
    """A copy inside the folder, safe on disk, that becomes a kept file by its name alone."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Files:
    folder: Path

    @contextmanager
    def staged(self, source: Source) -> Iterator[Staged]:
        """Copy a file, bytes, or what a function writes to a path; gone after the block unless kept.

        Raises
        ------
        BusyError
            The disk takes nothing more.
        """
        with _taking():
            path = self._staging() / uuid4().hex
        try:
            with _taking():
                if isinstance(source, bytes):
                    path.write_bytes(source)
                elif isinstance(source, Path):
                    shutil.copyfile(source, path)
                else:
                    source(path)
                path.chmod(0o600)
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                    os.fsync(file.fileno())
                staged = Staged(path, digest, path.stat().st_size)
            crash_point("files.staged")
            yield staged
        finally:
            with suppress(OSError):  # of a disk that cannot be written; what is left is swept
                path.unlink(missing_ok=True)

    def keep(self, staged: Staged) -> None:
        """Give a staged file its name, in place of any file of that name, safe on disk.

        Raises
        ------
        BusyError
            The disk takes nothing more, or the staged file is gone.
        """
        target = self.place(staged.sha256)
        with _taking():
            target.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                staged.path.replace(target)
            except FileNotFoundError as error:  # a clock that leapt ahead made it look abandoned
                raise BusyError("a file was swept away while it was being kept; try again") from error
            crash_point("files.named")
            sync(target.parent)
            sync(self.folder)

    def place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def checked(self, sha256: str) -> Path:
        """Path of a kept file whose content was read and is what was stored.

        Raises
        ------
        DamagedError
            It is missing or differs.
        """
        path = self.place(sha256)
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise DamagedError(f"stored file {sha256[:12]}… cannot be read ({error.strerror}); restore it") from error
        if found != sha256:
            raise DamagedError(f"stored file {sha256[:12]}… is not what was stored; restore it")
        return path

    def remove(self, sha256: str) -> None:
        self.place(sha256).unlink(missing_ok=True)

    def kept(self) -> Iterator[str]:
        """SHA-256 of every kept file."""
        return (path.name for path in self.folder.glob("[0-9a-f][0-9a-f]/*"))

    def abandoned(self, before: float) -> Iterator[Path]:
        """Staged files last written before a time stamp."""
        return (path for path in self._staging().iterdir() if path.stat().st_mtime < before)

    def _staging(self) -> Path:
        path = self.folder / "staged"
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path


@contextmanager
def _taking() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if disk_refuses(error):
            raise BusyError(f"the folder of files cannot be written ({error.strerror}); try again") from error
        raise


def sync(folder: Path) -> None:
    """Have the names in a folder on disk, not only the contents."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
