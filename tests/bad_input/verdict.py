"""What must hold whatever a reader is given: it reads or refuses, by documented codes, soon and in little memory."""

from __future__ import annotations

import re
import resource
import signal
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType

from geodata.errors import RoadsError
from pts_optimiser.domain.errors import InputError, TravelTimesError
from pts_optimiser.domain.issue import Issue
from tests.bad_input.mutations import Mutation
from tests.bad_input.readers import Reader

DOCUMENT = Path(__file__).parents[2] / "docs" / "errors.md"
SECONDS = 5
MEMORY = 1 << 30
ENOUGH = 200_000
"""Bytes from which a sample is spoilt no more: tables of gigabytes are tried by themselves."""
LONGEST = 2_000
"""Characters that a message may have: nobody reads more."""


@cache
def documented() -> frozenset[str]:
    return frozenset(re.findall(r"^#{3,4} `(\w+)`$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))


class TooSlowError(Exception):
    """The reader has taken more than it may of the processor."""


@contextmanager
def within_limits() -> Iterator[None]:
    """A gigabyte more than the process has, and five seconds of the processor."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY, hard))
    before = signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlowError(f"more than {SECONDS} s")


def spoilt(reader: Reader, ways: Sequence[tuple[Mutation, int]], sample: int = 0) -> bytes:
    """A sample after some mutations, each with the seed of its chance."""
    every = reader.samples()
    data = every[sample % len(every)]
    for mutation, seed in ways:
        if len(data) < ENOUGH:
            data = mutation(data, Random(seed))
    return data


def judge(reader: Reader, data: bytes, folder: Path) -> None:
    """Raises whatever is not as it must be."""
    with within_limits(), warnings.catch_warnings():
        warnings.simplefilter("error")
        refused_or_read(reader, data, folder)


def refused_or_read(reader: Reader, data: bytes, folder: Path) -> None:
    """The same without a look at time and memory."""
    issues = _issues(reader, data, folder)
    for issue in issues:
        if issue.code not in documented():
            raise AssertionError(f"{issue.code} is not in docs/errors.md")
        if len(str(issue)) > LONGEST:
            raise AssertionError(f"{len(str(issue))} characters: {str(issue)[:200]}")
        str(issue).encode()


def _issues(reader: Reader, data: bytes, folder: Path) -> Sequence[Issue]:
    try:
        return reader.read(data, folder)
    except InputError as error:
        if not error.issues:
            raise AssertionError(f"refused without a code: {error}") from error
        return error.issues
    except (TravelTimesError, RoadsError) as error:
        if len(str(error)) > LONGEST:
            raise AssertionError(f"{len(str(error))} characters: {str(error)[:200]}") from error
        return ()
