"""Things made once and kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from pts_optimiser.services.hosted import shelf as shelf_module
from pts_optimiser.services.hosted.shelf import IDLE_S, Shelf


def test_what_is_asked_for_again_is_not_made_again() -> None:
    shelf: Shelf[object] = Shelf(2)
    first = shelf.get("a", object)
    assert shelf.get("a", object) is first


def test_many_who_ask_at_once_wait_for_one_that_is_made() -> None:
    shelf: Shelf[object] = Shelf(2)
    going, made = Event(), []

    def make() -> object:
        going.wait(10)
        made.append(1)
        return object()

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(shelf.get, "a", make) for _ in range(8)]
        going.set()
        assert len({id(thing.result(10)) for thing in asked}) == 1
    assert made == [1]


def test_what_was_not_asked_for_longest_goes_first() -> None:
    shelf: Shelf[bytes] = Shelf(5, len)
    kept = shelf.get("a", lambda: b"aa")
    gone = shelf.get("b", lambda: bytes(2))
    shelf.get("a", bytes)
    shelf.get("c", lambda: b"cc")
    assert shelf.get("a", lambda: b"other") is kept
    assert shelf.get("b", lambda: b"new") == b"new" != gone


def test_one_thing_larger_than_the_shelf_is_kept_alone() -> None:
    shelf: Shelf[bytes] = Shelf(1, len)
    shelf.get("a", lambda: b"a")
    large = shelf.get("b", lambda: b"bbbb")
    assert shelf.get("b", bytes) is large
    assert shelf.get("a", lambda: b"new") == b"new"


def test_a_failure_is_told_and_not_kept() -> None:
    shelf: Shelf[int] = Shelf(1)

    def fail() -> int:
        raise OSError("away")

    with pytest.raises(OSError, match="away"):
        shelf.get("a", fail)
    assert shelf.get("a", lambda: 3) == 3


def test_what_nobody_has_asked_for_in_an_hour_is_kept_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(shelf_module, "monotonic", lambda: clock[0])
    shelf: Shelf[object] = Shelf(3)
    asked_again, left = shelf.get("a", object), shelf.get("b", object)
    for clock[0] in (IDLE_S, IDLE_S + 1):
        shelf.drop_idle()
        assert shelf.get("a", object) is asked_again
    assert shelf.get("b", object) is not left
