"""``run_sheets.html``: one printed page a duty, for the crew. Journey ids only, no patient reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from pts_optimiser.domain.journey import Journey, Place
from pts_optimiser.domain.roster import Stop, StopKind
from pts_optimiser.reporting.effort import Worked, worked_duties
from pts_optimiser.reporting.page import data_text, fill
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.spots import spots
from pts_optimiser.reporting.wording import clock_text, in_words, layout_text, mobility_text, plural

NO_BREAK = "\N{NO-BREAK SPACE}"
WHAT = {
    StopKind.START: "Leave base",
    StopKind.PICKUP: "▲ Pick up",
    StopKind.DROPOFF: "▼ Set down",
    StopKind.BREAK: "■ Break",
    StopKind.END: "Back at base",
}


def run_sheets(publication: Publication) -> str:
    """The whole document, one section for each duty that is used, in the order of the duties' starts."""
    roster = publication.roster
    worked = worked_duties(roster.duties, publication.duties, publication.policy)
    worked.sort(key=lambda w: (w.rostered.stops[0].depart_at, w.duty.duty_id))
    journey_of = publication.journey_of
    sheets = [_sheet(w, journey_of, roster.service_date) for w in worked]
    return fill(data_text("run_sheets.html"), {
        "css": data_text("run_sheets.css"),
        "title": f"Run sheets, {roster.service_date:%A %d %B %Y}",
        "sheets": "\n".join(sheets) or "<p>No duty is used.</p>",
    })  # fmt: skip


def _sheet(worked: Worked, journey_of: Mapping[str, Journey], day: date) -> str:
    duty, stops = worked.duty, worked.rostered.stops
    shared = _sharers(stops)
    places = spots(worked.rostered, duty, journey_of)
    layout: int | None = None
    rows = []
    for stop, place in zip(stops, places, strict=True):
        if stop.layout is not None and stop.layout != layout:
            layout = stop.layout
            rows.append(
                f'<tr class="layout"><td></td><td colspan="5">Set the vehicle up with '
                f"<b>{escape(layout_text(worked.vehicle_type.layouts[layout]))}</b></td></tr>"
            )
        journey = journey_of[stop.journey_id] if stop.journey_id is not None else None
        rows.append(_row(stop, place, journey, shared, day))
    electric = ", electric" if duty.energy == "electric" else ""
    facts = {
        "Vehicle": f"{duty.vehicle_id} ({in_words(duty.vehicle_type)}{electric})",
        "Base": duty.base,
        "Shift": f"{clock_text(duty.start_at, day)} – {clock_text(duty.end_at, day)}",
        "Crew": f"{duty.crew}" + (f" ({', '.join(sorted(duty.skills))})" if duty.skills else ""),
        "Work": f"{plural(worked.journeys, 'journey')}, {worked.km:.0f} km",
    }
    listed = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts.items())
    return (
        f'<section class="sheet"><header><h2>Duty {escape(duty.duty_id)}</h2>'
        f"<p>{day:%A %d %B %Y}</p></header><dl>{listed}</dl>"
        '<table><thead><tr><th scope="col">Time</th><th scope="col">Do</th><th scope="col">Where</th>'
        '<th scope="col">Patient needs</th><th scope="col">Notes</th><th scope="col">Then aboard</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></section>"
    )


def _row(stop: Stop, place: Place, journey: Journey | None, shared: Mapping[str, list[str]], day: date) -> str:
    what = f"<b>{WHAT[stop.kind]}</b>" + (f" {escape(journey.journey_id)}" if journey else "")
    where = escape(place.label) + (f", {escape(place.postcode.replace(' ', NO_BREAK))}" if place.postcode else "")
    cells = [_times(stop, day), what, where, _needs(journey), _notes(stop, journey, shared, day), _aboard(stop)]
    return f'<tr class="{stop.kind.value}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _times(stop: Stop, day: date) -> str:
    if stop.kind is StopKind.START:
        return f"<b>{clock_text(stop.depart_at, day)}</b>"
    if stop.kind is StopKind.END:
        return f"<b>{clock_text(stop.arrive_at, day)}</b>"
    return f"<b>{clock_text(stop.begin_at, day)}</b> – {clock_text(stop.depart_at, day)}"


def _needs(journey: Journey | None) -> str:
    if journey is None:
        return ""
    escorts = f" + {plural(journey.escorts, 'escort')}" if journey.escorts else ""
    return escape(mobility_text(journey.mobility)) + escorts


def _notes(stop: Stop, journey: Journey | None, shared: Mapping[str, list[str]], day: date) -> str:
    if stop.kind is StopKind.BREAK:
        return "nobody aboard"
    if journey is None:
        return ""
    notes = []
    if stop.kind is StopKind.DROPOFF and journey.tied_to_appointment and journey.appointment_at is not None:
        notes.append(f"appointment {clock_text(journey.appointment_at, day)}")
    if stop.kind is StopKind.PICKUP:
        notes.append(in_words(journey.category.value))
        if journey.ready_at is not None:
            notes.append(f"ready {clock_text(journey.ready_at, day)}")
        if journey.travel_alone:
            notes.append("<b>travels alone</b>")
        if journey.cohort:
            notes.append(f"cohort {escape(journey.cohort)}")
        notes += [f"needs {escape(skill)}" for skill in sorted(journey.skills)]
        if shared[journey.journey_id]:
            notes.append("shares with " + escape(", ".join(shared[journey.journey_id])))
    return "; ".join(notes)


def _aboard(stop: Stop) -> str:
    load = stop.aboard
    if load.parties == 0:
        return "empty" if stop.kind is StopKind.DROPOFF else ""
    people = load.seats + load.wheelchairs + load.stretchers
    escorts = f" + {people - load.parties}" if people > load.parties else ""
    return f"{plural(load.parties, 'patient')}{escorts}"


def _sharers(stops: Sequence[Stop]) -> dict[str, list[str]]:
    """For each journey, the others aboard at some moment of its ride, in boarding order."""
    aboard: list[str] = []
    shared: dict[str, list[str]] = {}
    for stop in stops:
        if stop.journey_id is None:
            continue
        if stop.kind is StopKind.PICKUP:
            for other in aboard:
                shared[other].append(stop.journey_id)
            shared[stop.journey_id] = list(aboard)
            aboard.append(stop.journey_id)
        else:
            aboard.remove(stop.journey_id)
    return shared
