from __future__ import annotations

import random

import pytest

from pts_optimiser.checking.seating import Party, find_places
from pts_optimiser.domain.policy import Layout
from pts_optimiser.domain.seating import Box, boxes, boxes_of, within
from pts_optimiser.intake.policy import load_policy

ROW = ((0.0, 0.0), (1.0, 0.0), (2.0, 0.0))


@pytest.mark.parametrize(
    ("least_m", "expected"),
    [
        (0.5, [(3, 0, 0, 3)]),
        (1.5, [(2, 0, 0, 2), (3, 0, 0, 1)]),  # two parties at the ends, or one with its escorts on all seats
        (2.0, [(2, 0, 0, 2), (3, 0, 0, 1)]),
        (2.5, [(3, 0, 0, 1)]),
    ],
)
def test_three_seats_in_a_row(least_m: float, expected: list[Box]) -> None:
    assert sorted(boxes(Layout(3), ROW, least_m, 9)) == expected


def test_escorts_count_beside_their_patient_where_every_party_has_such_a_seat() -> None:
    pairs = ((0.0, 0.0), (0.5, 0.0), (3.0, 0.0), (3.5, 0.0))
    assert sorted(boxes(Layout(4), pairs, 2.0, 9)) == [(3, 0, 0, 2), (4, 0, 0, 1)]


def test_a_cap_holds_besides() -> None:
    assert sorted(boxes(Layout(3), ROW, 0.5, 2)) == [(3, 0, 0, 2)]


@pytest.mark.parametrize(("profile", "parties"), [("seats_2m", [2, 2, 2]), ("seats_1m", [6, 5, 4])])
def test_how_many_parties_the_layouts_of_a_standard_vehicle_carry(profile: str, parties: list[int]) -> None:
    policy = load_policy(distancing=profile)
    assert [max(box[3] for box in boxes_of(policy, "standard_pts", k)) for k in range(3)] == parties


def test_two_wheelchairs_take_more_room_than_two_seats() -> None:
    found = boxes_of(load_policy(distancing="seats_2m"), "standard_pts", 2)
    assert not any(within((0, 2, 0, 2), box) for box in found)


@pytest.mark.parametrize("seed", range(150))
def test_whatever_stays_inside_a_box_finds_places_for_good(seed: int) -> None:
    rng = random.Random(seed)
    layout = Layout(rng.randint(0, 4), rng.randint(0, 2), rng.randint(0, 1))
    count = layout.seats + layout.wheelchairs + layout.stretchers
    at = tuple((1.7 * rng.random(), 3 * rng.random()) for _ in range(count))
    least_m = rng.choice([0.6, 1.0, 1.5, 2.0])
    for box in boxes(layout, at, least_m, 9):
        assert find_places(_ride(rng, box), layout, at, least_m)


def _ride(rng: random.Random, box: Box) -> list[Party]:
    """Parties that board and leave at random, never more at once than the box holds."""
    parties: list[Party] = []
    aboard: dict[int, Box] = {}
    for moment in range(12):
        place, escorts = rng.choice(["seat", "seat", "wheelchair", "stretcher"]), rng.choice([0, 0, 1, 2])
        own = (escorts + (place == "seat"), int(place == "wheelchair"), int(place == "stretcher"), 1)
        load = own
        for other in aboard.values():
            load = (load[0] + other[0], load[1] + other[1], load[2] + other[2], load[3] + other[3])
        if rng.random() < 0.6 and within(load, box):
            aboard[len(parties)] = own
            parties.append(Party(place, escorts, moment, 99))
        elif aboard:
            leaves = rng.choice(list(aboard))
            del aboard[leaves]
            before = parties[leaves]
            parties[leaves] = Party(before.place, before.escorts, before.on, moment)
    return parties
