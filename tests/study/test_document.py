from __future__ import annotations

from pathlib import Path

import pytest

from pts_optimiser.demand.wall import DayKind
from pts_optimiser.domain.errors import InputError
from pts_optimiser.services.study import EXAMPLES
from pts_optimiser.study import mixes
from pts_optimiser.study.document import Study, read_study
from pts_optimiser.study.duty_mix.chosen import Chosen
from tests.days import small_day

DAYS = 'title = "t"\n[days.generate]\nfirst = 2026-11-23\nlast = 2026-12-06\n'


def read(tmp_path: Path, text: str) -> Study:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return read_study(path)


def issues(tmp_path: Path, text: str) -> dict[str | None, str]:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    return {issue.column: f"{issue.code} {issue.hint}" for issue in caught.value.issues}


def test_lists_make_a_scenario_of_every_combination(tmp_path: Path) -> None:
    study = read(
        tmp_path,
        DAYS + '[defaults]\nbudget = 7\n[[scenarios]]\ndistancing = ["off", "one_party"]\ndemand = [0.6, 1]\n'
        '[[scenarios]]\nname = "more"\nfleet = 1.2\nbudget = 9\n',
    )
    found = [(s.name, s.distancing, s.demand, s.fleet, s.budget) for s, _, _ in study.runs]
    assert found == [
        ("distancing off, demand 0.6", "off", 0.6, 1.0, 7),
        ("distancing off, demand 1", "off", 1.0, 1.0, 7),
        ("distancing one_party, demand 0.6", "one_party", 0.6, 1.0, 7),
        ("distancing one_party, demand 1", "one_party", 1.0, 1.0, 7),
        ("more", "off", 1.0, 1.2, 9),
    ]
    assert [policy.distancing and policy.distancing.name for _, policy, _ in study.runs] == [
        None, None, "one_party", "one_party", None,
    ]  # fmt: skip


def test_days_are_those_of_the_weekdays_asked_for(tmp_path: Path) -> None:
    study = read(tmp_path, DAYS + 'weekdays = ["tue", "sat"]\n[[scenarios]]\nname = "x"\n')
    assert [str(day.service_date) for day in study.days] == ["2026-11-24", "2026-11-28", "2026-12-01", "2026-12-05"]


def test_a_scenario_may_have_the_first_days_only_and_warm_ones_follow_the_week_before(tmp_path: Path) -> None:
    study = read(tmp_path, DAYS + '[[scenarios]]\nname = "x"\nwarm = true\n[[scenarios]]\nname = "y"\ndays = 3\n')
    tasks = study.tasks()
    assert len(tasks) == 14 + 3
    of_x = [task for scenario, task in tasks if scenario.name == "x"]
    assert [task.after for task in of_x] == [""] * 7 + [task.key for task in of_x[:7]]
    assert not any(task.after for scenario, task in tasks if scenario.name == "y")


def test_days_from_files_and_duties_of_a_scenario_are_read(tmp_path: Path) -> None:
    small_day(share=90).write(tmp_path)
    text = (
        'title = "t"\n[days]\nfiles = [{journeys = "journeys.csv", duties = "duties.csv"}]\n'
        '[[scenarios]]\nname = "x"\nduties = "duties.csv"\n'
    )
    study = read(tmp_path, text)
    assert len(study.days[0].day(1.0).journeys) == len(small_day(share=90).journeys)
    assert study.runs[0][0].duties == small_day(share=90).duties


def test_the_plans_policy_is_laid_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[costs]\ncrew_per_hour = 30.0\n", encoding="utf-8")
    text = 'policy_file = "own.toml"\n' + DAYS + "[policy.distancing.five]\nparties_aboard = {default = 5}\n"
    text += 'household_exempt = true\nclean_down_min = 0\n[[scenarios]]\ndistancing = "five"\n'
    policy = read(tmp_path, text).runs[0][1]
    assert policy.crew_cost_per_hour == 30.0
    assert policy.distancing is not None
    assert policy.distancing.default_parties == 5


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        (DAYS + "[[scenarios]]\ndistancin = 'off'\n", "scenarios.0.distancin", "did you mean 'distancing'?"),
        (DAYS, "scenarios", "missing_key add it, as in an example plan."),
        (DAYS + "[[scenarios]]\ndemand = [0.5, -1]\n", "scenarios.0.demand.1", "bad_value"),
        (DAYS + "[[scenarios]]\nengine = 'magic'\n", "scenarios.0.engine.0", "bad_value"),
        (DAYS + "[[scenarios]]\nname = 'a'\n[[scenarios]]\nname = 'a'\n", "scenarios.name", "bad_value"),
        (DAYS + "[[scenarios]]\ndistancing = 'one_partie'\n", "use.distancing", "did you mean 'one_party'?"),
        (DAYS.replace("2026-12-06", "2026-11-01") + "[[scenarios]]\nname = 'a'\n", "days.generate", "bad_value"),
        ('title = "t"\n[days]\n[[scenarios]]\nname = "a"\n', "days", "bad_value"),
        (DAYS + "[[scenarios]]\nfleet = 1.2\n[compare]\nover = 'fleet'\nbaseline = 1\n", "compare.baseline", "add it"),
        (DAYS.replace("2026-11-23", "0026-11-23") + "[[scenarios]]\nname = 'a'\n", None, "bad_value"),
        (DAYS + f"[[scenarios]]\nseed = {list(range(90))}\nbudget = {list(range(90))}\n", None, "bad_value"),
        (DAYS + "[[scenarios]]\n[duty_mix]\nfirst = 0026-01-01\nlast = 2026-01-01\n", "duty_mix", "bad_value"),
        ("title = \n", None, "bad_toml"),
        ("title = " + "[" * 10_000, None, "bad_toml"),
        (f'policy_file = "none.toml"\n{DAYS}[[scenarios]]\nname = "a"\n', None, "unreadable_file"),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_key_and_a_hint(tmp_path: Path, text: str, column: str | None, says: str) -> None:
    found = issues(tmp_path, text)
    assert says in found[column]


def test_days_from_files_cannot_have_more_journeys(tmp_path: Path) -> None:
    small_day(share=90).write(tmp_path)
    text = 'title = "t"\n[days]\nfiles = [{journeys = "journeys.csv", duties = "duties.csv"}]\n'
    found = issues(tmp_path, text + "[[scenarios]]\ndemand = 1.1\n")
    assert "generate days instead" in found["scenarios.demand"]


def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    assert len(issues(tmp_path, DAYS + "[[scenarios]]\ndemand = 0\nfleet = -1\nspeed = 3\n")) == 3


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_example_plans_can_be_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mixes, "chosen_for", lambda *_asked: Chosen({}, {}, {DayKind.WEEKDAY: ()}, 0.0, 0.0))
    study = read_study(path)
    assert study.title
    assert len({task.key for _, task in study.tasks()}) == len(study.tasks())
