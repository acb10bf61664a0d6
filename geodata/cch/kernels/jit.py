"""How the kernels are compiled, and where what was compiled is kept.

numba's own cache looks only at the file of the function that is called, and would run stale code after a change in a
function that this one calls. So the cache folder is named by the content of all kernels. numba keeps one folder for a
whole process: each function takes ours when it is defined, and what stood there before stands there again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

ROOM = Path(__file__).parent


def cache_folder() -> Path:
    """Folder of the kernels as they stand now, below NUMBA_CACHE_DIR, else below the user's cache."""
    content = hashlib.sha256()
    for file in sorted(ROOM.glob("*.py")):
        content.update(file.read_bytes())
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    base = Path(os.environ["NUMBA_CACHE_DIR"]) if os.environ.get("NUMBA_CACHE_DIR") else user / "pts-optimiser"
    return base / content.hexdigest()[:16]


_numba: Any = numba  # its type stubs know neither this setting nor the private option
_FOLDER = str(cache_folder())


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function that never allocates: without counting the references of its array arguments."""
    before, _numba.config.CACHE_DIR = _numba.config.CACHE_DIR, _FOLDER
    try:
        return _numba.njit(_nrt=False, error_model="numpy", nogil=True, cache=True)(function)
    finally:
        _numba.config.CACHE_DIR = before
