"""What a process with all its descendants uses."""

from __future__ import annotations

import os

from benchmarks.usage import descendants, status_mb, usage


def test_this_process_uses_something_and_is_its_own_descendant() -> None:
    seconds, megabytes = usage(os.getpid())
    assert seconds > 0
    assert megabytes > 1
    assert descendants(os.getpid())[0] == os.getpid()


def test_no_more_is_resident_than_has_been_and_own_memory_is_part_of_it() -> None:
    resident, own = status_mb(os.getpid(), "VmRSS"), status_mb(os.getpid(), "RssAnon")
    assert 1 < own < resident
    assert status_mb(os.getpid(), "VmHWM") >= resident
