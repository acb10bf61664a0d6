"""The data inside ``report.html``: compact arrays, decoded by ``data/model.js``. Times are seconds after midnight."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pts_optimiser.domain.clock import midnight, moment_at, seconds_after
from pts_optimiser.domain.journey import Journey, Place
from pts_optimiser.domain.roster import Stop, StopKind, made_by
from pts_optimiser.reporting.definitions import DEFINITIONS
from pts_optimiser.reporting.effort import Worked, worked_duties
from pts_optimiser.reporting.headlines import headlines
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.rides import rides
from pts_optimiser.reporting.seats import seats_over_day
from pts_optimiser.reporting.spots import spots
from pts_optimiser.reporting.standards import Outcome, measures, outcome
from pts_optimiser.reporting.wording import in_words, layout_text, mobility_text

STOP_KINDS = list(StopKind)


class Numbering:
    """Gives each distinct text or place a number, in order of first use."""

    def __init__(self) -> None:
        self.of: dict[Any, int] = {}

    def __call__(self, item: Any) -> int:
        return self.of.setdefault(item, len(self.of))


def payload(publication: Publication) -> dict[str, Any]:
    """Everything that the page shows, free of patient references."""
    roster = publication.roster
    origin = midnight(roster.service_date)
    words, places = Numbering(), Numbering()
    numbers = {journey.journey_id: index for index, journey in enumerate(publication.journeys)}
    worked = worked_duties(roster.duties, publication.duties, publication.policy)
    journey_of = publication.journey_of
    document = {
        "date": f"{roster.service_date:%A} {roster.service_date.day} {roster.service_date:%B %Y}",
        "clock": wall_clock(roster.service_date),
        "policy": dict(roster.policy),
        "engine": made_by(roster.engine),
        "travel": " · ".join(filter(None, [roster.travel.get("model", ""), publication.attribution])),
        "inputs": dict(roster.inputs),
        "headlines": [
            [line.label, line.value, line.remark, line.good, line.verdict] for line in headlines(roster.kpis)
        ],
        "utilisation": roster.kpis["seat_utilisation"],
        "standards": [row | {"category": in_words(row["category"])} for row in roster.kpis["standards"]],
        "seats": seats_over_day(roster.duties, publication.policy, origin),
        "kinds": [kind.value for kind in STOP_KINDS],
        "journeys": [_journey(journey, origin, words, places) for journey in publication.journeys],
        "duties": [_duty(w, spots(w.rostered, w.duty, journey_of), numbers, origin, words, places) for w in worked],
        "missed": _missed(publication, numbers),
        "unserved": [
            [numbers[left.journey_id], [[in_words(r.code), r.detail, r.action] for r in left.reasons]]
            for left in roster.unserved
        ],
        "issues": [[i.severity.value, str(i)] for i in publication.issues],
        "definitions": DEFINITIONS,
    }
    return document | {
        "words": list(words.of),
        "places": [[p.label, p.postcode, round(p.lat, 5), round(p.lon, 5), p.kind.value] for p in places.of],
    }


def wall_clock(service_date: date) -> list[list[int]]:
    """[from, shift] pairs: what to add to elapsed seconds, from then on, to read the clock on the wall."""
    origin = midnight(service_date)
    changes: list[list[int]] = []
    for hour in range(49):
        shown = moment_at(origin, 3600 * hour).replace(tzinfo=None) - origin.replace(tzinfo=None)
        shift = round(shown.total_seconds()) - 3600 * hour
        if not changes or changes[-1][1] != shift:
            changes.append([3600 * hour, shift])
    return changes


def _journey(journey: Journey, origin: datetime, words: Numbering, places: Numbering) -> list[Any]:
    due = journey.appointment_at if journey.tied_to_appointment else journey.ready_at
    marks = [
        *(["travels alone"] if journey.travel_alone else []),
        *([f"cohort {journey.cohort}"] if journey.cohort else []),
        *(f"needs {skill}" for skill in sorted(journey.skills)),
    ]
    return [
        journey.journey_id, words(in_words(journey.category.value)), words(mobility_text(journey.mobility)),
        words(journey.direction.value), journey.escorts, places(journey.pickup), places(journey.dropoff),
        None if due is None else seconds_after(origin, due), int(journey.tied_to_appointment),
        words(", ".join(marks)),
    ]  # fmt: skip


def _duty(
    worked: Worked,
    where: Iterable[Place],
    numbers: dict[str, int],
    origin: datetime,
    words: Numbering,
    places: Numbering,
) -> list[Any]:
    duty = worked.duty
    layouts = worked.vehicle_type.layouts
    stops = [
        _stop(stop, places(place), numbers, origin) for stop, place in zip(worked.rostered.stops, where, strict=True)
    ]
    return [
        duty.duty_id, duty.vehicle_id, words(in_words(duty.vehicle_type)), stops[0][2], duty.crew,
        seconds_after(origin, duty.start_at), seconds_after(origin, duty.end_at), words(duty.energy),
        round(worked.km, 1), round(worked.in_service, 2), [words(layout_text(layout)) for layout in layouts], stops,
    ]  # fmt: skip


def _stop(stop: Stop, place: int, numbers: dict[str, int], origin: datetime) -> list[Any]:
    load = stop.aboard
    return [
        STOP_KINDS.index(stop.kind), -1 if stop.journey_id is None else numbers[stop.journey_id], place,
        *(seconds_after(origin, moment) for moment in (stop.arrive_at, stop.begin_at, stop.depart_at)),
        stop.travel_m, load.parties, load.seats + load.wheelchairs + load.stretchers,
        -1 if stop.layout is None else stop.layout,
    ]  # fmt: skip


def _missed(publication: Publication, numbers: dict[str, int]) -> list[list[Any]]:
    """[journey, measure, seconds observed] of every target missed."""
    found: list[list[Any]] = []
    for ride in rides(publication.roster, publication.journeys, publication.travel):
        standard = publication.policy.standard(ride.journey)
        observed = {"arrive": ride.early_s, "collect": ride.wait_s, "aboard": ride.aboard_s}
        found.extend(
            [numbers[ride.journey.journey_id], measure.value, observed[measure.value]]
            for measure in measures(ride.journey)
            if outcome(ride, measure, standard) is Outcome.MISSED
        )
    return found
