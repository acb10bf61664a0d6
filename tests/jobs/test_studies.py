"""Studies as they are ordered: what a worker leaves in the folder of studies."""

from __future__ import annotations

import csv

import pytest

from pts_optimiser.jobs.orders import StudyOrder, order_study
from pts_optimiser.jobs.turns import Turns
from pts_optimiser.services import study as service
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.studies import list_studies, study_table, study_view
from pts_optimiser.services.hosted.studying import study
from pts_optimiser.services.hosted.turn import Turn
from pts_optimiser.store import ConflictError, Store, plans
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.studies import studies_folder
from pts_optimiser.store.words import PlanStatus, Role
from tests.days import SmallDay
from tests.jobs.crew import BY, now, plan_of
from tests.jobs.test_turns import carried_out, claim

ANALYST = Caller("key:analyst", frozenset({Role.ANALYST}))


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures take longer than these days."""
    monkeypatch.setattr(service, "write_report", lambda folder: (folder / "report.html").write_text("drawn"))


@pytest.fixture
def ordered(store: Store, day: SmallDay) -> Plan:
    caps = ("off", "one_party")
    order = StudyOrder("Caps", day.service_date, day.service_date, distancing=caps, budget=1)
    return order_study(store, BY, order)[0]


def test_a_study_of_a_kept_day_is_read_by_its_plan(store: Store, day: SmallDay, ordered: Plan) -> None:
    ended = carried_out(store, ordered)
    assert (ended.status, ended.error) == (PlanStatus.COMPLETE, None)
    assert ended.best_so_far is not None
    assert ended.best_so_far["done"] == ended.best_so_far["all"]
    [one] = list_studies(store, ANALYST)
    assert (one.name, one.title, one.scenarios, one.solved) == (ordered.plan_id, "Caps", 2, 2)
    shown = study_view(store, ANALYST, one.name)
    assert shown["about"]["compare"] == {"over": "distancing", "baseline": "off"}
    figures = csv.DictReader(study_table(store, ANALYST, one.name, "figures").splitlines())
    assert {float(row["journeys"]) for row in figures} == {len(day.journeys)}


def test_no_journey_stays_where_a_study_was_run(store: Store, ordered: Plan) -> None:
    study = studies_folder(store) / ordered.plan_id
    (study / "input-killed").mkdir(parents=True)
    (study / "input-killed" / "2026-11-24-journeys.csv").write_text("of a turn before")
    carried_out(store, ordered)
    assert {path.name for path in study.iterdir()} == {"tables", "study.json", "report.html"}
    assert "rides.parquet" not in {path.name for path in (study / "tables").iterdir()}


def test_who_has_lost_a_study_leaves_its_folder_to_who_has_it(store: Store, ordered: Plan) -> None:
    held = claim(store, ordered.plan_id)
    answers = studies_folder(store) / ordered.plan_id / "days"
    answers.mkdir(parents=True)
    turn = Turn(store, held)
    turn.lost = True
    with pytest.raises(ConflictError):
        study(turn)
    assert answers.is_dir()


def test_a_study_stopped_before_its_first_day_leaves_nothing(store: Store, ordered: Plan) -> None:
    held = claim(store, ordered.plan_id)
    with store.write() as session:
        plans.request_stop(session, ordered.plan_id, by=BY, at=now())
    Turns(store).take(held.plan_id, held.fence)
    assert plan_of(store, ordered.plan_id).status is PlanStatus.STOPPED
    assert list_studies(store, ANALYST) == []
