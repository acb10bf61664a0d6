"""What somebody sees who may see the journeys of some contracts only."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from pts_optimiser.domain.roster import Reason, StopKind
from pts_optimiser.domain.roster_json import roster_document
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.restricted import (
    OF_PATIENTS,
    of_contracts,
    patient_figures,
    restricted_map,
    restricted_run_sheets,
    unnamed,
)
from pts_optimiser.reporting.views import VIEWS
from pts_optimiser.reporting.workbook import workbook_bytes

from .builder import build

JOURNEY = re.compile(r"J\d{5}")


@pytest.fixture(scope="module")
def whole() -> Publication:
    return build(12, unserved=6)


@pytest.fixture(scope="module")
def seen(whole: Publication) -> Publication:
    return of_contracts(whole, {"cheshire"})


@pytest.fixture(scope="module")
def own(whole: Publication) -> set[str]:
    return {journey.journey_id for journey in whole.journeys if journey.contract == "cheshire"}


def test_every_own_journey_is_there_and_no_other(seen: Publication, own: set[str]) -> None:
    served = {stop.journey_id for duty in seen.roster.duties for stop in duty.stops if stop.journey_id}
    left = {left.journey_id for left in seen.roster.unserved}
    assert served | left == own
    assert {journey.journey_id for journey in seen.journeys} == own


def test_no_view_names_another_journey(seen: Publication, own: set[str]) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(workbook_bytes(seen, patients_only=True)))
    texts = [
        VIEWS["roster.csv"](seen),
        VIEWS["unserved.csv"](seen),
        restricted_run_sheets(seen),
        json.dumps(restricted_map(seen)),
        json.dumps(roster_document(seen.roster)["duties"]),
        str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names]),
    ]
    for text in texts:
        assert set(JOURNEY.findall(str(text))) <= own
    assert book.sheet_names == ["Stops", "Journeys", "Unserved", "Standards"]


def test_of_a_shared_duty_only_own_patients_are_counted_aboard(whole: Publication, seen: Publication) -> None:
    full = {duty.duty_id: duty for duty in whole.roster.duties}
    shared = [duty for duty in seen.roster.duties if duty.stops[0].kind is not StopKind.START]
    assert shared
    for duty in shared:
        aboard = 0
        for stop in duty.stops:
            aboard += 1 if stop.kind is StopKind.PICKUP else -1
            assert stop.aboard.parties == aboard
        assert aboard == 0
        assert len(duty.stops) < len(full[duty.duty_id].stops)


def test_a_duty_of_own_journeys_alone_is_whole_and_has_its_run_sheet(whole: Publication) -> None:
    everything = of_contracts(whole, {"cheshire", "birmingham"})
    assert everything.roster.duties == whole.roster.duties
    assert restricted_run_sheets(everything) == VIEWS["run_sheets.html"](whole)
    assert restricted_map(everything) == json.loads(str(VIEWS["map.geojson"](whole)))


def test_a_shared_duty_has_no_run_sheet_that_would_pass_patients_by(seen: Publication) -> None:
    sheets = restricted_run_sheets(seen)
    for duty in seen.roster.duties:
        assert (f"Duty {duty.duty_id}<" in sheets) == (duty.stops[0].kind is StopKind.START)


def test_figures_are_of_own_patients_and_none_of_vehicles(whole: Publication, own: set[str]) -> None:
    figures = patient_figures(of_contracts(whole, {"cheshire"}))
    other = patient_figures(of_contracts(whole, {"birmingham"}))
    assert tuple(figures) == OF_PATIENTS
    assert figures["journeys"] == len(own)
    for name in ("journeys", "served", "unserved"):
        assert figures[name] + other[name] == whole.roster.kpis[name]


def test_reasons_do_not_name_others() -> None:
    told = Reason("clash", "J1 is in the way, not J12; also D-J1", "move J1, or J3.")
    [shown] = unnamed([told], ["J1", "J3"])
    assert shown.detail == "another journey is in the way, not J12; also D-J1"
    assert shown.action == "move another journey, or another journey."


def test_signs_in_the_id_of_another_journey_have_no_meaning_of_their_own() -> None:
    [shown] = unnamed([Reason("clash", "J.1+(a) is in the way of JX1", "move [J1]|J2")], ["J.1+(a)", "[J1]|J2"])
    assert (shown.detail, shown.action) == ("another journey is in the way of JX1", "move another journey")


def test_what_a_re_plan_keeps_account_of_names_nobody_else(whole: Publication) -> None:
    told = {"count": 9, "moved": {"J00001": "D001"}, "since": ["J00002"]}
    planned_again = replace(whole, roster=replace(whole.roster, engine={**whole.roster.engine, "published": told}))
    assert of_contracts(planned_again, {"cheshire"}).roster.engine == whole.roster.engine
