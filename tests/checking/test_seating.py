from __future__ import annotations

from pts_optimiser.checking.seating import Party, find_places
from pts_optimiser.domain.policy import Layout

SEATS, AT = Layout(3), ((0.0, 0.0), (1.0, 0.0), (2.0, 0.0))


def test_two_parties_sit_at_the_ends() -> None:
    assert find_places([Party("seat", 0, 0, 3), Party("seat", 0, 1, 2)], SEATS, AT, 2.0)
    assert not find_places([Party("seat", 0, 0, 3), Party("seat", 0, 1, 2)], SEATS, AT, 2.1)


def test_a_party_sits_side_by_side() -> None:
    assert find_places([Party("seat", 2, 0, 1)], SEATS, AT, 2.0)
    assert not find_places([Party("seat", 1, 0, 2), Party("seat", 0, 1, 3)], SEATS, AT, 2.0)


def test_a_place_is_free_again_when_its_party_has_left() -> None:
    assert find_places([Party("seat", 2, 0, 1), Party("seat", 2, 2, 3)], SEATS, AT, 2.0)


def test_nobody_changes_place_on_the_way() -> None:
    chain = [Party("seat", 0, 0, 2), Party("seat", 0, 1, 4), Party("wheelchair", 0, 3, 6)]
    layout, at = Layout(2, 1), ((0.0, 0.0), (2.0, 0.0), (1.5, 0.0))
    assert find_places(chain, layout, at, 1.5)  # the second on the first seat, from the beginning
    assert not find_places([*chain, Party("seat", 0, 3, 6)], layout, at, 1.5)


def test_a_place_is_for_its_kind() -> None:
    assert not find_places([Party("wheelchair", 0, 0, 1)], SEATS, AT, 1.0)
