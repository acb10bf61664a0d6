import pytest

from pts_optimiser.dayof.roads import Change, Point, Roads, between, metres, share_inside
from pts_optimiser.domain.events import Box
from tests.checking import town

TRAVEL = town.travel()
ROADS = Roads(TRAVEL, tuple(TRAVEL.band_start_s.tolist()))


def spot(label: str) -> Point:
    return Point(town.LAT[label], town.LON[label], town.LABELS.index(label))


A, B, C = spot("a"), spot("b"), spot("c")


def drive(start: Point, end: Point, band: int = 1) -> int:
    return ROADS.drive(start, end, band, 0)


def test_between_two_locations_the_plans_travel_times_count() -> None:
    assert drive(A, C, 2) == TRAVEL.seconds[2, A.location, C.location]
    assert drive(A, A) == 0


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_on_the_way_the_rest_is_as_much_less_as_is_done(share: float) -> None:
    half_way = between(A, B, share)
    assert drive(half_way, B) == round((1 - share) * drive(A, B))
    assert drive(half_way, C) == pytest.approx((1 - share) * drive(A, C) + share * drive(B, C), abs=1)


def test_a_place_that_the_travel_times_do_not_hold_is_estimated_by_its_distance() -> None:
    unknown = Point(53.30, -2.70, None)
    assert drive(A, unknown) == pytest.approx(1.3 * metres(A, unknown) / 9.7, abs=1)
    assert between(A, unknown, 0.5).location is None


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert metres(Point(52, -2, None), Point(53, -2, None)) == pytest.approx(111_195)
    assert metres(Point(60, 0, None), Point(60, 1, None)) == pytest.approx(111_195 / 2, rel=1e-3)


@pytest.mark.parametrize(
    ("box", "share"),
    [
        (Box(0, 0, 10, 10), 1.0),
        (Box(0, 0, 10, 5), 0.5),
        (Box(0, 4, 10, 6), 0.2),
        (Box(5, 0, 10, 10), 0.0),
        (Box(0, 11, 10, 12), 0.0),
    ],
)
def test_how_much_of_a_line_lies_in_an_area(box: Box, share: float) -> None:
    assert share_inside(box, Point(2, 0, None), Point(2, 10, None)) == pytest.approx(share)
    assert share_inside(box, Point(2, 10, None), Point(2, 0, None)) == pytest.approx(share)


def test_a_change_slows_what_lies_in_its_area_while_it_lasts() -> None:
    everywhere = Box(50, -5, 60, 5)
    slow = Roads(TRAVEL, ROADS.band_starts, [Change(everywhere, 2.0, 100, 200)])
    assert slow.drive(A, B, 1, 100) == 2 * drive(A, B)
    assert slow.drive(A, B, 1, 99) == slow.drive(A, B, 1, 200) == drive(A, B)
    assert slow.undisturbed(A, B, 1) == drive(A, B)


def test_bands_begin_when_they_begin() -> None:
    assert [ROADS.band(second) for second in (-5, 0, 23_399, 23_400, 90_000)] == [0, 0, 0, 1, 5]
