"""How the kernels of this room are compiled, and where what was compiled is kept.

numba's own cache looks only at the file of the function that is called, and would run stale code after a change in a
function that this one calls. So the cache folder is named by the content of the whole room; the setting is numba's own
and shared, so it is put back at once.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

_numba: Any = numba  # its type stubs do not know this setting


def cache_folder() -> Path:
    """Folder of the kernels as they stand now, below NUMBA_CACHE_DIR, else below the user's cache."""
    content = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        content.update(file.read_bytes())
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    base = Path(os.environ["NUMBA_CACHE_DIR"]) if os.environ.get("NUMBA_CACHE_DIR") else user / "pts-optimiser"
    return base / content.hexdigest()[:16]


FOLDER = str(cache_folder())


def kernel(function: Function) -> Function:
    """Compile ``function`` when it is first called, without the interpreter's lock."""
    before = _numba.config.CACHE_DIR
    _numba.config.CACHE_DIR = FOLDER
    try:
        compiled: Function = _numba.njit(error_model="numpy", nogil=True, cache=True)(function)
    finally:
        _numba.config.CACHE_DIR = before
    return compiled
