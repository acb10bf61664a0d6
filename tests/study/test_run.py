from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.study import run as module
from pts_optimiser.study.ctrl_c import noting_ctrl_c
from pts_optimiser.study.days import StudyDay
from pts_optimiser.study.recurring import Habit
from pts_optimiser.study.results import Results
from pts_optimiser.study.run import run
from pts_optimiser.study.scenario import Scenario
from pts_optimiser.study.solve_day import Answer, Task
from tests.days import WEEKDAY
from tests.study.conftest import Inline


def task(key: str, after: str = "") -> Task:
    day = StudyDay(WEEKDAY + timedelta(days=7 * len(after)), (), ())
    return Task(key, day, Scenario("s"), load_policy(), after=after)


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def pretend(asked: Task, before: tuple[Habit, ...] | None) -> Answer:
        if asked.key == "bad":
            raise RuntimeError("refused")
        tables = {"figures": pa.table({"from": [before[0].duty if before else ""]})}
        return Answer(tables, (Habit(asked.key, "j", True, 0, 0),))

    monkeypatch.setattr(module, "solve_day", pretend)


def test_every_day_is_solved_once_and_told_of_once(tmp_path: Path) -> None:
    told: list[str] = []
    results = Results(tmp_path)
    solved = run([task("a"), task("b"), task("a")], Inline(), 2, results, lambda done: told.append(done.key))
    assert solved == 2
    assert sorted(told) == ["a", "b"]


def test_known_days_are_told_of_and_not_solved_again(tmp_path: Path) -> None:
    results, handed_out = Results(tmp_path), []
    run([task("a")], Inline(), 2, results, lambda _done: None)
    told: list[str] = []
    pool = Inline(lambda asked, _before: handed_out.append(asked.key))
    assert run([task("a"), task("b")], pool, 2, results, lambda done: told.append(done.key)) == 1
    assert handed_out == ["b"]
    assert told == ["a", "b"]


def test_a_day_waits_for_the_one_that_it_starts_from(tmp_path: Path) -> None:
    results = Results(tmp_path)
    run([task("second", after="first"), task("first")], Inline(), 2, results, lambda _done: None)
    assert results.together("figures", [("second", {})]).to_pylist() == [{"from": "first"}]


def test_a_failed_day_ends_the_study_and_what_was_solved_stays(tmp_path: Path) -> None:
    results = Results(tmp_path)
    with pytest.raises(RuntimeError, match="refused"):
        run(
            [task("good"), *(task(f"day {n}") for n in range(9)), task("bad")], Inline(), 1, results, lambda _done: None
        )
    assert "good" in results


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C raises what it usually does; who runs the tests may have switched it off."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_that_a_library_swallows_stops_a_study_all_the_same(tmp_path: Path) -> None:
    class Swallowing(Inline):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            with suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
            return Future()

    with pytest.raises(KeyboardInterrupt):
        run([task("a")], Swallowing(), 1, Results(tmp_path), lambda _done: None)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_pressed_again_stops_at_once() -> None:
    with noting_ctrl_c():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


@pytest.mark.usefixtures("ctrl_c")
def test_who_takes_no_notice_of_ctrl_c_goes_on_taking_none() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with noting_ctrl_c() as look:
        signal.raise_signal(signal.SIGINT)
        look()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
