"""Folders of plain arrays: written whole or not at all, opened memory-mapped, and never believed unchecked.

A folder holds one ``.npy`` a name and ``meta.json`` with the format, what its maker wants to remember and a checksum of
every array. No pickle: a folder from a stranger can be refused but cannot run anything.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.errors import RoadsError

META = "meta.json"
TOLD = 300
"""Characters of what a damaged file says."""


def write_arrays(folder: Path, kind: str, arrays: Mapping[str, NDArray[Any]], meta: Mapping[str, Any]) -> None:
    """Put a folder in place of what was there, by rename: a reader sees the old one or the new one.

    Raises
    ------
    RoadsError
        The disk is full or may not be written, or the folder holds something else; what was there stays.
    """
    refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise RoadsError(f"{folder.parent}: cannot be written ({error.strerror}); choose another folder") from error
    try:
        checksums = {name: _write(work / f"{name}.npy", array) for name, array in arrays.items()}
        document = {"kind": kind, "checksums": checksums, **meta}
        (work / META).write_text(json.dumps(document, indent=1), encoding="utf-8")
        _replace(work, folder)
    except OSError as error:
        raise RoadsError(
            f"{folder}: cannot be written ({error.strerror or error}); make room or choose another one"
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def refuse_foreign(folder: Path) -> None:
    """Raise RoadsError where a folder holds what was not written here: it is not ours to replace."""
    if folder.exists() and not (folder.is_dir() and (_is_ours(folder) or not any(folder.iterdir()))):
        raise RoadsError(f"{folder}: holds something else than roads; choose a new folder")


def _is_ours(folder: Path) -> bool:
    """Whether all that is in a folder are arrays, folders of arrays, and a meta file, however damaged."""
    return (folder / META).is_file() and all(
        path.name == META or path.suffix == ".npy" or (path.is_dir() and _is_ours(path)) for path in folder.iterdir()
    )


def read_arrays(folder: Path, kind: str) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays of a folder, read-only and memory-mapped, and its meta document.

    Raises
    ------
    RoadsError
        No such folder, of another kind or version, or damaged: an array is missing or its checksum differs.
    """
    meta = _read_meta(folder, kind)
    if not all(name.isidentifier() and len(name) < TOLD for name in meta["checksums"]):
        raise RoadsError(f"{folder / META}: damaged, it names what is no array; build the folder again")
    return {name: _read(folder / f"{name}.npy", checksum) for name, checksum in meta["checksums"].items()}, meta


def amend_meta(folder: Path, kind: str, more: Mapping[str, Any]) -> None:
    """Remember more beside the arrays of a folder; they stay as they are.

    Raises
    ------
    RoadsError
        No such folder, of another kind or version, or one that cannot be written.
    """
    meta = _read_meta(folder, kind)
    work = folder / f".{META}"
    try:
        work.write_text(json.dumps({**meta, **more}, indent=1), encoding="utf-8")
        work.replace(folder / META)
    except OSError as error:
        raise RoadsError(f"{folder}: cannot be written ({error.strerror or error})") from error


def _read_meta(folder: Path, kind: str) -> dict[str, Any]:
    try:
        meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
        found, _ = meta["kind"], dict(meta["checksums"])
    except FileNotFoundError:
        raise RoadsError(f"{folder}: no {kind.partition('/')[0]} here; give the folder that was built") from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RoadsError(f"{folder / META}: cannot be read ({str(error)[:TOLD]}); build the folder again") from error
    if found != kind:
        raise RoadsError(
            f"{folder}: holds {str(found)[:TOLD]}, wanted is {kind}; build the folder again with this version"
        )
    return meta


def _write(path: Path, array: NDArray[Any]) -> int:
    np.save(path, array, allow_pickle=False)
    return _checksum(array)


def _read(path: Path, checksum: int) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except Exception as error:  # a damaged head makes numpy raise whatever it likes
        raise RoadsError(f"{path}: cannot be read ({str(error)[:TOLD]}); build the folder again") from error
    if _checksum(array) != checksum:
        raise RoadsError(f"{path}: damaged, its checksum differs; build the folder again")
    return array


def _checksum(array: NDArray[Any]) -> int:
    return zlib.crc32(np.ascontiguousarray(array).view(np.uint8).reshape(-1).data if array.size else b"")


def _replace(work: Path, folder: Path) -> None:
    """A folder cannot be renamed onto a full one, so the old one steps aside first."""
    if not folder.exists():
        work.rename(folder)
        return
    aside = work.with_name(f"{work.name}.old")
    folder.rename(aside)
    try:
        work.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def fingerprint(*parts: bytes | memoryview) -> str:
    """A short name for content: 16 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        digest.update(part)
    return digest.hexdigest()
