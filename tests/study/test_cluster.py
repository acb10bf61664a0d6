"""Real schedulers and workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import wait
from pathlib import Path
from typing import Any

import pytest

from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.study import StudyOrder, study
from pts_optimiser.study import cluster as module
from pts_optimiser.study.cluster import cluster
from tests.study.test_study import contents


def process_of(number: int, folder: Path) -> int:
    """A day's work in miniature: the first time, the process is lost in the middle of it."""
    if number == 0 and not (folder / "lost").exists():
        (folder / "lost").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_no_scheduler_at_the_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT_S", 1)
    with pytest.raises(InputError, match="--scheduler"), cluster("tcp://127.0.0.1:9", 1):
        pass


def test_processes_of_the_cluster_take_no_notice_of_ctrl_c() -> None:
    ask = "import signal; print(signal.getsignal(signal.SIGINT) == signal.SIG_IGN)"
    usual = signal.getsignal(signal.SIGINT)
    with module._uninterrupted():
        started = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert started.stdout == "True\n"
    assert signal.getsignal(signal.SIGINT) is usual


@pytest.mark.soak
def test_what_a_lost_worker_had_in_hand_is_done_by_another(tmp_path: Path) -> None:
    with cluster(None, 2) as (pool, workers):
        assert workers == 2
        futures = [pool.submit(process_of, number, tmp_path) for number in range(6)]
        wait(futures)
        assert [future.result() for future in futures] == list(range(6))


@pytest.mark.soak
def test_a_scheduler_and_two_workers_started_by_hand_give_the_same_tables(plan: Path, tmp_path: Path) -> None:
    here = study(StudyOrder(plan, tmp_path / "here", workers=1)).out
    address = tmp_path / "scheduler.json"
    started: list[subprocess.Popen[Any]] = []
    try:
        started.append(subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_scheduler", "--scheduler-file", str(address), "--port", "0",
             "--no-dashboard"],
            stderr=subprocess.DEVNULL,
        ))  # fmt: skip
        started += [
            subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(address), "--nthreads",
                 "1", "--no-dashboard"],
                stderr=subprocess.DEVNULL,
            )
            for _ in range(2)
        ]  # fmt: skip
        deadline = time.monotonic() + 60
        while not address.is_file() and time.monotonic() < deadline:
            time.sleep(0.1)
        there = study(StudyOrder(plan, tmp_path / "there", json.loads(address.read_text())["address"])).out
        assert contents(there / "tables") == contents(here / "tables")
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)
