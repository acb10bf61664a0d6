"""``events.jsonl`` to events: one JSON object a line; bad lines are reported, good ones kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pts_optimiser.domain.events import Event
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.cells import moment, required_choice
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.event_bodies import BODIES, body_of
from pts_optimiser.intake.event_cells import count, fill, identifier
from pts_optimiser.intake.findings import Findings, shown
from pts_optimiser.intake.nearest import nearest_hint
from pts_optimiser.intake.reading import Reading, Rejected
from pts_optimiser.intake.row import Row

HEAD = ("event_id", "source", "sequence", "occurred_at", "received_at", "type")


def read_events(source: Path | bytes, policy: Policy, *, service_date: date | None = None) -> Reading[Event]:
    """Read events in the order of the file; every problem of every line is among the issues.

    Copies of an event are events like any other. An empty file is a day on which nothing has happened yet. Without
    ``service_date`` the day of the journeys booked is not checked. Never raises for what the file holds.
    """
    findings = Findings(source.name if isinstance(source, Path) else "events.jsonl")
    reader = _Reader(policy, service_date, findings)
    events, rejected = [], []
    for number, line in _lines(source, findings):
        event = reader.event(number, line)
        if event is not None:
            events.append(event)
        else:
            rejected.append(Rejected(findings.file, number, (line.decode("utf-8", errors="replace"),)))
    return Reading(tuple(events), findings.in_order(), tuple(rejected), findings.fatal)


def read_event_documents(
    documents: Iterable[Mapping[str, Any]], policy: Policy, *, service_date: date | None = None
) -> Reading[Event]:
    """Read events that are JSON objects already; their rows are counted from 1."""
    findings = Findings("events")
    reader = _Reader(policy, service_date, findings)
    events, rejected = [], []
    for number, document in enumerate(documents, start=1):
        event = reader.event_of(number, document)
        if event is not None:
            events.append(event)
        else:
            rejected.append(Rejected(findings.file, number, ()))
    return Reading(tuple(events), findings.in_order(), tuple(rejected), findings.fatal)


def _lines(source: Path | bytes, findings: Findings) -> Iterator[tuple[int, bytes]]:
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        findings.fail(
            Code.UNREADABLE_FILE, f"the file cannot be read: {error.strerror}.", "check its path and its permissions."
        )
        return
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        findings.fail(Code.BAD_ENCODING, "the file is not UTF-8; it looks like UTF-16.", "write it as UTF-8.")
        return
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line and not line.isspace():
            yield number, line.rstrip(b"\r")


class _Reader:
    """Reads line after line; a field that nobody knows is told once for each type of event."""

    def __init__(self, policy: Policy, service_date: date | None, findings: Findings) -> None:
        self.policy = policy
        self.service_date = service_date
        self.findings = findings
        self.told: set[tuple[str, str]] = set()

    def event(self, number: int, line: bytes) -> Event | None:
        """The event of one line; None where it cannot be used, which is reported."""
        document = self._document(number, line)
        return None if document is None else self.event_of(number, document)

    def event_of(self, number: int, document: Mapping[str, Any]) -> Event | None:
        """The event of one JSON object; None where it cannot be used, which is reported."""
        row = Row(number, (), {}, self.findings, frozenset(), private="")
        kind = document.get("type")
        fields = BODIES.get(kind) if isinstance(kind, str) else None
        if fields is None:
            fill(row, document, HEAD)
            required_choice(row, "type", BODIES, Code.UNKNOWN_EVENT)
            return None
        fill(row, document, (*HEAD, *(name for name in fields if name not in {"journey", "area", "arcs"})))
        self._strangers(row, document, (*HEAD, *fields))
        if row.bad:
            return None
        event_id, source = identifier(row, "event_id"), identifier(row, "source")
        sequence = count(row, "sequence")
        occurred_at = moment(row, "occurred_at", required_for="an event")
        received_at = moment(row, "received_at", required_for="an event")
        body = body_of(str(kind), row, document, self.policy, self.service_date)
        if row.bad or body is None or sequence is None or occurred_at is None or received_at is None:
            return None
        return Event(event_id, source, sequence, occurred_at, received_at, body)

    def _document(self, number: int, line: bytes) -> Mapping[str, Any] | None:
        try:
            document = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            why = (
                f"column {error.colno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "not JSON in UTF-8"
            )
            self._not_an_event(number, f"the line cannot be read ({why}).")
            return None
        if not isinstance(document, dict):
            self._not_an_event(number, "the line is not a JSON object.")
            return None
        return document

    def _not_an_event(self, number: int, message: str) -> None:
        self.findings.error(Code.NOT_AN_EVENT, message, "write one JSON object a line, in UTF-8.", row=number)

    def _strangers(self, row: Row, document: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for name in sorted(document.keys() - set(known)):
            if (row.cells["type"], name) not in self.told:
                self.told.add((row.cells["type"], name))
                message = f"{row.cells['type']} has no field {shown(name)}; it is passed over, here and below."
                row.warn(Code.UNKNOWN_FIELD, None, message, nearest_hint(name, known))


def _refuse(constant: str) -> None:
    raise ValueError(constant)
