"""The roster in columns says what the roster says."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from pts_optimiser.domain.clock import midnight
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.rides import rides
from pts_optimiser.reporting.standards import Measure, Outcome, measures, outcome
from pts_optimiser.reporting.view import view_document
from tests.reporting.builder import build


@pytest.fixture(scope="module")
def publication() -> Publication:
    return build(6, unserved=3)


@pytest.fixture(scope="module")
def view(publication: Publication) -> dict:
    return view_document(publication.roster, publication.journeys, publication.duties, publication.policy)


def test_every_stop_is_there_in_order_with_its_times_and_load(publication: Publication, view: dict) -> None:
    origin = midnight(publication.roster.service_date)
    stops, first = view["stops"], view["duties"]["first"]
    by_id = {duty.duty_id: duty.stops for duty in publication.roster.duties}
    for number, duty_id in enumerate(view["duties"]["id"]):
        rostered = by_id.get(duty_id, ())
        assert first[number + 1] - first[number] == len(rostered)
        for at, stop in enumerate(rostered, start=first[number]):
            assert view["kinds"][stops["kind"][at]] == stop.kind
            journey = stops["journey"][at]
            assert (None if journey < 0 else view["journeys"]["id"][journey]) == stop.journey_id
            assert origin + timedelta(seconds=stops["begin"][at]) == stop.begin_at
            assert (stops["parties"][at], stops["seats"][at]) == (stop.aboard.parties, stop.aboard.seats)
            assert view["places"][stops["place"][at]][1:3] == pytest.approx([stop.lat, stop.lon], abs=1e-4)


def test_columns_are_of_one_length_and_hold_no_patient_reference(publication: Publication, view: dict) -> None:
    for name in ("journeys", "stops"):
        assert len({len(column) for column in view[name].values()}) == 1
    text = json.dumps(view)
    assert not any(f'"{journey.patient_ref}"' in text for journey in publication.journeys)


def test_targets_in_the_columns_judge_as_the_standards_do(publication: Publication, view: dict) -> None:
    columns = view["journeys"]
    number_of = {journey_id: number for number, journey_id in enumerate(columns["id"])}
    origin = midnight(publication.roster.service_date)
    judged = 0
    for ride in rides(publication.roster, publication.journeys, publication.travel):
        n, standard = number_of[ride.journey.journey_id], publication.policy.standard(ride.journey)
        met = ride.dropoff.begin_at if ride.journey.tied_to_appointment else ride.pickup.begin_at
        for measure in measures(ride.journey):
            if measure is Measure.ABOARD:
                continue
            seconds = (met - origin).total_seconds()
            kept = columns["earliest"][n] <= seconds <= columns["latest"][n]
            assert kept == (outcome(ride, measure, standard) is Outcome.MET)
            judged += 1
        assert columns["aboard"][n] == standard.aboard.target
    assert judged


def test_the_unserved_come_with_reasons_and_actions(publication: Publication, view: dict) -> None:
    told = {view["journeys"]["id"][n]: [reason[0] for reason in reasons] for n, reasons in view["unserved"]}
    assert told == {left.journey_id: [r.code for r in left.reasons] for left in publication.roster.unserved}
    assert told


def test_figures_of_some_contracts_only_give_no_headlines(publication: Publication) -> None:
    roster = publication.roster
    part = {name: roster.kpis[name] for name in ("journeys", "served", "unserved")}
    limited = type(roster)(**{name: getattr(roster, name) for name in roster.__slots__} | {"kpis": part})
    view = view_document(limited, publication.journeys, publication.duties, publication.policy)
    assert view["headlines"] == []
