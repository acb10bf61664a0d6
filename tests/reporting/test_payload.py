"""The data inside the report."""

from datetime import date

from pts_optimiser.reporting.payload import payload, wall_clock

from .builder import build


def test_on_most_days_the_wall_clock_is_the_elapsed_time():
    assert wall_clock(date(2026, 7, 14)) == [[0, 0]]


def test_the_wall_clock_jumps_where_summer_time_begins_and_ends():
    assert wall_clock(date(2026, 3, 29)) == [[0, 0], [3600, 3600]]
    assert wall_clock(date(2026, 10, 25)) == [[0, 0], [7200, -3600]]


def test_the_night_after_the_service_day_may_change_the_clock():
    assert wall_clock(date(2026, 10, 24)) == [[0, 0], [26 * 3600, -3600]]


def test_every_journey_and_stop_is_inside():
    publication = build(3, unserved=2)
    document = payload(publication)
    assert len(document["journeys"]) == len(publication.journeys)
    assert [len(duty[-1]) for duty in document["duties"]] == [len(d.stops) for d in publication.roster.duties]
    assert len(document["unserved"]) == 2


def test_missed_targets_are_as_many_as_the_standards_count():
    publication = build(4, seed=2)
    missed = sum(row["missed"] for row in publication.roster.kpis["standards"])
    assert len(payload(publication)["missed"]) == missed > 0
