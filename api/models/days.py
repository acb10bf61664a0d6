"""Service days as they are uploaded and shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from api.models.base import Body, Moment, Shown, Sorted
from api.models.problems import ProblemIssue
from pts_optimiser.domain.journey import Category, Direction, PlaceKind
from pts_optimiser.services.hosted.uploads import ROWS

LINE = r"^[^\x00-\x1f\x7f]*$"
Text = Annotated[str, StringConstraints(max_length=200, pattern=LINE)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=LINE)]
Names = Annotated[
    list[Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f;]*$")]],
    Field(max_length=20),
]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
POLICY_CHARACTERS = 200_000


class JourneyIn(Body):
    """One journey: the columns of `journeys.csv`. A place has coordinates or a postcode."""

    journey_id: Name
    attendance_id: Text = ""
    patient_ref: Name = Field(description="A pseudonym; an NHS number is refused")
    contract: Text = ""
    category: Category
    direction: Direction
    pickup_place: Name
    pickup_lat: Latitude | None = None
    pickup_lon: Longitude | None = None
    pickup_postcode: Text = ""
    pickup_kind: PlaceKind | None = None
    dropoff_place: Name
    dropoff_lat: Latitude | None = None
    dropoff_lon: Longitude | None = None
    dropoff_postcode: Text = ""
    dropoff_kind: PlaceKind | None = None
    appointment_at: Moment | None = None
    ready_at: Moment | None = None
    mobility: Name
    escorts: int = Field(default=0, ge=0, le=20)
    travel_alone: bool = False
    cohort: Text = ""
    skills: Names = Field(default=[])
    booked_at: Moment | None = None


class DutyIn(Body):
    """One duty: the columns of `duties.csv`."""

    duty_id: Name
    vehicle_id: Name
    vehicle_type: Name = Field(description="A key of the policy")
    base: Name
    base_lat: Latitude
    base_lon: Longitude
    start_at: Moment
    end_at: Moment
    crew: int = Field(ge=1, le=2)
    skills: Names = Field(default=[])
    contracts: Names = Field(default=[], description="Empty: any contract")
    break_minutes: int = Field(default=0, ge=0, le=240)
    break_earliest: Moment | None = None
    break_latest: Moment | None = None
    energy: str | None = Field(default=None, pattern="^(diesel|electric)$")
    range_km: float | None = Field(default=None, gt=0, le=10_000)


class DayIn(Body):
    """A whole service day; it takes the place of what was uploaded for it before."""

    service_date: date | None = Field(default=None, description="Default: the date on which most duties start")
    journeys: list[JourneyIn] = Field(min_length=1, max_length=ROWS["journeys"])
    duties: list[DutyIn] = Field(min_length=1, max_length=ROWS["duties"])
    policy: str | None = Field(
        default=None, max_length=POLICY_CHARACTERS, description="The text of a `policy.toml`, laid over the default"
    )
    distancing: Name | None = Field(default=None, description="`off` or a distancing profile of the policy")
    standards: Name | None = Field(default=None, description="A profile of standards of the policy")


Content = Annotated[bytes, Field(json_schema_extra={"format": "binary"})]


class DayFilesIn(Body):
    """A whole service day as files."""

    journeys: Content = Field(description="`journeys.csv`, or an Excel workbook with its rows")
    duties: Content = Field(description="`duties.csv`, or an Excel workbook with its rows")
    policy: Content | None = Field(default=None, description="A `policy.toml`, laid over the default")
    service_date: date | None = Field(default=None, description="Default: the date on which most duties start")
    distancing: Name | None = None
    standards: Name | None = None


class DayOut(Shown):
    """A service day."""

    service_date: date
    revision: int = Field(description="Rises with every upload; the day's ETag")
    policy_sha256: str
    inputs: dict[str, str] = Field(description="SHA-256 of each uploaded file")
    created_at: Moment
    updated_at: Moment


class DayViewOut(Shown):
    """A service day and how much of it you see."""

    day: DayOut
    journeys: int
    duties: int


class UploadedOut(Shown):
    """An uploaded day, with warnings."""

    view: DayViewOut
    issues: list[ProblemIssue]


class DayRosterOut(Shown):
    """The version of a day's roster that is published, else the latest."""

    version: int
    published: bool
    served: int | None = Field(description="Of all contracts; null for who is limited to some")
    unserved: int | None


class ListedDayOut(DayOut):
    """A service day, how much of it you see and what its roster has come to."""

    journeys: int
    duties: int
    roster: DayRosterOut | None = Field(description="Null where the day is not planned")


class DaysOut(Shown):
    """A page of days, latest first."""

    items: list[ListedDayOut]
    next: str | None


class PlaceOut(Shown):
    """Where a patient boards or alights."""

    label: str
    lat: float
    lon: float
    kind: PlaceKind
    postcode: str


class JourneyOut(Shown):
    """A journey as it was read."""

    journey_id: str
    attendance_id: str
    patient_ref: str
    contract: str
    category: Category
    direction: Direction
    pickup: PlaceOut
    dropoff: PlaceOut
    appointment_at: Moment | None
    ready_at: Moment | None
    mobility: str
    escorts: int
    travel_alone: bool
    cohort: str
    skills: Sorted
    booked_at: Moment | None


class JourneysOut(Shown):
    """A page of a day's journeys, in the order of their file."""

    items: list[JourneyOut]
    next: str | None


class BreakOut(Shown):
    """A break that starts from `earliest` to `latest`."""

    length: timedelta
    earliest: Moment
    latest: Moment


class DutyOut(Shown):
    """A duty as it was read; `rest` is its break."""

    duty_id: str
    vehicle_id: str
    vehicle_type: str
    base: str
    base_lat: float
    base_lon: float
    start_at: Moment
    end_at: Moment
    crew: int
    skills: Sorted
    contracts: Sorted
    rest: BreakOut | None
    energy: str
    range_km: float | None


class DutiesOut(Shown):
    """A page of a day's duties, in the order of their file."""

    items: list[DutyOut]
    next: str | None
