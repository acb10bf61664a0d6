"""Why a journey is left out: the code names what is missing, the action what would help."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.roster import Reason
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning import reasons
from pts_optimiser.planning.day import Search, plan_day
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


def test_every_code_is_in_the_documentation() -> None:
    codes = set(re.findall(r'Reason\(\s*"(\w+)"', Path(reasons.__file__).read_text(encoding="utf-8")))
    page = (Path(__file__).parents[2] / "docs" / "unserved.md").read_text(encoding="utf-8")
    assert codes == set(re.findall(r"^\| `(\w+)`", page, re.MULTILINE))
    assert len(codes) == 7


def test_needs_that_only_different_duties_meet_are_named_together() -> None:
    wanted = replace(JOURNEY, mobility="assist2", skills=frozenset({"oxygen"}))
    strong = replace(DUTY, duty_id="D-strong", crew=2)
    skilled = replace(DUTY, duty_id="D-skilled", skills=frozenset({"oxygen"}))
    assert reason([wanted], [strong, skilled]).code == "no_capable_duty"


def test_a_full_duty_has_no_room() -> None:
    alone = [replace(JOURNEY, journey_id=f"J-{k}", attendance_id="", travel_alone=True) for k in range(9)]
    planned = plan_day(alone, [DUTY], load_policy(), DAY.service_date, Search(iterations=300, workers=1))
    assert {left.reasons[0].code for left in planned.unserved} == {"no_room"}
    assert planned.servable == len(alone)


def test_a_cap_that_escorts_exceed_is_no_layout() -> None:
    overlay = b"[use]\ndistancing = 'two_metre'\n[distancing.two_metre]\nhousehold_exempt = false"
    assert reason([replace(JOURNEY, escorts=3)], [DUTY], overlay).code == "no_layout"
