"""Cycles are left alone for a while, and not forgotten."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from pts_optimiser.domain.collecting import without_collecting


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    was = gc.isenabled()  # a command that ran in this process may have left it off
    gc.enable()
    yield
    if not was:
        gc.disable()


def test_nothing_is_collected_until_it_is_done() -> None:
    assert gc.isenabled()
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collecting_goes_on_after_a_failure() -> None:
    with pytest.raises(KeyError), without_collecting():
        raise KeyError
    assert gc.isenabled()
