"""How the kernels are compiled, and where what was compiled is kept.

``_nrt=False`` keeps numba from counting references of array arguments inside hot functions, which took nearly half of
the time; a function compiled so may not allocate. It is a private option: numba is pinned for its sake.

numba's own cache looks only at the file of the function that is called, and would run stale code after a change in a
function that this one calls. So the cache folder is named by the content of all kernels.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import numba

ROOM = Path(__file__).parent


def cache_folder() -> Path:
    """Folder of the kernels as they stand now, below NUMBA_CACHE_DIR, else below the user's cache."""
    content = hashlib.sha256()
    for file in [*sorted(ROOM.glob("*.py")), ROOM.parent / "problem.py"]:
        content.update(file.read_bytes())
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    base = Path(os.environ["NUMBA_CACHE_DIR"]) if os.environ.get("NUMBA_CACHE_DIR") else user / "pts-optimiser"
    return base / content.hexdigest()[:16]


_numba: Any = numba  # its type stubs know neither this setting nor the private option
_numba.config.CACHE_DIR = str(cache_folder())
kernel = _numba.njit(_nrt=False, error_model="numpy", nogil=True, cache=True)
"""Decorator of functions that never allocate."""
