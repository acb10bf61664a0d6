from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from pts_optimiser.study.recurring import Habit
from pts_optimiser.study.results import Results
from pts_optimiser.study.solve_day import Answer

ANSWER = Answer({"figures": pa.table({"served": [7.0]})}, (Habit("d", "j", True, 5, 6),))


def test_a_kept_answer_is_found_by_another_study(tmp_path: Path) -> None:
    Results(tmp_path).keep("key", ANSWER)
    again = Results(tmp_path)
    assert "key" in again
    assert again.habits("key") == ANSWER.habits


def test_an_answer_that_is_there_stays(tmp_path: Path) -> None:
    results = Results(tmp_path)
    results.keep("key", ANSWER)
    results.keep("key", Answer({"figures": pa.table({"served": [8.0]})}, ()))
    assert results.together("figures", [("key", {})]).to_pylist() == [{"served": 7.0}]
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_what_a_stopped_study_left_unfinished_is_no_answer(tmp_path: Path) -> None:
    results = Results(tmp_path)
    (tmp_path / "unfinished-abc").mkdir()
    results.sweep()
    assert not list(tmp_path.iterdir())


def test_days_are_put_together_in_the_order_asked_for(tmp_path: Path) -> None:
    results = Results(tmp_path)
    for key, served in (("b", 2.0), ("a", 1.0)):
        results.keep(key, Answer({"figures": pa.table({"served": [served]})}, ()))
    rows = results.together(
        "figures",
        [
            ("b", {"scenario": "x", "electric": None, "standards": None}),
            ("a", {"scenario": "y", "electric": 0.5, "standards": "uk"}),
        ],
    )
    assert rows.to_pylist() == [
        {"scenario": "x", "electric": None, "standards": None, "served": 2.0},
        {"scenario": "y", "electric": 0.5, "standards": "uk", "served": 1.0},
    ]
