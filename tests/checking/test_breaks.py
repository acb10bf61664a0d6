from datetime import timedelta

from pts_optimiser.checking import Code
from pts_optimiser.domain.duty import Break

from . import town
from .builder import PLAN, Scenario, scenario
from .damage import Damage, damage, each, followed, input_duty, planned, shifted

LOADED = "+J1/0@08:00 +J2/0 -J1/0 -J2/0 +J3/1@12:05 break@12:13 -J3/1 +J4/1 -J4/1"


def rest(minutes: int = 30, earliest: str = "11:00", latest: str = "12:30") -> Scenario:
    """Duty D1, whose break runs from 11:15 to 11:45, beside another rule for it."""
    return input_duty(scenario(), "D1", rest=Break(timedelta(minutes=minutes), town.at(earliest), town.at(latest)))


def lasting(seconds: int) -> Scenario:
    """The break of D1 longer by some seconds; the next pickup waits until 12:05 as before."""
    return followed(shifted(scenario(), "D1", 5, seconds, "depart_at"), "D1", 6, seconds, until=6)


DAMAGES = [
    damage("no break", lambda: planned(D1=PLAN["D1"].replace("break@11:15 ", "")), Code.BREAK_MISSING),
    damage(
        "break twice",
        lambda: planned(D1=PLAN["D1"].replace("break@11:15", "break@11:00 break@11:31")),
        Code.BREAK_REPEATED,
    ),
    damage("break that nobody asked for", lambda: input_duty(scenario(), "D1", rest=None), Code.BREAK_UNASKED),
    damage("somebody aboard during the break", lambda: planned(D1=LOADED), Code.BREAK_LOADED),
    damage("break one second early", lambda: rest(earliest="11:15:01"), Code.BREAK_EARLY),
    damage("break one second late", lambda: rest(latest="11:14:59"), Code.BREAK_LATE),
    damage("break one second short", lambda: lasting(-1), Code.BREAK_LENGTH),
    damage("break one second long", lambda: lasting(1), Code.BREAK_LENGTH),
    damage("break of another length", lambda: rest(minutes=31), Code.BREAK_LENGTH),
]


@each(DAMAGES)
def test_damage_to_the_break_is_named(case: Damage):
    assert case.make().codes() == case.codes


def test_a_break_may_begin_at_either_end_of_its_window():
    assert rest(earliest="11:15", latest="11:15").codes() == set()


def test_a_break_after_midnight_is_measured_on_the_day_after():
    early = Break(timedelta(minutes=30), town.at("00:30"), town.at("02:00"))
    assert input_duty(scenario(), "D4", rest=early).codes() == {Code.BREAK_LATE}
