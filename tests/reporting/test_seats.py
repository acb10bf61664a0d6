"""Seats over the day."""

from pts_optimiser.domain.clock import midnight
from pts_optimiser.reporting.seats import seats_over_day

from . import small
from .builder import DAY, build


def test_seats_of_the_small_roster_by_hand():
    at = {row[0]: row[1:] for row in seats_over_day(small.roster().duties, small.policy(), midnight(DAY))}
    assert at[7 * 3600 + 50 * 60] == [6, 6, 3]  # A with J1 and an escort; J2 boards until 07:55
    assert at[8 * 3600] == [6 + 5, 6 + 5, 4]  # B leaves its base
    assert at[10 * 3600 + 10 * 60] == [0, 0, 0]  # A has its break, B is back
    assert at[11 * 3600] == [6, 6, 1]


def test_taken_is_within_permitted_is_within_nominal():
    publication = build(5, seed=9)
    rows = seats_over_day(publication.roster.duties, publication.policy, midnight(DAY))
    assert rows
    assert all(0 <= taken <= permitted <= nominal for _, nominal, permitted, taken in rows)


def test_a_day_without_duties_has_no_seats():
    assert seats_over_day([], small.policy(), midnight(DAY)) == []
