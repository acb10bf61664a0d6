from dataclasses import replace

from pts_optimiser.checking import Code
from pts_optimiser.domain.journey import Category

from .builder import Scenario, scenario
from .damage import Damage, damage, each, input_journey


def lacking(**changes: object) -> Scenario:
    good = scenario()
    return replace(good, policy=replace(good.policy, **changes))


def without_mobility() -> Scenario:
    return lacking(mobilities={code: m for code, m in scenario().policy.mobilities.items() if code != "hdu"})


def without_vehicle_type() -> Scenario:
    return lacking(vehicle_types={"ambulance": scenario().policy.vehicle_types["ambulance"]})


def without_category() -> Scenario:
    profile = scenario().policy.standards["town"]
    kept = {category: s for category, s in profile.by_category.items() if category is not Category.DISCHARGE}
    return lacking(standards={"town": replace(profile, by_category=kept)})


def repeated(**extra: object) -> Scenario:
    good = scenario()
    return replace(good, **{name: (*getattr(good, name), item) for name, item in extra.items()})


DAMAGES = [
    damage("a journey twice in the inputs", lambda: repeated(journeys=scenario().journeys[0]), Code.INPUT_DUPLICATE),
    damage("a duty twice in the inputs", lambda: repeated(duties=scenario().duties[0]), Code.INPUT_DUPLICATE),
    damage("unknown mobility", without_mobility, Code.INPUT_GAP),
    damage("unknown vehicle type", without_vehicle_type, Code.INPUT_GAP),
    damage("no standard for a category", without_category, Code.INPUT_GAP),
    damage("contract of an unknown profile", lambda: lacking(contracts={"north": "nowhere"}), Code.INPUT_GAP),
    damage("journey without a time", lambda: input_journey(scenario(), "J10", ready_at=None), Code.INPUT_GAP),
]


@each(DAMAGES)
def test_damage_to_the_inputs_is_named(case: Damage):
    assert case.make().codes() == case.codes


def test_the_first_of_two_journeys_of_one_id_counts():
    other = replace(scenario().journeys[0], travel_alone=True)
    assert repeated(journeys=other).codes() == {Code.INPUT_DUPLICATE}
