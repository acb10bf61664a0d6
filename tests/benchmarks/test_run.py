"""Runs in processes of their own, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.peers import __main__ as main
from benchmarks.peers import run as running
from benchmarks.peers.__main__ import first_plan, installed, options
from benchmarks.peers.inputs import Case
from benchmarks.peers.parts import price
from benchmarks.peers.registry import PEERS
from benchmarks.peers.result import Result, judged, write_csv
from benchmarks.peers.run import Job, Run, run
from benchmarks.peers.tables import day_table, set_table
from tests.solver.problems import random_problem

ONE = Result(
    group="sunday", case="sunday 1", peer="vroom", variant="relaxed", seconds=5.0, cores=1, seed=1, note="",
    requests=100, served=99, broken=2, kinds="2 ride", missed=3, driving_s=36_000, vehicles=7, verified=None, gap=None,
    cpu_s=5.2, wall_s=6.0, peak_mb=90, first_s=None,
)  # fmt: skip


def test_a_run_brings_back_routes_and_what_it_used() -> None:
    problem = random_problem(10, 4, 3)
    job = Job("ortools", problem, "exact", 0.5, 1, 1)
    found = run(job)
    assert found.note == ""
    assert found.cpu_s > 0
    assert found.peak_mb > 10
    result = judged(Case("small", "small 1", problem), job, found)
    assert result.broken == 0
    assert result.served <= 10


def test_a_peer_that_fails_is_told_and_serves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = random_problem(4, 2, 3)
    nothing = Run(None, "ValueError: no", 0.1, 0.1, 50, None)
    result = judged(Case("small", "small 1", problem), Job("vroom", problem, "tight", 1, 1, 1), nothing)
    assert (result.served, result.note) == (0, "ValueError: no")
    assert "ValueError: no" in day_table([result], lambda _: None)
    assert "ValueError: no" in set_table([replace(result, verified=False)])
    assert running.LOOK_S > 0


def test_the_first_plan_is_the_shortest_run_that_serves_nearly_all() -> None:
    runs = [replace(ONE, seconds=s, cpu_s=s, served=served) for s, served in ((5, 90), (15, 99), (30, 100))]
    assert first_plan(runs, runs[2]) == 15
    assert first_plan(runs[:1], runs[0]) is None
    assert first_plan(runs, replace(ONE, first_s=2.5)) == 2.5


def test_ours_is_run_on_the_journeys_that_a_peer_served(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = random_problem(4, 2, 3)
    asked = []

    def answer(job: Job) -> Run:
        asked.append(job)
        routes = [[1, 5], []] if job.peer == "vroom" else [[], [0, 1]]
        return Run(routes, "", 1, 1, 50, None)

    monkeypatch.setattr(main, "run", answer)
    job = Job("vroom", problem, "relaxed", 1, 1, 1)
    theirs, ours, freed = main.judged_runs(Case("small", "small 1", problem), job, same_journeys=True)
    assert (theirs.served, theirs.requests) == (1, 4)
    assert (ours.peer, ours.variant, ours.served, ours.requests) == ("pts-optimiser", "served by vroom relaxed", 1, 1)
    assert (freed.variant, freed.served) == ("served by vroom relaxed, without targets", 1)
    assert asked[1].problem.n_vehicles == 2
    assert (asked[2].problem.pickup_window[0] == asked[1].problem.pickup_window[1]).all()
    assert len(list(main.judged_runs(Case("small", "small 1", problem), replace(job, variant="targets"), True))) == 2
    assert len(list(main.judged_runs(Case("small", "small 1", problem), job, same_journeys=False))) == 1


def test_tables_give_medians_of_seeds() -> None:
    rows = [replace(ONE, seed=seed, driving_s=3_600 * hours) for seed, hours in enumerate((10, 30, 20))]
    table = day_table(rows, lambda one: one.first_s)
    assert table.splitlines()[2].startswith("| vroom | relaxed | 99 of 100 | 2 | 2 ride | 3 | 20.0 |")


def test_sets_count_complete_and_feasible_apart() -> None:
    rows = [
        replace(ONE, served=100, verified=True, gap=1.0, broken=0),
        replace(ONE, served=100, verified=False, gap=-2.0),
        replace(ONE, verified=False),
    ]
    assert set_table(rows).splitlines()[2].startswith("| vroom | relaxed | 3 | 2 | 1 | 4 | 1.00 | -0.50 |")


def test_every_run_is_a_row_of_the_csv_file(tmp_path: Path) -> None:
    write_csv([ONE, ONE], tmp_path / "deep" / "runs.csv")
    lines = (tmp_path / "deep" / "runs.csv").read_text().splitlines()
    assert lines[0].startswith("group,case,peer")
    assert len(lines) == 3


def test_peers_that_are_not_installed_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("benchmarks.peers.registry.find_spec", lambda _name: None)
    assert [peer.name for peer in installed(PEERS)] == ["pts-optimiser", "ortools", "ortools-whole"]
    assert "commiv, pyvroom, pyvrp, vrp-cli" in capsys.readouterr().err


def test_by_default_all_peers_run_relaxed_and_tight() -> None:
    chosen = options(["--days", "sunday"])
    assert chosen.peers == list(PEERS)
    assert chosen.variants == ["relaxed", "tight"]
    assert PEERS["ortools"].variants(chosen.variants) == ["exact"]


def test_leaving_out_costs_more_than_serving() -> None:
    problem = random_problem(6, 2, 1)
    assert price(problem, [[0, 6], []]) < price(problem, [[], []])


def test_a_plot_is_the_same_for_the_same_figures(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    from benchmarks.plots import quality_over_time

    rows = [replace(ONE, seconds=s, cpu_s=s, broken=int(s > 10)) for s in (5.0, 15.0)]
    first, second = (quality_over_time(rows, tmp_path / name).read_text() for name in ("a.svg", "b.svg"))
    assert first == second
    assert "<svg" in first
