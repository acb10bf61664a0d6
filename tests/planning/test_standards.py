"""Windows and ride limits from a standard, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pts_optimiser.domain.clock import midnight, moment_at
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.standards import anchors, timing

ORIGIN = midnight(date(2026, 11, 24))
HOME = Place("home", 52.5, -1.9, PlaceKind.HOME)
ACUTE = Place("QEHB", 52.45, -1.94, PlaceKind.ACUTE)
POLICY = load_policy()
# renal, nw_2016: arrive 45 (hard 75) early, 0 (10) late; collect 60 (90); aboard 60 (90, or 1.5 × direct + 30)
INWARD = Journey(
    "J1", "A1", "P-1", "", Category.RENAL, Direction.INWARD, HOME, ACUTE, moment_at(ORIGIN, 8 * 3600), None, "car"
)
OUTWARD = replace(
    INWARD, journey_id="J2", direction=Direction.OUTWARD, pickup=ACUTE, dropoff=HOME,
    appointment_at=None, ready_at=moment_at(ORIGIN, 12 * 3600),
)  # fmt: skip


def test_an_inward_journey_arrives_in_its_window_and_leaves_home_accordingly() -> None:
    found = timing(INWARD, POLICY, ORIGIN, direct=1_200)
    assert found.dropoff == ((8 * 3600 - 2700, 8 * 3600), (8 * 3600 - 4500, 8 * 3600 + 600))
    # boarding 3 min; at least 1,200 s drive and 240 s to park; at most 3,600 (5,400) s aboard
    assert found.pickup[0] == (8 * 3600 - 2700 - 3600 - 180, 8 * 3600 - 1200 - 240 - 180)
    assert found.pickup[1] == (8 * 3600 - 4500 - 5400 - 180, 8 * 3600 + 600 - 1200 - 240 - 180)
    assert found.ride == (3600, 5400)


def test_an_outward_journey_is_collected_in_its_window() -> None:
    found = timing(OUTWARD, POLICY, ORIGIN, direct=1_200)
    assert found.pickup == ((12 * 3600, 12 * 3600 + 3600), (12 * 3600, 12 * 3600 + 5400))
    # boarding 4 min on a site; home has no overhead
    assert found.dropoff[1] == (12 * 3600 + 240 + 1200, 12 * 3600 + 5400 + 240 + 5400)


def test_a_long_drive_loosens_the_hard_limit_by_the_detour_rule() -> None:
    assert timing(OUTWARD, POLICY, ORIGIN, direct=3_000).ride == (3600, 6300)  # 1.5 × 50 + 30 = 105 min


def test_a_target_that_the_direct_drive_exceeds_is_not_asked_for() -> None:
    assert timing(OUTWARD, POLICY, ORIGIN, direct=3_700).ride == (7350, 7350)


def test_anchors_follow_what_counts() -> None:
    assert (anchors(INWARD, ORIGIN).pickup, anchors(INWARD, ORIGIN).dropoff) == (7 * 3600, 8 * 3600)
    assert (anchors(OUTWARD, ORIGIN).pickup, anchors(OUTWARD, ORIGIN).dropoff) == (45_000, 48_600)
