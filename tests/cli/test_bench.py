"""``bench`` hands over to the benchmarks of a checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pts_optimiser.cli import bench
from pts_optimiser.cli.app import app

RUN = CliRunner()


def test_options_are_passed_on_and_the_exit_code_back(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Any] = []

    def pretend(command: list[str], **where: Any) -> subprocess.CompletedProcess[str]:
        called.append((command, where["cwd"]))
        return subprocess.CompletedProcess(command, 2)

    monkeypatch.setattr(bench.subprocess, "run", pretend)
    answer = RUN.invoke(app, ["bench", "--days", "sunday", "--help"])
    assert answer.exit_code == 2
    command, folder = called[0]
    assert command == [sys.executable, "-m", "benchmarks.peers", "--days", "sunday", "--help"]
    assert (folder / "benchmarks" / "peers").is_dir()


def test_without_a_checkout_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bench, "MODULE", Path("nowhere", "peers", "__main__.py"))
    monkeypatch.chdir(tmp_path)
    answer = RUN.invoke(app, ["bench"])
    assert answer.exit_code == 2
    assert "needs a checkout" in answer.output
    assert "make bench" in answer.output
