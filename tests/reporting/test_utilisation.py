"""Seats permitted under distancing."""

import pytest

from pts_optimiser.domain.policy import Distancing, Layout
from pts_optimiser.domain.roster import Aboard
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.reporting.utilisation import SeatCount, seat_utilisation

from . import small

PARTIES = Distancing("two_metre", {"standard_pts": 2}, 1, household_exempt=True, clean_down=300)
PERSONS = Distancing("two_metre", {"standard_pts": 2}, 1, household_exempt=False, clean_down=300)


SIX = Layout(6)


def offered(distancing, load, layout=SIX, vehicle_type="standard_pts"):
    return SeatCount(2, distancing).offered(layout, load, vehicle_type)


def test_without_distancing_all_seats_are_permitted():
    assert offered(None, Aboard(), Layout(2, 2, 1)) == 2 + 2 * 2 + 1


def test_an_empty_vehicle_may_fill_up_to_the_cap():
    assert offered(PARTIES, Aboard()) == 2
    assert offered(PARTIES, Aboard(), vehicle_type="car") == 1


def test_an_escort_of_the_household_takes_none_of_the_cap():
    assert offered(PARTIES, Aboard(parties=1, seats=2)) == 3


def test_an_escort_counts_where_households_count_singly():
    assert offered(PERSONS, Aboard(parties=1, seats=2)) == 2


def test_no_more_is_permitted_than_the_layout_holds():
    assert offered(PARTIES, Aboard(parties=1, seats=1), Layout(1)) == 1


def test_permitted_utilisation_by_hand():
    # P→Q 3 taken + 1 party more = 4; Q→H full at 4; H→Q 1 + 1 = 2; the electric vehicle has a cap of 1.
    figures = seat_utilisation(small.roster().duties, small.policy(PARTIES))
    assert figures["permitted"]["U1"] == pytest.approx(6400 / (4 * 300 + 4 * 900 + 2 * 900 + 1000), abs=1e-4)
    assert figures["permitted"]["U6"] == pytest.approx(5 / (4 + 2 + 1), abs=1e-4)


def test_seats_permitted_by_a_seat_graph_are_those_that_more_parties_could_take() -> None:
    policy = load_policy(distancing="seats_2m")
    six = policy.vehicle_types["standard_pts"].layouts[0]
    count = SeatCount.permitted(2, policy)
    assert count.offered(six, Aboard(), "standard_pts") == 2
    assert count.offered(six, Aboard(1, 1), "standard_pts") == 2
    assert count.offered(six, Aboard(2, 3), "standard_pts") == 3  # a patient with an escort, and another patient
    assert count.offered(six, Aboard(5, 5), "standard_pts") == 6  # a named cohort
