"""The scenario key ``duties = "chosen"``; what is chosen is tested in ``duty_mix``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from pts_optimiser.demand.fleet import roster_kind
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.duties import read_duties
from pts_optimiser.study import mixes
from pts_optimiser.study.adapt import adapted
from pts_optimiser.study.days import StudyDay
from pts_optimiser.study.document import Study, read_study
from pts_optimiser.study.duty_mix.chosen import Chosen
from pts_optimiser.study.duty_mix.rules import Rules
from pts_optimiser.study.outcome import write_duties
from tests.study.duty_mix.days import POLICY

PLAN = """
title = "t"
[days.generate]
first = 2026-11-26
last = 2026-11-28
scale = 0.1
contracts = ["sandwell"]
"""
CHOSEN = '[[scenarios]]\nduties = ["given", "chosen"]\n[compare]\nover = "duties"\nbaseline = "given"\n'

Asked = list[tuple[list[date], int, Rules]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What is asked for; the answer is the first two duties of the last day of each kind."""
    told: Asked = []

    def first_two(made: Iterable[StudyDay], _policy: Policy, rules: Rules) -> Chosen:
        days = list(made)
        told.append(([day.service_date for day in days], sum(len(day.journeys) for day in days), rules))
        return Chosen({}, {}, {roster_kind(day.service_date): day.duties[:2] for day in days}, 0.0, 0.0)

    monkeypatch.setattr(mixes, "chosen_for", first_two)
    return told


def read(tmp_path: Path, text: str) -> Study:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return read_study(path)


def test_each_day_has_the_chosen_duties_of_its_kind_at_its_own_date(tmp_path: Path, asked: Asked) -> None:
    study = read(tmp_path, PLAN + CHOSEN)
    (given, *_), (chosen, *_) = study.runs
    assert (given.duties_file, chosen.duties_file) == ("given", "chosen")
    assert adapted(study.days[0], given) == study.days[0].day(1.0)
    for source in study.days:
        duties = adapted(source, chosen).duties
        assert len(duties) == 2
        assert {duty.start_at.date() for duty in duties} == {source.service_date}
    assert asked[0][0] == [date(2026, 11, day) for day in (26, 27, 28)]
    assert len({task.key for _, task in study.tasks()}) == 6


def test_it_is_chosen_once_for_each_demand(tmp_path: Path, asked: Asked) -> None:
    read(tmp_path, PLAN + '[[scenarios]]\nduties = "chosen"\ndemand = [0.5, 1.0]\nbudget = [3, 4]\n')
    assert len(asked) == 2
    assert asked[0][1] < asked[1][1]


def test_days_to_choose_for_and_rules_are_the_plans(tmp_path: Path, asked: Asked) -> None:
    text = "[duty_mix]\nfirst = 2026-11-01\nlast = 2026-11-21\ndays = 2\noccupancy = 0.8\nlengths_h = [8]\n"
    read(tmp_path, PLAN + text + CHOSEN)
    dates, _, rules = asked[0]
    assert [day.day for day in dates] == [2, 11, 7, 14]  # two weekdays and two Saturdays; no Sunday is studied
    assert (rules.occupancy, rules.lengths_h, rules.near) == (0.8, (8,), Rules().near)


def test_a_kind_of_day_that_nothing_is_chosen_for_is_told(tmp_path: Path, asked: Asked) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, PLAN + "[duty_mix]\nfirst = 2026-11-23\nlast = 2026-11-24\n" + CHOSEN)
    (issue,) = caught.value.issues
    assert (issue.column, "no saturday" in issue.message) == ("duty_mix", True)


@pytest.mark.parametrize("text", ["first = 2026-11-23\n", "occupancy = 0\n", "lengths_h = []\n", "speed = 1\n"])
def test_faults_of_its_table_are_told(tmp_path: Path, text: str, asked: Asked) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, PLAN + "[duty_mix]\n" + text + CHOSEN)
    assert str(caught.value.issues[0].column).startswith("duty_mix")


def test_the_chosen_duties_are_written_as_files_that_the_planner_reads(tmp_path: Path, asked: Asked) -> None:
    study = read(tmp_path, PLAN + CHOSEN)
    write_duties(study, tmp_path / "duties")
    names = sorted(path.name for path in (tmp_path / "duties").iterdir())
    assert names == ["duties_chosen_saturday.csv", "duties_chosen_weekday.csv"]
    for name in names:
        read_back = read_duties(tmp_path / "duties" / name, POLICY)
        assert not read_back.issues
        assert len(read_back.items) == 2
