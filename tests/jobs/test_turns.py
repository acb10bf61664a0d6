"""Turns with plans: what they leave in the store, and what they leave to others."""

from __future__ import annotations

import json
from collections.abc import Callable
from csv import DictReader
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from pts_optimiser.checking import check, read_travel
from pts_optimiser.domain.errors import RefusedRosterError
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.jobs import turns
from pts_optimiser.jobs.orders import (
    ExportOrder,
    PlanOrder,
    ReoptimiseOrder,
    order_export,
    order_plan,
    order_reoptimise,
)
from pts_optimiser.jobs.turns import Turns
from pts_optimiser.planning import drafts
from pts_optimiser.services.hosted import turn as turning
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.services.hosted.exports import exported, remove_old
from pts_optimiser.services.hosted.failure import failure_of
from pts_optimiser.services.hosted.turn import Turn
from pts_optimiser.services.network import generate_network
from pts_optimiser.store import ConflictError, NotFoundError, Store, plans
from pts_optimiser.store.plans import Plan
from pts_optimiser.store.proposals import proposals
from pts_optimiser.store.publishing import current
from pts_optimiser.store.rosters import parts_of, read_file, read_roster, read_text, roster_of_plan
from pts_optimiser.store.words import PlanStatus, Role
from tests.days import SmallDay
from tests.jobs.crew import BY, now, plan_of
from tests.reporting.drawn import lines_of
from tests.services.hosted.town_day import DAY, at, put_published

QUICK = PlanOrder(iterations=300, workers=1)
EVERYBODY = Caller(BY, frozenset({Role.VIEWER}))


def claim(store: Store, plan_id: str) -> Plan:
    with store.write() as session:
        if plans.plan(session, plan_id).status is PlanStatus.VALIDATED:
            plans.advance(session, plan_id, PlanStatus.QUEUED, at=now())
        return plans.claim(session, plan_id, at=now())


def carried_out(store: Store, plan: Plan) -> Plan:
    held = claim(store, plan.plan_id)
    Turns(store).take(held.plan_id, held.fence)
    return plan_of(store, plan.plan_id)


def test_a_plan_ends_with_a_roster_that_stands_alone_and_passes_the_referee(store: Store, day: SmallDay) -> None:
    ended = carried_out(store, order_plan(store, BY, day.service_date, QUICK)[0])
    assert ended.status is PlanStatus.COMPLETE
    assert ended.best_so_far
    with store.read() as session:
        stored = roster_of_plan(session, ended.plan_id)
        assert stored is not None
        assert stored.kpis["served"] == stored.served == ended.best_so_far["served"]
        assert ended.best_so_far["iterations"] == stored.engine["iterations"] == 300
        names, files = parts_of(session, day.service_date, 1)
        roster, travel = (
            read_roster(session, day.service_date, 1),
            read_file(session, day.service_date, 1, "travel.npz"),
        )
        policy = load_policy(read_text(session, day.service_date, 1, "policy.toml").encode())
        assert not check(roster, day.journeys, day.duties, policy, read_travel(travel))
    assert (names, files) == ({"roster.json", "journeys.csv", "duties.csv", "policy.toml"}, {"travel.npz"})


def test_a_plan_made_with_a_road_network_goes_by_road_and_keeps_its_map_for_exports_too(
    store: Store, day: SmallDay, tmp_path: Path
) -> None:
    network = generate_network(5000, 2, tmp_path / "net").folder
    held = claim(store, order_plan(store, BY, day.service_date, QUICK)[0].plan_id)
    Turns(store, network).take(held.plan_id, held.fence)
    assert plan_of(store, held.plan_id).status is PlanStatus.COMPLETE
    with store.read() as session:
        roster = read_roster(session, day.service_date, 1)
        drawn = json.loads(read_text(session, day.service_date, 1, "map.geojson"))
    assert roster.travel["model"].startswith("synthetic roads/1")
    assert "Synthetic" in drawn["attribution"]
    sent = claim(store, order_export(store, BY, day.service_date, ExportOrder(1))[0].plan_id)
    Turns(store, network).take(sent.plan_id, sent.fence)
    with ZipFile(exported(store, EVERYBODY, sent.plan_id).path) as archive:
        exported_map = json.loads(archive.read("map.geojson"))
        assert drawn["attribution"] in archive.read("report.html").decode()
        [found] = DictReader(archive.read("issues.csv").decode().splitlines())
    assert exported_map["attribution"] == drawn["attribution"]
    assert (found["code"], found["file"]) == ("far_from_road", "the service's road network")
    for document in (drawn, exported_map):
        assert all(line["properties"]["by_road"] for line in lines_of(document))
        stops = sum(len(duty.stops) for duty in roster.duties)
        assert sum(len(line["geometry"]["coordinates"]) for line in lines_of(document)) > 5 * stops


def test_a_plan_whose_network_is_gone_fails_and_says_so_without_the_workers_folder(
    store: Store, day: SmallDay, tmp_path: Path
) -> None:
    held = claim(store, order_plan(store, BY, day.service_date, QUICK)[0].plan_id)
    Turns(store, tmp_path).take(held.plan_id, held.fence)
    ended = plan_of(store, held.plan_id)
    assert ended.status is PlanStatus.FAILED
    assert ended.error
    assert ended.error["code"] == "plan_travel_times"
    assert "the service's road network" in ended.error["message"]
    assert str(tmp_path) not in ended.error["message"]


def test_a_plan_taken_up_again_goes_on_from_the_best_roster_with_what_is_left(store: Store, day: SmallDay) -> None:
    known = carried_out(store, order_plan(store, BY, day.service_date, QUICK)[0])
    with store.read() as session:
        best = read_roster(session, day.service_date, 1)
    again, _ = order_plan(store, BY, day.service_date, PlanOrder(iterations=300, workers=1))
    died = claim(store, again.plan_id)
    with store.write() as session:
        figures = {"seconds": 2.0, "iterations": 300, "cost": 1, "served": 1, "drive_s": 1}
        plans.save_best(session, died.plan_id, died.fence, figures, best, at=now())
    ended = carried_out(store, again)
    assert ended.best_so_far
    assert known.best_so_far
    assert ended.best_so_far["iterations"] == 300
    assert ended.best_so_far["cost"] <= known.best_so_far["cost"]


def test_the_rest_is_planned_round_journeys_that_are_held(store: Store, day: SmallDay) -> None:
    carried_out(store, order_plan(store, BY, day.service_date, QUICK)[0])

    def duty_of(version: int) -> dict[str, str]:
        with store.read() as session:
            roster = read_roster(session, day.service_date, version)
        return {stop.journey_id: duty.duty_id for duty in roster.duties for stop in duty.stops if stop.journey_id}

    held = dict(list(duty_of(1).items())[:5])
    order = PlanOrder(iterations=100, workers=1, seed=2, warm=1, held=held)
    assert carried_out(store, order_plan(store, BY, day.service_date, order)[0]).status is PlanStatus.COMPLETE
    assert held.items() <= duty_of(2).items()


def test_a_plan_asked_to_stop_ends_stopped_with_the_best_it_has(
    store: Store, day: SmallDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning, "BEAT_S", 0.05)
    ordered, _ = order_plan(store, BY, day.service_date, PlanOrder(budget_s=3600, workers=1))
    held = claim(store, ordered.plan_id)
    with store.write() as session:
        plans.request_stop(session, held.plan_id, by=BY, at=now())
    Turns(store).take(held.plan_id, held.fence)
    with store.read() as session:
        assert roster_of_plan(session, held.plan_id) is not None
    assert plan_of(store, held.plan_id).status is PlanStatus.STOPPED


def test_checked_rosters_are_saved_while_the_search_goes_on(
    store: Store, day: SmallDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "DRAFT_S", 0.0)
    saved = []
    keep = Turn.keep
    monkeypatch.setattr(Turn, "keep", lambda self, roster: (saved.append(roster), keep(self, roster)))
    ended = carried_out(store, order_plan(store, BY, day.service_date, PlanOrder(iterations=2000, workers=1))[0])
    with store.read() as session:
        assert plans.best_roster(session, ended.plan_id) == saved[-1]
    assert len(saved) > 1
    assert all(roster.kpis["served"] for roster in saved)


def test_who_has_lost_a_plan_to_another_stops_and_leaves_nothing(
    store: Store, day: SmallDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning, "BEAT_S", 0.05)
    ordered, _ = order_plan(store, BY, day.service_date, PlanOrder(budget_s=3600, workers=1))
    held = claim(store, ordered.plan_id)
    begin = turns.solve

    def robbed(turn: Turn, _network: Path | None) -> None:
        claim(store, ordered.plan_id)
        begin(turn)

    monkeypatch.setattr(turns, "solve", robbed)
    Turns(store).take(held.plan_id, held.fence)
    found = plan_of(store, ordered.plan_id)
    assert (found.status, found.fence) == (PlanStatus.SOLVING, 2)
    with store.read() as session:
        assert roster_of_plan(session, ordered.plan_id) is None


def test_a_turn_that_another_has_followed_is_not_taken(store: Store, day: SmallDay) -> None:
    ordered, _ = order_plan(store, BY, day.service_date, QUICK)
    early = claim(store, ordered.plan_id)
    with store.write() as session:
        plans.claim(session, ordered.plan_id, at=now(), fence=early.fence)
    with pytest.raises(ConflictError), store.write() as session:
        plans.claim(session, ordered.plan_id, at=now(), fence=early.fence)
    Turns(store).take(early.plan_id, early.fence)
    assert plan_of(store, ordered.plan_id).status is PlanStatus.SOLVING


def test_a_re_plan_ends_with_a_version_and_a_proposal_over_what_is_published(store: Store) -> None:
    put_published(store)
    ended = carried_out(store, order_reoptimise(store, BY, DAY, ReoptimiseOrder(at(10), budget_s=0.2))[0])
    assert ended.status is PlanStatus.COMPLETE
    with store.read() as session:
        [proposed] = proposals(session, DAY)
        stored, publication = roster_of_plan(session, ended.plan_id), current(session, DAY)
    assert stored is not None
    assert publication is not None
    assert (proposed.version, stored.based_on) == (stored.version, 1)
    assert proposed.base_etag == publication.etag
    assert ended.best_so_far
    assert ended.best_so_far["changes"] == len(proposed.diff["changes"])


def test_an_export_is_the_whole_folder_and_is_kept_for_a_day(store: Store, tmp_path: Path) -> None:
    put_published(store)
    ended = carried_out(store, order_export(store, BY, DAY, ExportOrder(1))[0])
    made = exported(store, EVERYBODY, ended.plan_id)
    assert made.name == f"roster-{DAY}-1.zip"
    with ZipFile(made.path) as archive:
        names = set(archive.namelist())
        assert json.loads(archive.read("roster.json"))["service_date"] == DAY.isoformat()
    assert {"report.html", "run_sheets.html", "roster.xlsx", "travel.npz", "journeys.csv"} <= names
    remove_old(store, at=datetime.now(UTC))
    assert exported(store, EVERYBODY, ended.plan_id) == made
    remove_old(store, at=datetime.now(UTC).replace(year=2100))
    with pytest.raises(NotFoundError):
        exported(store, EVERYBODY, ended.plan_id)


def raising(error: Exception) -> Callable[[Turn, Path | None], None]:
    def raises(_turn: Turn, _network: Path | None) -> None:
        raise error

    return raises


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RefusedRosterError(["J1 is late"]), "plan_refused_by_referee"),
        (MemoryError(), "plan_memory_limit"),
        (ValueError("CH1 1AA"), "plan_internal_error"),
    ],
)
def test_what_goes_wrong_ends_the_plan_with_its_code(
    store: Store, day: SmallDay, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    monkeypatch.setattr(turns, "solve", raising(error))
    ended = carried_out(store, order_plan(store, BY, day.service_date, QUICK)[0])
    assert ended.status is PlanStatus.FAILED
    assert ended.error
    assert ended.error["code"] == code
    assert "CH1" not in ended.error["message"]


def test_a_defect_is_logged_by_its_place_and_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("CH1 1AA")
    except ValueError as error:
        failure_of(error)
    assert "test_turns.py" in caplog.text
    assert "CH1" not in caplog.text
