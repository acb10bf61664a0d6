"""Why a journey is left out: the code names what is missing, the action what would help."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Category, Direction, Journey
from pts_optimiser.domain.roster import Reason
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.day import Search, plan_day
from pts_optimiser.planning.reasons.clashing import code_of
from pts_optimiser.planning.reasons.code import Code
from solver.explain import Clash, Kind, Relaxation, Rule
from tests.days import small_day

DAY = small_day()
JOURNEY = replace(
    next(j for j in DAY.journeys if j.mobility == "car" and j.tied_to_appointment),
    escorts=0, travel_alone=False, cohort="", skills=frozenset(),
)  # fmt: skip
DUTY = replace(
    DAY.duties[0],
    vehicle_type="standard_pts", crew=1, skills=frozenset(), contracts=frozenset(), rest=None, range_km=None,
    base_lat=JOURNEY.pickup.lat, base_lon=JOURNEY.pickup.lon,
    start_at=(JOURNEY.appointment_at or DAY.duties[0].start_at) - timedelta(hours=4),
    end_at=(JOURNEY.appointment_at or DAY.duties[0].start_at) + timedelta(hours=4),
)  # fmt: skip


def reason(journeys: list[Journey], duties: list[Duty], overlay: bytes = b"") -> Reason:
    planned = plan_day(journeys, duties, load_policy(overlay), DAY.service_date, Search(iterations=50, workers=1))
    assert len(planned.unserved) == 1
    return planned.unserved[0].reasons[0]


def test_the_plain_journey_is_served() -> None:
    planned = plan_day([JOURNEY], [DUTY], load_policy(), DAY.service_date, Search(iterations=50, workers=1))
    assert planned.unserved == ()
    assert planned.servable == 1


@pytest.mark.parametrize(
    ("code", "journey", "duty", "named"),
    [
        ("no_crew", replace(JOURNEY, mobility="assist2"), DUTY, "crew of 2"),
        ("no_skill", replace(JOURNEY, skills=frozenset({"oxygen"})), DUTY, "oxygen"),
        ("no_skill", replace(JOURNEY, mobility="bariatric"), replace(DUTY, crew=2), "bariatric"),
        ("no_contract", JOURNEY, replace(DUTY, contracts=frozenset({"elsewhere"})), JOURNEY.contract),
        ("no_layout", replace(JOURNEY, mobility="stretcher"), replace(DUTY, crew=2), "stretcher"),
        ("no_layout", replace(JOURNEY, escorts=7), DUTY, "7 escort"),
        ("no_duty_in_time", JOURNEY, replace(DUTY, end_at=DUTY.start_at + timedelta(minutes=20)), DUTY.duty_id),
        ("no_duty_in_time", JOURNEY, replace(DUTY, range_km=0.5), DUTY.duty_id),
    ],
)  # fmt: skip
def test_the_reason_names_what_is_missing(code: str, journey: Journey, duty: Duty, named: str) -> None:
    found = reason([journey], [duty])
    assert found.code == code
    assert named in found.detail
    assert found.action


def test_every_code_is_in_the_documentation_in_order() -> None:
    page = (Path(__file__).parents[2] / "docs" / "unserved.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)`", page, re.MULTILINE) == [code.value for code in Code]


def test_needs_that_only_different_duties_meet_are_named_together() -> None:
    wanted = replace(JOURNEY, mobility="assist2", skills=frozenset({"oxygen"}))
    strong = replace(DUTY, duty_id="D-strong", crew=2)
    skilled = replace(DUTY, duty_id="D-skilled", skills=frozenset({"oxygen"}))
    assert reason([wanted], [strong, skilled]).code == "no_capable_duty"


def crowd(size: int, **changes: object) -> list[Journey]:
    """The same journey again and again, each on its own."""
    return [
        replace(JOURNEY, journey_id=f"J-{k}", attendance_id="", travel_alone=True, **changes)  # type: ignore[arg-type]
        for k in range(size)
    ]


def test_a_duty_whose_time_is_taken_names_who_takes_it() -> None:
    alone = crowd(9)
    planned = plan_day(alone, [DUTY], load_policy(), DAY.service_date, Search(iterations=300, workers=1))
    served = {stop.journey_id for duty in planned.duties for stop in duty.stops if stop.journey_id}
    assert planned.servable == len(alone)
    assert {left.reasons[0].code for left in planned.unserved} <= {Code.TIMES_TAKEN, Code.CANNOT_SHARE}
    for left in planned.unserved:
        assert DUTY.duty_id in left.reasons[0].detail
        assert served & set(re.findall(r"J-\d", left.reasons[0].detail))


def short_day() -> tuple[list[Journey], Duty]:
    """Two who go home one after the other, and a duty that ends before the second is there."""
    ready = DUTY.start_at + timedelta(hours=3)
    home = crowd(2, direction=Direction.OUTWARD, appointment_at=None, ready_at=ready)
    home = [replace(one, pickup=JOURNEY.dropoff, dropoff=JOURNEY.pickup) for one in home]
    planned = plan_day(home, [DUTY], load_policy(), DAY.service_date, Search(iterations=50, workers=1))
    assert planned.unserved == ()
    return home, replace(DUTY, end_at=planned.duties[0].stops[-1].arrive_at - timedelta(minutes=10))


def test_a_shift_as_long_as_the_action_says_takes_the_journey() -> None:
    journeys, duty = short_day()
    told = reason(journeys, [duty])
    assert told.code == Code.SHIFT_TOO_SHORT
    hours, minutes = map(int, re.search(r"if it ended at (\d\d):(\d\d) instead of", told.action).groups())  # type: ignore[union-attr]
    longer = replace(duty, end_at=duty.end_at.replace(hour=hours, minute=minutes))
    for end_at, left in ((longer.end_at, 0), (longer.end_at - timedelta(minutes=1), 1)):
        planned = plan_day(
            journeys, [replace(duty, end_at=end_at)], load_policy(), DAY.service_date, Search(iterations=50, workers=1)
        )
        assert len(planned.unserved) == left


def test_a_duty_that_even_free_is_too_short_says_until_when_it_would_do() -> None:
    journeys, duty = short_day()
    told = reason(journeys[:1], [replace(duty, end_at=duty.start_at + timedelta(hours=3))])
    assert told.code == Code.NO_DUTY_IN_TIME
    assert f"Duty {duty.duty_id} would take it if it ended at" in told.action


def named_duty(action: str) -> Duty:
    """The further duty that an action names."""
    found = re.search(
        r"One more (\w+) duty(?: with a crew of (\d))?(.*?) at (.+) from (\S+)( \(-1\))? until (\S+) would take it",
        action,
    )
    assert found, action
    kind, crew, skills, base, start, day_before, end = found.groups()
    at = next(duty for duty in DAY.duties if duty.base == base)
    midnight = datetime.combine(DAY.service_date, time(), at.start_at.tzinfo)
    start_at, end_at = (
        datetime.combine(DAY.service_date, time.fromisoformat(t), midnight.tzinfo) for t in (start, end)
    )
    return replace(
        at, duty_id="more", vehicle_type=kind, crew=int(crew or 1), contracts=frozenset(), rest=None, range_km=None,
        skills=frozenset(re.findall(r"the skill (\w+)", skills)),
        start_at=start_at - timedelta(days=bool(day_before)), end_at=end_at,
    )  # fmt: skip


def test_the_further_duty_that_is_named_takes_the_journey() -> None:
    duties = DAY.duties[:3]
    planned = plan_day(DAY.journeys, duties, load_policy(), DAY.service_date, Search(iterations=100, workers=1))
    assert len(planned.unserved) > 20
    for left in planned.unserved[::3]:
        journey = next(one for one in DAY.journeys if one.journey_id == left.journey_id)
        more = named_duty(left.reasons[0].action)
        alone = plan_day([journey], [more], load_policy(), DAY.service_date, Search(iterations=5, workers=1))
        assert alone.unserved == (), left


def test_only_the_weightiest_are_looked_into() -> None:
    weighty = replace(crowd(1)[0], journey_id="J-weighty", category=Category.RENAL)
    crowded = [*crowd(9, category=Category.DAY_CASE), *(replace(weighty, journey_id=f"W-{k}") for k in range(9))]
    search = Search(iterations=50, workers=1)
    planned = plan_day(crowded, [DUTY], load_policy(), DAY.service_date, search, looked_into=1)
    codes = {left.journey_id: left.reasons[0].code for left in planned.unserved}
    further = [name for name, code in codes.items() if code != Code.NO_ROOM]
    assert len(further) == 1
    assert further[0].startswith("W-")


RULE = {kind: Rule(kind) for kind in Kind}


@pytest.mark.parametrize(
    ("clash", "code"),
    [
        (Clash(0, (), (), ()), Code.FITS_NOW),
        (Clash(0, (RULE[Kind.TARGET], RULE[Kind.END]), (), (3,)), Code.TARGETS_IN_THE_WAY),
        (Clash(0, (RULE[Kind.TARGET], RULE[Kind.END]), (Relaxation(RULE[Kind.END], 60),), (3,)), Code.SHIFT_TOO_SHORT),
        (Clash(0, (RULE[Kind.END], RULE[Kind.DISTANCE]), (), ()), Code.OUT_OF_RANGE),
        (Clash(0, (RULE[Kind.START], RULE[Kind.LATEST]), (), ()), Code.SHIFT_TOO_SHORT),
        (Clash(0, (RULE[Kind.BREAK], RULE[Kind.ROOM]), (), ()), Code.BREAK_IN_THE_WAY),
        (Clash(0, (RULE[Kind.ROOM], RULE[Kind.SHARING]), (), ()), Code.NO_FREE_PLACE),
        (Clash(0, (RULE[Kind.SHARING], RULE[Kind.RIDE]), (), ()), Code.CANNOT_SHARE),
        (Clash(0, (RULE[Kind.RIDE], RULE[Kind.LATEST]), (), ()), Code.RIDE_TOO_LONG),
        (Clash(0, (RULE[Kind.LATEST], RULE[Kind.EARLIEST]), (), ()), Code.TIMES_TAKEN),
        (Clash(0, (RULE[Kind.END],), (Relaxation(RULE[Kind.LATEST], 60),), ()), Code.TIMES_TAKEN),
        (Clash(0, (RULE[Kind.END],), (Relaxation(RULE[Kind.LATEST], 7_200),), ()), Code.SHIFT_TOO_SHORT),
    ],
)  # fmt: skip
def test_the_code_follows_the_least_change_or_else_the_rules(clash: Clash, code: Code) -> None:
    assert code_of(clash) == code


def test_a_cap_that_escorts_exceed_is_no_layout() -> None:
    overlay = b"[use]\ndistancing = 'two_metre'\n[distancing.two_metre]\nhousehold_exempt = false"
    assert reason([replace(JOURNEY, escorts=3)], [DUTY], overlay).code == "no_layout"
