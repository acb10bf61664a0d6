from pts_optimiser.checking import Code
from pts_optimiser.domain.journey import Category

from . import town
from .builder import PLAN, Scenario
from .damage import Damage, damage, each, each_sound, planned, with_journey


def collected(time: str) -> Scenario:
    """Transfer J10, ready at 12:30, collected at another time."""
    return planned(D3=PLAN["D3"].replace("+J10/0@12:30", f"+J10/0@{time}"))


def collected_at_night(time: str) -> Scenario:
    """J12, ready at 23:50, collected after midnight."""
    return planned(D4=PLAN["D4"].replace("@+00:05", f"@{time}").replace("break@+00:45", "break@+01:45"))


def alights(j4: str = "12:27:50", j3: str = "12:37:51") -> Scenario:
    """J4 boards by 12:15:10 (direct 760 s, renal: at most 1.15 × 760 + 300 s), J3 by 12:12:40 (at most 3,600 s)."""
    return planned(D1=PLAN["D1"].replace("-J4/1", f"-J4/1@{j4}").replace("-J3/1", f"-J3/1@{j3}"))


DAMAGES = [
    damage(
        "arrives one second earlier than allowed",
        lambda: with_journey("J1", appointment_at=town.at("09:43:12")),  # alights at 08:28:11
        Code.ARRIVE_EARLY,
    ),
    damage(
        "arrives one second later than allowed",
        lambda: with_journey("J1", appointment_at=town.at("08:18:10")),
        Code.ARRIVE_LATE,
    ),
    damage(
        "transfer arrives one second later than allowed",
        lambda: with_journey("J6", appointment_at=town.at("12:29:29")),  # alights at 12:39:30
        Code.ARRIVE_LATE,
    ),
    damage("collected one second before it is ready", lambda: collected("12:29:59"), Code.COLLECT_EARLY),
    damage(
        "collected one second later than allowed",
        lambda: collected("14:00:01"),
        Code.COLLECT_LATE,
        Code.LATE_END,
    ),
    damage("collected a second too late past midnight", lambda: collected_at_night("+01:20:01"), Code.COLLECT_LATE),
    damage("aboard one second too long", lambda: alights(j3="13:12:41"), Code.ABOARD_TIME),
    damage("aboard one second too long for a detour", lambda: alights(j4="12:34:45"), Code.ABOARD_TIME),
]


@each(DAMAGES)
def test_damage_to_the_windows_is_named(case: Damage):
    assert case.make().codes() == case.codes


@each_sound(
    {
        "earliest arrival": lambda: with_journey("J1", appointment_at=town.at("09:43:11")),
        "latest arrival": lambda: with_journey("J1", appointment_at=town.at("08:18:11")),
        "of a transfer": lambda: with_journey("J6", appointment_at=town.at("12:29:30")),
        "latest collection": lambda: collected_at_night("+01:20:00"),
        "longest ride": lambda: alights(j3="13:12:40"),
        "longest detour": lambda: alights(j4="12:34:44"),
    }
)
def test_the_limits_themselves_may_be_reached(make):
    assert make().violations() == []


def test_the_standard_is_that_of_the_category():
    late = alights(j4="12:34:45")
    assert [(v.code, v.journey_id) for v in late.violations()] == [(Code.ABOARD_TIME, "J4")]
    journeys = town.journeys()
    assert {j.journey_id for j in journeys if j.category is Category.RENAL} == {"J4", "J7"}


def test_an_appointment_does_not_bind_an_outward_journey():
    assert with_journey("J3", appointment_at=town.at("10:00")).codes() == set()
