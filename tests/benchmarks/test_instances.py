"""The benchmark of public instances: what counts as the middle run, and what a row of the table says."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.instances import SETS, file_row, median_run, options, set_row
from pts_optimiser.services.solve import Solved
from tests.instances.samples import published

PAIRS = Solved("x", 103.0, 2, 5, 5, True, (), 100.0, 2, 1.0, [])
RIDES = replace(PAIRS, best_known_vehicles=None)


def test_the_middle_run_is_chosen_by_service_then_fleet_then_cost() -> None:
    incomplete = replace(PAIRS, served=4, feasible=False, cost=50.0)
    more, dear = replace(PAIRS, vehicles=3, cost=90.0), replace(PAIRS, cost=110.0)
    assert median_run([more, PAIRS, dear]) is dear
    assert median_run([incomplete, more, dear]) is more
    assert median_run([more, PAIRS]) is PAIRS
    assert median_run([replace(RIDES, vehicles=3, cost=90.0), RIDES, replace(RIDES, cost=110.0)]) is RIDES


def test_gaps_are_told_at_the_best_known_fleet_only() -> None:
    answers = [PAIRS, replace(PAIRS, cost=100.0), replace(PAIRS, vehicles=3, cost=90.0)]
    assert set_row("n", 10, answers) == "| n | 10 | 3 | 3 | 2 | 1.50 | 3.00 | 1 |"


def test_a_set_without_fleets_or_without_known_answers_says_so() -> None:
    assert set_row("r", 10, [RIDES, replace(RIDES, feasible=False)]) == "| r | 10 | 2 | 1 | – | 3.00 | 3.00 | 0 |"
    assert set_row("m", 2.5, [replace(RIDES, best_known=None)]) == "| m | 2.5 | 1 | 1 | – | – | – | – |"


def test_a_file_is_one_row() -> None:
    assert file_row(PAIRS) == "| x | 5 of 5 | yes | 2 | 2 | 103.00 | 100 | 3.00 |"
    assert file_row(replace(RIDES, cost=99.999)) == "| x | 5 of 5 | yes | 2 | – | 100.00 | 100 | 0.00 |"


def test_sets_and_seconds_are_chosen_on_the_command_line() -> None:
    assert options([]).sets == list(SETS)
    chosen = options(["--sets", "n100", "pr", "--seconds", "2", "--seeds", "1", "2", "--jobs", "2"])
    assert (chosen.sets, chosen.seconds, chosen.seeds, chosen.jobs) == (["n100", "pr"], 2.0, [1, 2], 2)


def test_every_set_has_its_files() -> None:
    published()
    sizes = {name: len(one.files()) for name, one in SETS.items()}
    assert sizes == {"ab": 42, "pr": 14, "n100": 25, "n200": 25, "n400": 4, "n1000": 4, "mdhdarp": 20}
