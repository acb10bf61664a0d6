from dataclasses import replace
from datetime import date

from pts_optimiser.checking import Code

from .builder import D3_WITHOUT_J10, Scenario, scenario
from .damage import Damage, damage, each, in_roster, planned


def without_reason() -> Scenario:
    good = scenario()
    return in_roster(good, unserved=(replace(good.roster.unserved[0], reasons=()),))


def named(**policy: str) -> Scenario:
    return in_roster(scenario(), policy=policy)


def counted(**kpis: object) -> Scenario:
    return in_roster(scenario(), kpis=kpis)


DAMAGES = [
    damage("a served journey lost", lambda: planned(D3=D3_WITHOUT_J10), Code.LOST_JOURNEY),
    damage("an unserved journey lost", lambda: scenario(unserved=()), Code.LOST_JOURNEY),
    damage("served and unserved", lambda: scenario(unserved=("J13", "J1")), Code.SERVED_AND_UNSERVED),
    damage("unserved twice", lambda: scenario(unserved=("J13", "J13")), Code.DUPLICATE_UNSERVED),
    damage("unserved without a reason", without_reason, Code.UNSERVED_WITHOUT_REASON),
    damage("another service date", lambda: in_roster(scenario(), service_date=date(2026, 2, 4)), Code.SERVICE_DATE),
    damage("another distancing", lambda: named(distancing="two_metre", standards="town"), Code.POLICY_NAME),
    damage("other standards", lambda: named(distancing="off", standards="city"), Code.POLICY_NAME),
    damage("no policy named", named, Code.POLICY_NAME),
    damage("served count", lambda: counted(served=11, unserved=1), Code.KPI_COUNT),
    damage("unserved count", lambda: counted(served=12, unserved=0), Code.KPI_COUNT),
]


@each(DAMAGES)
def test_damage_to_the_lists_is_named(case: Damage):
    assert case.make().codes() == case.codes


def test_true_counts_pass():
    assert counted(served=12, unserved=1, other=3).codes() == set()


def test_a_lost_journey_is_named():
    lost = scenario(unserved=()).violations()
    assert [(v.journey_id, v.duty_id, v.stop) for v in lost] == [("J13", None, None)]
