from __future__ import annotations

import errno
import hashlib
from pathlib import Path

import pytest

from pts_optimiser.store import BusyError, DamagedError
from pts_optimiser.store.files import Files

CONTENT = b"travel" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def everything(files: Files) -> list[Path]:
    return [path for path in files.folder.rglob("*") if path.is_file()]


def test_bytes_a_file_and_a_writer_are_staged_alike(files: Files, tmp_path: Path) -> None:
    original = tmp_path / "travel.npz"
    original.write_bytes(CONTENT)
    for source in (CONTENT, original, lambda path: path.write_bytes(CONTENT)):
        with files.staged(source) as staged:
            assert (staged.sha256, staged.size, staged.path.read_bytes()) == (SHA256, len(CONTENT), CONTENT)
    assert original.read_bytes() == CONTENT


def test_a_kept_file_is_found_by_its_content(files: Files) -> None:
    with files.staged(CONTENT) as staged:
        files.keep(staged)
    assert files.checked(SHA256).read_bytes() == CONTENT
    assert list(files.kept()) == [SHA256]
    assert everything(files) == [files.place(SHA256)]


def test_what_is_not_kept_is_gone(files: Files) -> None:
    with files.staged(CONTENT):
        assert len(everything(files)) == 1
    assert everything(files) == []


def test_a_disk_that_takes_nothing_more_is_busy(files: Files) -> None:
    def write(path: Path) -> None:
        path.write_bytes(CONTENT)
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(BusyError, match="No space left"), files.staged(write):
        pass
    assert everything(files) == []


def test_a_writer_that_fails_leaves_nothing(files: Files) -> None:
    def write(path: Path) -> None:
        path.write_bytes(CONTENT)
        raise OSError

    with pytest.raises(OSError), files.staged(write):  # noqa: PT011
        pass
    assert everything(files) == []


def test_a_removed_file_cannot_be_read_and_removing_it_again_is_fine(files: Files) -> None:
    with files.staged(CONTENT) as staged:
        files.keep(staged)
    files.remove(SHA256)
    files.remove(SHA256)
    with pytest.raises(DamagedError):
        files.checked(SHA256)
