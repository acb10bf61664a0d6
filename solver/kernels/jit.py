"""How the kernels are compiled.

``_nrt=False`` keeps numba from counting references of array arguments inside hot functions, which took nearly half of
the time; a function compiled so may not allocate. It is a private option: numba is pinned for its sake.
"""

from __future__ import annotations

from typing import Any

import numba

njit: Any = numba.njit  # its type stubs do not know the private option
kernel = njit(_nrt=False, error_model="numpy", nogil=True, cache=True)
"""Decorator of functions that never allocate."""

builder = njit(error_model="numpy", nogil=True, cache=True)
"""Decorator of functions that may allocate: table building, run once."""
