from dataclasses import replace

from pts_optimiser.checking import Code

from . import town
from .builder import PLAN, Scenario, scenario
from .damage import Damage, carried, damage, each, entry, followed, in_stop, input_duty, shifted

TIGHT_BREAK = {
    **PLAN,
    "D1": "+J1/0@08:00 +J2/0 -J1/0 -J2/0 break@11:35 +J3/1 +J4/1 -J4/1 -J3/1",  # the run after it waits for nothing
}


def naive(field: str) -> Scenario:
    stop = entry(scenario(), "D1").stops[3]
    return in_stop(scenario(), "D1", 3, **{field: getattr(stop, field).replace(tzinfo=None)})


def split_second(field: str) -> Scenario:
    stop = entry(scenario(), "D1").stops[3]
    return in_stop(scenario(), "D1", 3, **{field: getattr(stop, field).replace(microsecond=1)})


def distanced() -> Scenario:
    return scenario(TIGHT_BREAK, policy=town.distanced())


def departs_late(duty_id: str, index: int, seconds: int, until: int | None = None) -> Scenario:
    return followed(shifted(scenario(), duty_id, index, seconds, "depart_at"), duty_id, index + 1, seconds, until)


DAMAGES = [
    *(
        damage(f"{field} without offset", lambda f=field: naive(f), Code.TIME_FORM)
        for field in ("arrive_at", "begin_at", "depart_at")
    ),
    *(
        damage(f"{field} not in whole seconds", lambda f=field: split_second(f), Code.TIME_FORM)
        for field in ("arrive_at", "begin_at", "depart_at")
    ),
    damage("arrives one second late", lambda: shifted(scenario(), "D2", 3, 1, "arrive_at"), Code.ARRIVAL),
    damage("arrives one second early", lambda: shifted(scenario(), "D2", 3, -1, "arrive_at"), Code.ARRIVAL),
    damage("boards before arrival", lambda: carried(scenario(), "D1", 2, -1, until=3), Code.BEGIN_BEFORE_ARRIVAL),
    damage("site overhead one second short", lambda: carried(scenario(), "D1", 3, -1, until=5), Code.SITE_OVERHEAD),
    damage("no site overhead", lambda: carried(scenario(), "D1", 3, -240, until=5), Code.SITE_OVERHEAD),
    damage("clean-down one second short", lambda: carried(distanced(), "D1", 6, -1), Code.CLEAN_DOWN),
    damage("no clean-down", lambda: carried(distanced(), "D1", 6, -300), Code.CLEAN_DOWN),
    damage("pickup dwell one second short", lambda: departs_late("D2", 3, -1), Code.DWELL),
    damage("wait after boarding", lambda: departs_late("D2", 3, 60), Code.DWELL),
    damage("dropoff dwell one second short", lambda: departs_late("D2", 2, -1, until=3), Code.DWELL),
    damage("wait after the start began", lambda: departs_late("D1", 0, 60, until=1), Code.DWELL),
    damage("stays at the end", lambda: shifted(scenario(), "D1", 10, 60, "depart_at"), Code.DWELL),
    damage("waits before the end", lambda: shifted(scenario(), "D1", 10, 1, "begin_at", "depart_at"), Code.END_WAIT),
    damage(
        "starts one second early",
        lambda: followed(scenario(), "D1", 0, -1, until=1),
        Code.EARLY_START,
    ),
    damage(
        "ends one second late",
        lambda: input_duty(scenario(), "D1", end_at=town.at("12:58:21")),
        Code.LATE_END,
    ),
]


@each(DAMAGES)
def test_damage_to_the_times_is_named(case: Damage):
    assert case.make().codes() == case.codes


def test_the_message_says_by_how_much():
    assert [v.message for v in departs_late("D2", 3, 60).violations()] == [
        "690 s from begin to departure, must be 630 s"
    ]
    assert [v.message for v in shifted(scenario(), "D2", 3, -1, "arrive_at").violations()] == [
        "arrive_at is -1 s from the departure before plus the drive"
    ]


def test_a_run_may_begin_as_soon_as_overhead_and_clean_down_have_passed():
    good = distanced()
    break_ends, boards = entry(good, "D1").stops[5].depart_at, entry(good, "D1").stops[6].begin_at
    assert (boards - break_ends).total_seconds() == 300
    assert good.codes() == set()


def test_the_first_run_needs_no_clean_down():
    duties = [replace(d, start_at=town.at("07:49:45")) if d.duty_id == "D1" else d for d in town.duties()]
    good = scenario(TIGHT_BREAK, duties=duties, policy=town.distanced())
    boards = entry(good, "D1").stops[1]
    assert boards.arrive_at == boards.begin_at
    assert good.codes() == set()


def test_a_duty_may_end_at_the_second_its_shift_ends_and_start_late():
    good = input_duty(scenario(), "D1", end_at=town.at("12:58:22"))
    assert followed(good, "D1", 0, 1800, until=1).codes() == set()


def test_the_ward_takes_the_dwell_of_the_ward_and_the_overhead_of_an_acute_site():
    good = scenario()
    assert good.policy.mobilities["stretcher"].dwell.ward_pickup == 950
    boards = entry(good, "D2").stops[1]
    assert (boards.depart_at - boards.begin_at).total_seconds() == 950
    hurried = carried(good, "D2", 1, int((boards.arrive_at - boards.begin_at).total_seconds()) + 239, until=3)
    assert Code.SITE_OVERHEAD in hurried.codes()
    assert replace(hurried, policy=replace(good.policy, site_overhead={})).codes() == hurried.codes() - {
        Code.SITE_OVERHEAD
    }
