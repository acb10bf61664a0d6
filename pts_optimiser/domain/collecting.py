"""Much that lives on is built at once: looking for what has died in a cycle meanwhile finds nothing and takes long."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Leave cycles alone until this is done; where threads overlap, until the first of them is."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
