"""What happens on the day, one model for each type of event."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, RootModel

from api.models.base import Body, Moment, Shown
from api.models.days import JourneyIn, Latitude, Longitude, Name, Text
from api.models.problems import ProblemIssue

MOST_EVENTS = 1_000
_BY = Field(description="Who said so; a pseudonym or a function")


class Head(Body):
    """What all events have. The same `event_id`, or `source` and `sequence`, is the same event."""

    event_id: Name
    source: Name
    sequence: int = Field(ge=0, le=10**15, description="Rises within a source")
    occurred_at: Moment
    received_at: Moment | None = Field(default=None, description="Default: when it comes in here")


class JourneyBooked(Head):
    """A booking on the day, or one that is booked again with its details as they are now."""

    type: Literal["journey_booked"]
    journey: JourneyIn


class CalledOff(Head):
    """A journey that will not be made; an inward one takes its outward one with it unless `keep_return`."""

    type: Literal["journey_cancelled", "journey_aborted"]
    journey_id: Name
    reason: Text = ""
    keep_return: bool = False


class Ready(Head):
    """The patient is ready."""

    type: Literal["ready"]
    journey_id: Name


class NotReady(Head):
    """The patient will be ready at `ready_at` and not before."""

    type: Literal["not_ready"]
    journey_id: Name
    ready_at: Moment


class StopReported(Head):
    """A crew's word about a stop; `journey_id` only at a pick-up or drop-off."""

    type: Literal["stop_arrived", "stop_begun", "stop_departed"]
    duty_id: Name
    kind: Literal["start", "pickup", "dropoff", "break", "end"]
    journey_id: Name | None = None


class Position(Head):
    """Where a vehicle is."""

    type: Literal["position"]
    duty_id: Name
    lat: Latitude
    lon: Longitude


class DutyDelayed(Head):
    """The duty is behind its plan."""

    type: Literal["duty_delayed"]
    duty_id: Name
    minutes: int = Field(ge=0, le=1440)


class DutyExtended(Head):
    """The duty ends at another time now."""

    type: Literal["duty_extended"]
    duty_id: Name
    end_at: Moment


class DutyLost(Head):
    """The duty does nothing more."""

    type: Literal["duty_lost"]
    duty_id: Name
    reason: Text = ""


class Locked(Head):
    """The journey stays on a duty, or where it is."""

    type: Literal["lock"]
    journey_id: Name
    duty_id: Name | None = None
    user: Text = _BY
    reason: Text = ""


class Unlocked(Head):
    """The journey may be moved again."""

    type: Literal["unlock"]
    journey_id: Name
    user: Text = _BY
    reason: Text = ""


class Moved(Head):
    """Somebody put the journey on a duty, where it stays until it is unlocked."""

    type: Literal["move"]
    journey_id: Name
    duty_id: Name
    user: Text = _BY
    reason: Text = ""


class Area(Body):
    """A box in degrees."""

    south: Latitude
    west: Longitude
    north: Latitude
    east: Longitude


class TravelChanged(Head):
    """Driving in an area, or along stretches of road, takes `factor` times as long for a while."""

    type: Literal["travel_changed"]
    area: Area | None = None
    arcs: list[Annotated[list[Longitude], Field(min_length=4, max_length=4)]] | None = Field(
        default=None, min_length=1, max_length=1000, description="Latitude and longitude of beginning and end of each"
    )
    factor: float = Field(ge=0.1, le=100)
    begin: Moment = Field(alias="from")
    until: Moment


Event = Annotated[
    JourneyBooked
    | CalledOff
    | Ready
    | NotReady
    | StopReported
    | Position
    | DutyDelayed
    | DutyExtended
    | DutyLost
    | Locked
    | Unlocked
    | Moved
    | TravelChanged,
    Field(discriminator="type"),
]


class EventIn(RootModel[Event]):
    """One event."""


class EventsIn(Body):
    """Events in any order; all are kept or none."""

    events: list[Event] = Field(min_length=1, max_length=MOST_EVENTS)


class ReportedOut(Shown):
    """Ids of the events that are new, that were known, and of those known that say something else now.

    What was known first stands. `position` is that of the day's last event.
    """

    new: list[str]
    known: list[str]
    differing: list[str]
    position: int
    issues: list[ProblemIssue]


def document_of(event: Head) -> dict[str, Any]:
    """The event as ``events.jsonl`` has it."""
    document = event.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(event, JourneyBooked):
        document["journey"] = journey_document(event.journey)
    return document


def journey_document(journey: JourneyIn) -> dict[str, Any]:
    """The journey as a row of ``journeys.csv``."""
    document = journey.model_dump(mode="json", exclude_none=True)
    document["skills"] = ";".join(journey.skills)
    return document
