"""The referee as a whole: rosters that pass, one roster worked by hand, and rosters damaged at random."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pts_optimiser.checking import TravelTable, Violation, check
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.roster import Aboard, Roster, RosteredDuty, Stop, StopKind, Unserved

from . import town
from .builder import PLAN, Scenario, scenario
from .damage import in_roster


@pytest.mark.parametrize("policy", [town.policy, town.distanced], ids=["plain", "distanced"])
def test_a_good_roster_passes(policy: Callable[[], town.Policy]):
    assert scenario(policy=policy()).violations() == []


def test_an_empty_day_passes():
    empty = scenario({}, journeys=(), duties=(), unserved=())
    assert empty.violations() == []


def test_the_order_of_the_inputs_does_not_matter():
    broken = scenario({**PLAN, "D1": PLAN["D1"].replace("/1", "/0")}, unserved=())
    turned = replace(broken, journeys=broken.journeys[::-1], duties=broken.duties[::-1])
    assert broken.violations() == turned.violations() != []


def worked_by_hand() -> tuple[Roster, TravelTable]:
    """J1 of the town, due at the hospital at 09:00, alone on the second duty; every figure written out.

    One band; base to a takes 700 s and 5,000 m, a to the hospital 1,000 s and 9,000 m, home 800 s and 6,000 m.
    """
    order = ["base", "hospital", "a"]
    seconds = np.array([[[0, 1, 700], [800, 0, 2], [3, 1000, 0]]], dtype=np.uint16)
    metres = np.array([[0, 1, 5000], [6000, 0, 2], [3, 9000, 0]], dtype=np.int32)
    table = TravelTable(
        np.array([town.LAT[label] for label in order]),
        np.array([town.LON[label] for label in order]),
        seconds,
        metres,
        np.array([0]),
    )

    def stop(kind: str, label: str, times: tuple[str, str, str], leg: tuple[int, int], parties: int, **more: object):
        arrive, begin, depart = (datetime.fromisoformat(f"2026-02-03T{time}+00:00") for time in times)
        aboard = Aboard(parties=parties, seats=parties)
        here = order.index(label), town.LAT[label], town.LON[label]
        journey = "J1" if kind in {"pickup", "dropoff"} else None
        return Stop(StopKind(kind), journey, *here, arrive, begin, depart, 0, *leg, aboard, 0 if journey else None)

    stops = (
        stop("start", "base", ("07:30:00", "07:50:00", "07:50:00"), (0, 0), 0),
        stop("pickup", "a", ("08:01:40", "08:10:00", "08:13:00"), (700, 5000), 1),  # dwell at home 3 min
        stop("dropoff", "hospital", ("08:29:40", "08:33:40", "08:35:10"), (1000, 9000), 0),  # overhead 4 min, 90 s
        stop("end", "base", ("08:48:30", "08:48:30", "08:48:30"), (800, 6000), 0),
    )
    duty = RosteredDuty("D5", "vehicle-D5", "minibus", 0, stops, 2500, 20000)
    roster = Roster(
        town.DAY, {}, {"distancing": "off", "standards": "town"}, {}, {}, (duty,), (), {"served": 1, "unserved": 0}
    )
    return roster, table


def test_a_roster_worked_by_hand_passes():
    roster, table = worked_by_hand()
    policy = replace(town.policy(), traffic=town.Traffic((0,), {}))
    duties = [replace(duty, rest=None, start_at=town.at("07:30")) for duty in town.duties()[4:]]
    assert check(roster, town.journeys()[:1], duties, policy, table) == []


GOOD = scenario()
MOMENTS = st.one_of(
    st.datetimes(),
    st.datetimes(timezones=st.timezones()),
    st.sampled_from([stop.begin_at for duty in GOOD.roster.duties for stop in duty.stops]),
    st.sampled_from([end.replace(tzinfo=zone) for end in (datetime.min, datetime.max) for zone in (None, LONDON)]),  # noqa: DTZ901
)
IDS = st.sampled_from([None, "", "J1", "J2", "J3", "J5", "J13", "J99"])
DUTY_IDS = st.sampled_from(["D1", "D2", "D4", "D5", "D99", ""])
NUMBERS = st.one_of(st.integers(-2, 12), st.integers())
FIELDS = {
    "kind": st.sampled_from(StopKind),
    "journey_id": IDS,
    "location": NUMBERS,
    "lat": st.floats(),
    "lon": st.floats(),
    "arrive_at": MOMENTS,
    "begin_at": MOMENTS,
    "depart_at": MOMENTS,
    "band": NUMBERS,
    "travel_s": NUMBERS,
    "travel_m": NUMBERS,
    "aboard": st.builds(Aboard, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    "layout": st.none() | NUMBERS,
}


@st.composite
def damaged_stops(draw: st.DrawFn, stops: tuple[Stop, ...]) -> tuple[Stop, ...]:
    """Stops changed, lost, repeated and put in another order."""
    left = list(stops)
    for _ in range(draw(st.integers(0, 4))):
        if not left:
            break
        index = draw(st.integers(0, len(left) - 1))
        action = draw(st.sampled_from(["change", "change", "lose", "repeat", "move"]))
        if action == "change":
            name = draw(st.sampled_from(sorted(FIELDS)))
            left[index] = replace(left[index], **{name: draw(FIELDS[name])})
        elif action == "repeat":
            left.insert(draw(st.integers(0, len(left))), left[index])
        else:
            stop = left.pop(index)
            if action == "move":
                left.insert(draw(st.integers(0, len(left))), stop)
    return tuple(left)


@st.composite
def damaged_rosters(draw: st.DrawFn) -> Roster:
    duties = []
    for duty in GOOD.roster.duties:
        stops = draw(damaged_stops(duty.stops))
        changes = draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "duty_id": DUTY_IDS,
                    "vehicle_id": st.text(max_size=3),
                    "vehicle_type": st.sampled_from(["minibus", "ambulance", "tram"]),
                    "layout_changes": NUMBERS,
                    "drive_s": NUMBERS,
                    "drive_m": NUMBERS,
                },
            )
        )
        duties.append(replace(duty, stops=stops, **changes))
    unserved = draw(st.lists(st.builds(Unserved, IDS.map(str), st.just(())), max_size=3))
    return replace(
        GOOD.roster,
        service_date=draw(st.just(town.DAY) | st.dates()),
        policy=draw(st.just(GOOD.roster.policy) | st.dictionaries(st.text(max_size=3), st.text(max_size=3))),
        duties=tuple(draw(st.permutations(duties))[: draw(st.integers(0, len(duties)))]),
        unserved=tuple(unserved),
        kpis=draw(st.dictionaries(st.sampled_from(["served", "unserved"]), st.none() | NUMBERS | st.text(max_size=2))),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged_rosters(), st.booleans())
def test_no_roster_makes_the_referee_raise(roster: Roster, with_inputs: bool):
    case = replace(GOOD, roster=roster)
    if not with_inputs:
        case = replace(case, journeys=(), duties=())
    for violation in case.violations():
        assert isinstance(violation, Violation)
        assert str(violation).startswith(str(violation.code))


@given(st.sampled_from(["D1", "D2", "D3", "D4"]), st.data())
def test_any_figure_of_any_stop_that_is_changed_is_noticed(duty_id: str, data: st.DataObject):
    """No figure of a stop is free: times, places, bands, legs, loads and layouts all follow from each other."""
    duty = next(d for d in GOOD.roster.duties if d.duty_id == duty_id)
    index = data.draw(st.integers(0, len(duty.stops) - 1))
    name = data.draw(st.sampled_from(sorted(set(FIELDS) - {"arrive_at", "begin_at", "depart_at", "lat", "lon"})))
    value = data.draw(FIELDS[name].filter(lambda value: value != getattr(duty.stops[index], name)))
    assert changed(duty, index, **{name: value}).violations() != []


@given(st.sampled_from(["D1", "D2", "D3", "D4"]), st.integers(1, 86400), st.booleans(), st.data())
def test_any_arrival_or_departure_that_is_moved_is_noticed(duty_id: str, by: int, later: bool, data: st.DataObject):
    duty = next(d for d in GOOD.roster.duties if d.duty_id == duty_id)
    index = data.draw(st.integers(1, len(duty.stops) - 1))
    name = data.draw(st.sampled_from(["arrive_at", "depart_at"]))
    moved = getattr(duty.stops[index], name) + timedelta(seconds=by if later else -by)
    assert changed(duty, index, **{name: moved}).violations() != []


def changed(duty: RosteredDuty, index: int, **changes: object) -> Scenario:
    stops = list(duty.stops)
    stops[index] = replace(stops[index], **changes)
    damaged = replace(duty, stops=tuple(stops))
    return in_roster(GOOD, duties=tuple(damaged if d is duty else d for d in GOOD.roster.duties))
