"""The problem of a day: bands, places and compatibility against the plain words of the design."""

from __future__ import annotations

import numpy as np

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.build import build
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.travel import formula_travel
from tests.days import CLOCKS_BACK, small_day

DAY = small_day()


def test_every_pair_is_compatible_exactly_where_crew_skills_and_contract_allow() -> None:
    policy = load_policy()
    places = places_of(DAY.journeys, DAY.duties)
    travel = formula_travel(places, policy, DAY.service_date)
    problem = build(DAY.journeys, DAY.duties, policy, travel, places, DAY.service_date)
    for r, journey in enumerate(DAY.journeys):
        mobility = policy.mobilities[journey.mobility]
        for v, duty in enumerate(DAY.duties):
            offered = duty.skills | policy.vehicle_types[duty.vehicle_type].skills
            allowed = (
                duty.crew >= mobility.crew
                and offered >= journey.skills | mobility.skills
                and (not duty.contracts or journey.contract in duty.contracts)
            )
            assert bool(problem.compatible[r, v]) == allowed


def test_places_are_numbered_once_and_travel_knows_them() -> None:
    policy = load_policy()
    places = places_of(DAY.journeys, DAY.duties)
    travel = formula_travel(places, policy, DAY.service_date)
    assert len(set(zip(places.lat.tolist(), places.lon.tolist(), strict=True))) == len(places.lat)
    assert travel.seconds.shape == (len(policy.traffic.band_starts), len(places.lat), len(places.lat))
    journey = DAY.journeys[0]
    at = places.at(journey.pickup.lat, journey.pickup.lon)
    assert (travel.lat[at], travel.lon[at]) == (journey.pickup.lat, journey.pickup.lon)


def test_bands_begin_by_the_clock_on_the_wall_on_a_clock_change_day() -> None:
    policy = load_policy()
    day = small_day(CLOCKS_BACK, share=8)
    travel = formula_travel(places_of(day.journeys, day.duties), policy, CLOCKS_BACK)
    starts = np.array(policy.traffic.band_starts)
    assert travel.band_start_s.tolist() == np.where(starts > 2 * 3600, starts + 3600, starts).tolist()


def test_distancing_adds_a_capped_resource_and_a_gap() -> None:
    policy = load_policy(distancing="two_metre")
    places = places_of(DAY.journeys, DAY.duties)
    travel = formula_travel(places, policy, DAY.service_date)
    problem = build(DAY.journeys, DAY.duties, policy, travel, places, DAY.service_date)
    assert policy.distancing is not None
    assert problem.block_gap == policy.distancing.clean_down > 0
    assert problem.demand.shape[1] == problem.layouts.shape[2] == 4
    assert set(problem.demand[:, 3].tolist()) == {1}
