from pts_optimiser.checking import Code

from .builder import PLAN, Scenario, scenario
from .damage import Damage, damage, each, entry, in_entry, in_roster, in_stop, planned


def repeated_duty(duty_id: str) -> Scenario:
    good = scenario()
    return in_roster(good, duties=(*good.roster.duties, entry(good, duty_id)))


def forgotten_journey(journey_id: str) -> Scenario:
    good = scenario()
    return Scenario(
        good.roster,
        tuple(j for j in good.journeys if j.journey_id != journey_id),
        good.duties,
        good.policy,
        good.travel,
    )


def restopped(*positions: int) -> Scenario:
    """Duty D2 with only these of its stops, in this order."""
    good = scenario()
    return in_entry(good, "D2", stops=tuple(entry(good, "D2").stops[position] for position in positions))


DAMAGES = [
    damage("unknown duty", lambda: in_entry(scenario(), "D1", duty_id="D99"), Code.UNKNOWN_DUTY),
    damage("idle duty twice", lambda: repeated_duty("D5"), Code.DUPLICATE_DUTY),
    damage("duty twice", lambda: repeated_duty("D2"), Code.DUPLICATE_DUTY, Code.DUPLICATE_JOURNEY),
    damage("journey that the inputs do not know", lambda: forgotten_journey("J6"), Code.UNKNOWN_JOURNEY, Code.ABOARD),
    damage("unserved journey that the inputs do not know", lambda: forgotten_journey("J13"), Code.UNKNOWN_JOURNEY),
    damage("start names a journey", lambda: in_stop(scenario(), "D1", 0, journey_id="J1"), Code.STOP_JOURNEY),
    damage("break names a journey", lambda: in_stop(scenario(), "D1", 5, journey_id="J1"), Code.STOP_JOURNEY),
    damage(
        "pickup without journey",
        lambda: in_stop(scenario(), "D2", 3, journey_id=None),
        Code.STOP_JOURNEY,
        Code.NO_PICKUP,
        Code.ABOARD,
    ),
    damage("two starts", lambda: restopped(0, 0, 1, 2, 3, 4, 5), Code.START_STOP),
    damage(
        "no start",
        lambda: restopped(1, 2, 3, 4, 5),
        Code.START_STOP,
        Code.TRAVEL_TIME,
        Code.TRAVEL_DISTANCE,
        Code.DRIVE_TIME,
        Code.DRIVE_DISTANCE,
    ),
    damage(
        "two ends",
        lambda: restopped(0, 1, 2, 3, 4, 5, 5),
        Code.END_STOP,
        Code.TRAVEL_TIME,
        Code.TRAVEL_DISTANCE,
    ),
    damage("no end", lambda: restopped(0, 1, 2, 3, 4), Code.END_STOP, Code.DRIVE_TIME, Code.DRIVE_DISTANCE),
    damage("stops without journeys", lambda: planned(D5="break@11:00"), Code.IDLE_DUTY_STOPS),
    damage(
        "journey served twice",
        lambda: planned(D4="+J11/0@22:40 -J11/0 +J11/0 -J11/0 +J12/0@+00:05 -J12/0 break@+00:45"),
        Code.DUPLICATE_JOURNEY,
    ),
    damage(
        "picked up twice",
        lambda: planned(D4=PLAN["D4"].replace("+J11/0@22:40", "+J11/0@22:40 +J11/0")),
        Code.DUPLICATE_JOURNEY,
    ),
    damage(
        "dropped off twice",
        lambda: planned(D4=PLAN["D4"].replace("-J11/0", "-J11/0 -J11/0")),
        Code.DUPLICATE_JOURNEY,
    ),
    damage("no pickup", lambda: planned(D2="+J5/0@10:05 -J5/0 -J6/0@12:20"), Code.NO_PICKUP),
    damage("no dropoff", lambda: planned(D2="+J5/0@10:05 -J5/0 +J6/0@12:20"), Code.NO_DROPOFF),
    damage(
        "dropoff before its pickup",
        lambda: planned(D2="+J5/0@10:05 -J5/0 -J6/0@12:20 +J6/0"),
        Code.DROPOFF_FIRST,
    ),
    damage(
        "dropped off by another duty",
        lambda: planned(
            D1="+J1/0@08:00 +J2/0 -J1/0 -J2/0 break@11:15 +J3/1@12:05 +J4/1@12:10 -J4/1 -J3/1 -J10/0",
            D3="+J7/0@06:55 -J7/0 +J8/0@09:10 +J9/0 -J8/0 -J9/0 break@10:30 +J10/0@12:30",
        ),
        Code.SPLIT_JOURNEY,
    ),
]


@each(DAMAGES)
def test_damage_to_the_structure_is_named(case: Damage):
    assert case.make().codes() == case.codes


def test_a_violation_says_where_it_is():
    broken = in_stop(scenario(), "D1", 5, journey_id="J1").violations()
    assert [(v.duty_id, v.journey_id, v.stop) for v in broken] == [("D1", "J1", 5)]
    assert str(broken[0]) == "stop_journey (duty D1, stop 5, journey J1): a break must not name a journey"
