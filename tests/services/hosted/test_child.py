"""Work in a process that can be killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.services.hosted.child import Child, KilledError
from pts_optimiser.store import BusyError

MODULE = """
import os, time
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.services.hosted.child import serve

def work(request):
    if request == b"loop":
        while True:
            pass
    if request == b"grow":
        return bytes(1 << 40)
    if request == b"refuse":
        raise InputError("not this", [Issue("a", 1, "b", "code", "not this", "do that")])
    if request == b"pid":
        return str(os.getpid()).encode()
    print("nothing may get between the frames")
    return request[::-1]

serve(work, 4 << 30)
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    Path(tmp_path, "some_work.py").write_text(MODULE)
    root = Path(__file__).parents[3]
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{root}")
    made = Child("some_work")
    yield made
    made.close()


def test_one_process_answers_one_request_after_the_other(child: Child) -> None:
    assert child.ask(b"abc", seconds=30) == b"cba"
    assert child.ask(b"", seconds=30) == b""
    assert child.ask(bytes(3 << 20), seconds=30) == bytes(3 << 20)
    assert child.ask(b"pid", seconds=30) == child.ask(b"pid", seconds=30)


def test_what_it_refuses_is_told_and_it_goes_on(child: Child) -> None:
    before = child.ask(b"pid", seconds=30)
    with pytest.raises(InputError, match="not this") as refused:
        child.ask(b"refuse", seconds=30)
    assert refused.value.issues == (Issue("a", 1, "b", "code", "not this", "do that"),)
    assert isinstance(refused.value.issues[0].severity, Severity)
    assert child.ask(b"pid", seconds=30) == before


@pytest.mark.parametrize("request_", [b"loop", b"grow"])
def test_work_that_runs_wild_is_killed_and_the_next_is_done(child: Child, request_: bytes) -> None:
    child.ask(b"abc", seconds=30)
    with pytest.raises(KilledError):
        child.ask(request_, seconds=0.3)
    assert child.ask(b"abc", seconds=30) == b"cba"


def test_a_process_that_somebody_else_has_killed_is_started_again(child: Child) -> None:
    os.kill(int(child.ask(b"pid", seconds=30)), signal.SIGKILL)
    assert child._process is not None
    child._process.wait(30)
    assert child.ask(b"abc", seconds=30) == b"cba"


def test_who_waits_too_long_for_others_is_told_so(child: Child) -> None:
    child.ask(b"abc", seconds=30)
    with ThreadPoolExecutor(1) as pool:
        looping = pool.submit(child.ask, b"loop", seconds=1.0)
        while not child._turn.locked():
            assert not looping.done()
        with pytest.raises(BusyError):
            child.ask(b"abc", seconds=30, wait_s=0.01)
        assert isinstance(looping.exception(), KilledError)
