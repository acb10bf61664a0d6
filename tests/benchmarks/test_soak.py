"""The frame of the soak: parts in processes of their own, counts that outlive a run, one table."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from select import select

import pytest

from benchmarks.soak import __main__ as soak
from benchmarks.soak import readers, slices, suite
from benchmarks.soak.parts import PARTS, Part
from benchmarks.soak.report import page, table
from benchmarks.soak.tally import Progress, Tally
from tests.bad_input.mutations import cut_short
from tests.bad_input.readers import Reader

SUITE = """
import pytest

pytestmark = [pytest.mark.soak, pytest.mark.filterwarnings("error::pytest.PytestWarning")]

def test_told(record_property):
    record_property("faults", 3)
    record_property("requests", 20)

def test_lost():
    assert not "as it must be"
"""
ONE, OTHER = Part("one", 0.75, "one thing"), Part("other", 0.25, "another")


@pytest.mark.parametrize("part", PARTS, ids=[part.module for part in PARTS])
def test_every_part_can_be_run(part: Part) -> None:
    assert (Path(soak.__file__).parent / f"{part.module}.py").exists()
    assert part.share > 0


def test_tallies_add_up_and_keep_their_losses() -> None:
    both = Tally(cases=2, lost=("a",), seconds=1) + Tally(faults=1, requests=3, lost=("b",), seconds=2)
    assert both == Tally(2, 1, 3, ("a", "b"), 3)
    assert Tally.from_json(both.to_json()) == both


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str) -> tuple[int, list[tuple[str, int]]]:
    """One run of the frame over two parts of which each slice takes as long as it may; who ran with which seed."""
    ran: list[tuple[str, int]] = []

    def sliced(part: Part, budget_s: float, seed: int, state: Path) -> Tally:
        assert state == folder / part.module
        ran.append((part.module, seed))
        return Tally(cases=1, seconds=budget_s, lost=("gone",) if seed == 13 else ())

    monkeypatch.setattr(soak, "PARTS", (ONE, OTHER))
    monkeypatch.setattr(soak, "slice_of", sliced)
    monkeypatch.setattr(sys, "argv", ["soak", "--state", str(folder), *words])
    return soak.main(), ran


def test_parts_take_turns_by_their_shares_and_a_run_goes_on_where_another_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, ran = run(monkeypatch, tmp_path, "--minutes", "6", "--seed", "7")
    assert (status, ran) == (0, [("one", 7), ("other", 7), ("one", 8), ("one", 9)])
    status, ran = run(monkeypatch, tmp_path, "--minutes", "8", "--seed", "7")
    assert (status, ran) == (0, [("one", 10), ("other", 8)])
    status, ran = run(monkeypatch, tmp_path, "--minutes", "8", "--seed", "20")
    assert ran[0] == ("one", 20)
    assert "| **in all** | 6 | 0 | 0 | nothing | 8 |" in capsys.readouterr().out


def test_what_is_lost_is_told_and_ends_with_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    report = tmp_path / "reliability.md"
    assert run(monkeypatch, tmp_path, "--minutes", "1", "--seed", "13", "--report", str(report))[0] == 1
    assert "- gone" in report.read_text(encoding="utf-8")


def test_a_part_that_tried_nothing_has_finished() -> None:
    assert Progress().after(Tally(seconds=1)).finished
    assert not Progress().after(Tally(cases=1)).finished


def test_a_process_that_dies_is_a_loss(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(slices, "sys", type("Broken", (), {"executable": "false"}))
    assert slices.slice_of(ONE, 1, 5, tmp_path).lost == ("one, seed 5: ended with 1: ",)


def test_a_slice_that_hangs_is_ended_with_all_that_it_has_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    alive, script = tmp_path / "alive", tmp_path / "hangs"
    os.mkfifo(alive)
    script.write_text(f"#!/bin/sh\n(echo up; exec sleep 600) >{alive} &\nwait\n")
    script.chmod(0o700)
    told = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)

    def says() -> bytes:
        """What its child says, nothing once that has ended."""
        assert select([told], [], [], 60)[0], "it neither speaks nor ends"
        return os.read(told, 10)

    def hang(process: subprocess.Popen[str], *_: object, timeout: float) -> None:
        assert says() == b"up\n"
        raise subprocess.TimeoutExpired(process.args, timeout)

    monkeypatch.setattr(subprocess.Popen, "communicate", hang)
    monkeypatch.setattr(slices, "sys", type("Hanging", (), {"executable": str(script)}))
    assert slices.slice_of(ONE, 1, 5, tmp_path).lost == ("one, seed 5: hung",)
    assert says() == b""
    os.close(told)


def test_a_malformed_file_that_brings_a_reader_down_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = Reader("broken", lambda: [b"sound"], (cut_short,), lambda data, folder: [][len(data)], 1)
    monkeypatch.setattr(readers, "READERS", [broken])
    monkeypatch.setattr(readers, "WEIGHTS", [1])
    found = readers.run(0.1, 7, tmp_path)
    kept = list(tmp_path.iterdir())
    assert len(found.lost) == found.cases > 0
    assert kept
    assert all(b"sound".startswith(file.read_bytes()) and str(file) in " ".join(found.lost) for file in kept)


def test_a_test_of_the_suite_says_itself_what_it_tried_and_is_run_once(tmp_path: Path) -> None:
    file = tmp_path / "test_little.py"
    file.write_text(SUITE, encoding="utf-8")
    (tmp_path / "tests.txt").write_text(f"{file}::test_told\n{file}::test_lost\n", encoding="utf-8")
    found = suite.run(60, 7, tmp_path)
    assert (found.cases, found.faults, found.requests) == (1, 3, 20)
    [lost] = found.lost
    assert lost.startswith(f"{file}::test_lost")
    assert not suite.run(60, 7, tmp_path).tried
    assert "Of the 2 tests marked `soak`, 2 were run" in (tmp_path / "note.md").read_text(encoding="utf-8")


def test_the_page_says_that_nothing_was_lost() -> None:
    tallies = {ONE: Tally(cases=1200, seconds=90)}
    assert "| one thing | 1,200 | 0 | 0 | nothing | 2 |" in table(tallies)
    assert "Nothing was lost." in page(tallies)
    assert page(tallies, ["Beside the optimum."]).endswith("Beside the optimum.\n")
