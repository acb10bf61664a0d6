from dataclasses import replace

from pts_optimiser.checking import Code

from . import town
from .builder import Scenario, scenario
from .damage import Damage, damage, each, entry, in_entry, input_duty, input_journey


def swapped(one: str, other: str) -> Scenario:
    good = scenario()
    first, second = entry(good, one).vehicle_id, entry(good, other).vehicle_id
    return in_entry(in_entry(good, one, vehicle_id=second), other, vehicle_id=first)


def unskilled_ambulance() -> Scenario:
    policy = town.policy()
    types = {**policy.vehicle_types, "ambulance": replace(policy.vehicle_types["ambulance"], skills=frozenset())}
    return scenario(policy=replace(policy, vehicle_types=types))


DAMAGES = [
    damage("vehicles swapped", lambda: swapped("D1", "D3"), Code.VEHICLE_ID),
    damage("vehicle type", lambda: in_entry(scenario(), "D1", vehicle_type="ambulance"), Code.VEHICLE_TYPE),
    damage("crew too small", lambda: input_duty(scenario(), "D2", crew=1), Code.CREW),
    damage(
        "crew without the journey's skill",
        lambda: input_duty(scenario(), "D2", skills=frozenset({"monitor"})),
        Code.SKILLS,
    ),
    damage(
        "crew without the mobility's skill",
        lambda: input_duty(scenario(), "D2", skills=frozenset({"oxygen"})),
        Code.SKILLS,
    ),
    damage("vehicle without the mobility's skill", unskilled_ambulance, Code.SKILLS),
    damage("contract not held", lambda: input_duty(scenario(), "D2", contracts=frozenset({"south"})), Code.CONTRACT),
    damage("no contract on a bound duty", lambda: input_journey(scenario(), "J6", contract=""), Code.CONTRACT),
]


@each(DAMAGES)
def test_damage_to_vehicle_and_crew_is_named(case: Damage):
    assert case.make().codes() == case.codes


def test_lacking_skills_are_listed():
    broken = input_duty(scenario(), "D2", skills=frozenset()).violations()
    assert [(v.journey_id, v.stop, v.message) for v in broken] == [
        ("J6", 3, "neither crew nor vehicle has: monitor, oxygen")
    ]


def test_crew_and_vehicle_have_their_skills_together():
    trained = input_duty(unskilled_ambulance(), "D2", skills=frozenset({"lift", "monitor", "oxygen"}))
    assert trained.codes() == set()


def test_a_duty_without_contracts_serves_any():
    assert input_duty(scenario(), "D2", contracts=frozenset()).codes() == set()
