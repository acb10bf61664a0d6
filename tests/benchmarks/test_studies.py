"""How studies are measured: what is watched, when they are stopped, which tables are told to differ."""

from __future__ import annotations

from pathlib import Path
from time import monotonic, sleep

import pytest

from benchmarks.studies import watch as module
from benchmarks.studies.__main__ import same_tables
from benchmarks.studies.running import Stop, kept
from benchmarks.studies.watch import watching


def test_a_stop_names_how_and_after_how_many_days() -> None:
    assert Stop.read("kill:60") == Stop("kill", 60)
    with pytest.raises(ValueError, match="pause"):
        Stop.read("pause:3")


def test_a_command_is_watched_with_the_processes_that_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY_S", 0.02)
    with watching() as watch:
        started = watch.start("timeit", "-n", "1_000_000", "-s", "x = b'1' * 40_000_000", "x.count(b'2')")
        deadline = monotonic() + 60
        while watch.peak_mb < 40 and monotonic() < deadline:
            sleep(0.02)
        started.kill()
        started.wait()
        assert watch.gone(started.pid)
    assert watch.peak_mb > 40
    assert watch.cpu_s > 0
    assert watch.wall_s > 0


def test_an_answer_that_is_not_whole_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "days" / "unfinished-1").mkdir(parents=True)
    (tmp_path / "days" / "abc").mkdir()
    assert kept(tmp_path) == 1
    assert kept(tmp_path / "nothing") == 0


def test_tables_that_differ_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content in (("one", b"1"), ("two", b"1"), ("three", b"2")):
        (tmp_path / name / "tables").mkdir(parents=True)
        (tmp_path / name / "tables" / "means.parquet").write_bytes(content)
    same_tables([tmp_path / "one", tmp_path / "two"])
    assert capsys.readouterr().out == "1 of 1 tables the same, byte for byte\n"
    with pytest.raises(SystemExit, match=r"means\.parquet"):
        same_tables([tmp_path / "one", tmp_path / "three"])
