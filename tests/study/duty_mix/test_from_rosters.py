"""The small roster of ``tests/reporting/small.py``: A carries J1 and J2 together, then J3; B carries J4."""

from __future__ import annotations

import pytest

from pts_optimiser.study.days import StudyDay
from pts_optimiser.study.duty_mix.from_rosters import need_of_roster
from pts_optimiser.study.duty_mix.need import Base, Kind
from tests.reporting import small
from tests.study.duty_mix.days import POLICY

HERE = Base("here", small.LATS[small.BASE], small.LONS[small.BASE], "cheshire")
FAR = Base("far", 53.3, -2.5, "cheshire")
KINDS = [Kind("car", 1), Kind("standard_pts", 2)]
DAY = StudyDay(small.DAY, tuple(small.journeys()), tuple(small.duties()))


def test_vehicles_at_work_by_half_hour_by_hand() -> None:
    found = need_of_roster(DAY, small.roster().duties, POLICY, KINDS, [HERE, FAR])
    assert {base for base, _ in found} == {HERE}
    van = found[HERE, frozenset({KINDS[1]})]  # J1 sits in a wheelchair: from 07:30 to 08:24
    assert van[14:18].tolist() == pytest.approx([0, 1, 24 / 30, 0])
    assert van.sum() * 30 == pytest.approx(54)
    # J4: 08:04, in time for 08:24, to 09:00:40. J3: no way to it, boarding from 10:45 to 11:20. Breaks are not work.
    either = found[HERE, frozenset(KINDS)]
    assert either[15:24].tolist() == pytest.approx([0, 26 / 30, 1, 40 / 60 / 30, 0, 0, 15 / 30, 20 / 30, 0])


def test_duties_without_stops_are_no_work() -> None:
    assert need_of_roster(DAY, small.roster().duties[2:], POLICY, KINDS, [HERE]) == {}
