from __future__ import annotations

from itertools import pairwise

import numpy as np

from pts_optimiser.planning.baselines.rounds import TOGETHER_S, rounds, zones
from tests.planning.baselines.days import day_and_problem


def test_every_journey_is_on_one_list_with_others_of_its_clinic_and_hour() -> None:
    day, _, problem = day_and_problem()
    found = rounds(problem, day.journeys)
    assert sorted(request for round_ in found for request in round_.members) == list(range(problem.n_requests))
    assert any(len(round_.members) > 2 for round_ in found)
    for round_ in found:
        members = list(round_.members)
        clinic = problem.dropoff_location if round_.inward else problem.pickup_location
        moment = problem.dropoff_window[0, :, 1] if round_.inward else problem.pickup_window[0, :, 0]
        assert {day.journeys[request].tied_to_appointment for request in members} == {round_.inward}
        assert len(set(clinic[members])) == 1
        assert moment[members].max() - moment[members].min() < TOGETHER_S
        assert len(members) == 1 or not problem.exclusive[members].any()


def test_lists_come_in_the_order_of_their_latest_first_pick_up() -> None:
    day, _, problem = day_and_problem()
    due = [problem.pickup_window[0, list(round_.members), 1].min() for round_ in rounds(problem, day.journeys)]
    assert all(one <= two for one, two in pairwise(due))


def test_a_zone_is_the_ground_round_the_nearest_base_that_has_a_vehicle_for_the_journey() -> None:
    _, _, problem = day_and_problem()
    home = problem.pickup_location
    found = zones(problem, home)
    for request in np.flatnonzero(problem.compatible.any(axis=1)).tolist():
        bases = problem.start_location[problem.compatible[request]]
        assert problem.metres[found[request], home[request]] == problem.metres[bases, home[request]].min()
