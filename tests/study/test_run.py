from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.study import run as module
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
