"""What the page shows of a roster: columns, not objects, so that a day of thousands of journeys travels light."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pts_optimiser.domain.clock import midnight, seconds_after
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey, Place, PlaceKind
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster, Stop, StopKind, made_by
from pts_optimiser.reporting.headlines import headlines
from pts_optimiser.reporting.payload import Numbering, wall_clock
from pts_optimiser.reporting.spots import spots
from pts_optimiser.reporting.wording import contract_text, in_words, layout_text, mobility_text

SCHEMA = "pts-optimiser/view/1"
KINDS = list(StopKind)


def view_document(
    roster: Roster, journeys: Sequence[Journey], duties: Sequence[Duty], policy: Policy
) -> dict[str, Any]:
    """The roster for the page, free of patient references; needs no travel times.

    ``journeys``, ``duties`` and ``stops`` map a name to a column; the stops of duty *n* are those from
    ``duties.first[n]`` up to that of the next. Times are seconds after the service day's midnight, texts indices into
    ``words``, places indices into ``places``. ``earliest``, ``latest`` and ``aboard`` of a journey are its targets:
    when it should arrive or be collected, and the longest time aboard.
    """
    origin = midnight(roster.service_date)
    words, places = Numbering(), Numbering()
    number_of = {journey.journey_id: number for number, journey in enumerate(journeys)}
    rostered = {duty.duty_id: duty for duty in roster.duties}
    journey_of = {journey.journey_id: journey for journey in journeys}
    stops: list[tuple[Stop, int]] = []
    first = [0]
    for duty in duties:
        if duty.duty_id in rostered:
            where = spots(rostered[duty.duty_id], duty, journey_of)
            stops += zip(rostered[duty.duty_id].stops, map(places, where), strict=True)
        first.append(len(stops))
    document = {
        "schema": SCHEMA,
        "date": roster.service_date.isoformat(),
        "clock": wall_clock(roster.service_date),
        "policy": dict(roster.policy),
        "engine": made_by(roster.engine),
        "travel": roster.travel.get("model", ""),
        "headlines": _headlines(roster.kpis),
        "kpis": dict(roster.kpis),
        "kinds": [kind.value for kind in KINDS],
        "journeys": _journeys(journeys, policy, origin, words, places),
        "duties": _duties(duties, policy, origin, words, places) | {"first": first},
        "stops": _stop_columns(stops, number_of, origin),
        "unserved": [
            [number_of[left.journey_id], [[r.code, in_words(r.code), r.detail, r.action] for r in left.reasons]]
            for left in roster.unserved
        ],
    }
    return document | {
        "words": list(words.of),
        "places": [[p.label, round(p.lat, 5), round(p.lon, 5), p.kind.value] for p in places.of],
    }


def _headlines(kpis: Mapping[str, Any]) -> list[list[Any]]:
    """None where the figures are those of some contracts: what vehicles do is not among them."""
    if "cost" not in kpis:
        return []
    return [[line.label, line.value, line.remark, line.good, line.verdict] for line in headlines(kpis)]


def _journeys(
    journeys: Sequence[Journey], policy: Policy, origin: datetime, words: Numbering, places: Numbering
) -> dict[str, list[Any]]:
    columns: Mapping[str, Callable[[Journey], Any]] = {
        "id": lambda j: j.journey_id,
        "attendance": lambda j: j.attendance_id,
        "contract": lambda j: words(contract_text(j.contract)),
        "category": lambda j: words(in_words(j.category.value)),
        "mobility": lambda j: words(mobility_text(j.mobility)),
        "direction": lambda j: words(j.direction.value),
        "escorts": lambda j: j.escorts,
        "alone": lambda j: int(j.travel_alone),
        "cohort": lambda j: words(j.cohort),
        "skills": lambda j: words(", ".join(in_words(skill) for skill in sorted(j.skills))),
        "from": lambda j: places(j.pickup),
        "to": lambda j: places(j.dropoff),
        "tied": lambda j: int(j.tied_to_appointment),
        "due": lambda j: _targets(j, policy, origin)[0],
        "earliest": lambda j: _targets(j, policy, origin)[1],
        "latest": lambda j: _targets(j, policy, origin)[2],
        "aboard": lambda j: policy.standard(j).aboard.target,
    }
    return {name: [column(journey) for journey in journeys] for name, column in columns.items()}


def _targets(journey: Journey, policy: Policy, origin: datetime) -> tuple[int | None, int | None, int | None]:
    """When a journey is due, and the window of its target."""
    standard = policy.standard(journey)
    if journey.tied_to_appointment and journey.appointment_at:
        due = seconds_after(origin, journey.appointment_at)
        return due, due - standard.arrive_early.target, due + standard.arrive_late.target
    if journey.ready_at:
        due = seconds_after(origin, journey.ready_at)
        return due, due, due + standard.collect.target
    return None, None, None


def _duties(
    duties: Sequence[Duty], policy: Policy, origin: datetime, words: Numbering, places: Numbering
) -> dict[str, list[Any]]:
    columns: Mapping[str, Callable[[Duty], Any]] = {
        "id": lambda d: d.duty_id,
        "vehicle": lambda d: d.vehicle_id,
        "type": lambda d: words(in_words(d.vehicle_type)),
        "layouts": lambda d: [words(layout_text(layout)) for layout in policy.vehicle_types[d.vehicle_type].layouts],
        "base": lambda d: places(Place(d.base, d.base_lat, d.base_lon, PlaceKind.SITE)),
        "crew": lambda d: d.crew,
        "from": lambda d: seconds_after(origin, d.start_at),
        "until": lambda d: seconds_after(origin, d.end_at),
        "energy": lambda d: words(d.energy),
        "skills": lambda d: words(", ".join(in_words(skill) for skill in sorted(d.skills))),
        "contracts": lambda d: words(", ".join(contract_text(contract) for contract in sorted(d.contracts))),
        "break_earliest": lambda d: seconds_after(origin, d.rest.earliest) if d.rest else None,
        "break_latest": lambda d: seconds_after(origin, d.rest.latest) if d.rest else None,
    }
    return {name: [column(duty) for duty in duties] for name, column in columns.items()}


def _stop_columns(
    stops: Sequence[tuple[Stop, int]], number_of: Mapping[str, int], origin: datetime
) -> dict[str, list[Any]]:
    columns: Mapping[str, Callable[[Stop], Any]] = {
        "kind": lambda s: KINDS.index(s.kind),
        "journey": lambda s: -1 if s.journey_id is None else number_of[s.journey_id],
        "arrive": lambda s: seconds_after(origin, s.arrive_at),
        "begin": lambda s: seconds_after(origin, s.begin_at),
        "depart": lambda s: seconds_after(origin, s.depart_at),
        "metres": lambda s: s.travel_m,
        "parties": lambda s: s.aboard.parties,
        "seats": lambda s: s.aboard.seats,
        "wheelchairs": lambda s: s.aboard.wheelchairs,
        "stretchers": lambda s: s.aboard.stretchers,
        "layout": lambda s: -1 if s.layout is None else s.layout,
    }
    found = {name: [column(stop) for stop, _ in stops] for name, column in columns.items()}
    return found | {"place": [place for _, place in stops]}
