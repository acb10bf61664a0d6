"""What is generated is what the project reads: no error, no warning."""

import csv
import io
from datetime import date

import pytest

from pts_optimiser.demand.day import Known
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.writing import duties_csv, journeys_csv
from tests.demand.generated import SATURDAY, SUNDAY, TUESDAY, day

CLOCKS_CHANGE = (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25))


@pytest.mark.parametrize("known", ["day-before", "all"])
@pytest.mark.parametrize("service_date", [TUESDAY, SATURDAY, SUNDAY, *CLOCKS_CHANGE])
def test_the_files_of_a_generated_day_are_read_without_a_finding_as_they_were(service_date: date, known: Known) -> None:
    generated = day(service_date, 1, known)
    files = (journeys_csv(generated.journeys).encode(), duties_csv(generated.duties).encode())
    read = read_day(*files, load_policy(), service_date=service_date)
    assert read.issues == ()
    assert read.journeys == generated.journeys
    assert read.duties == generated.duties


def test_a_booking_on_the_day_reads_as_a_row_of_journeys_csv() -> None:
    booked = [event["journey"] for event in day().events if event["type"] == "journey_booked"]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, booked[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(booked)
    read = read_day(text.getvalue().encode(), duties_csv(day().duties).encode(), load_policy(), service_date=TUESDAY)
    assert read.issues == ()
    completed = {journey.journey_id: journey for journey in day(known="all").journeys}
    kept = [journey for journey in read.journeys if journey.journey_id in completed]
    assert len(kept) > 0.7 * len(booked)
    assert all(journey.pickup == completed[journey.journey_id].pickup for journey in kept)
