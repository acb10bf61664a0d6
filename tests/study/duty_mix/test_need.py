from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pts_optimiser.demand.fleet import duties_of
from pts_optimiser.study.duty_mix.need import SLOTS, Kind, Need, kinds_of, nearest, servers, spread, together
from tests.days import WEEKDAY
from tests.study.days import little
from tests.study.duty_mix.days import BASE, CAR, OTHER, POLICY, VAN

KINDS = kinds_of(duties_of(WEEKDAY, 1))


def able(mobility: str, *skills: str) -> set[tuple[str, int]]:
    journey = replace(little().journeys[0], mobility=mobility, skills=frozenset(skills))
    return {(kind.vehicle_type, kind.crew) for kind in servers(journey, KINDS, POLICY)}


def test_who_can_serve_has_the_place_the_crew_and_the_skills() -> None:
    assert able("car") == {(kind.vehicle_type, kind.crew) for kind in KINDS}
    assert able("wheelchair") == {
        ("small_pts", 1), ("small_pts", 2), ("standard_pts", 1), ("standard_pts", 2), ("bariatric", 2)
    }  # fmt: skip
    assert able("stretcher") == {("stretcher_pts", 2), ("bariatric", 2), ("hdu", 2)}
    assert able("bariatric") == {("bariatric", 2)}
    assert able("hdu") == {("hdu", 2)}
    assert ("car", 1) not in able("assist2")


def test_oxygen_can_be_given_to_any_duty() -> None:
    assert able("car", "oxygen") == able("car")


def test_work_is_spread_over_when_it_may_be_done() -> None:
    work = spread(60, 615, 735)  # one hour, somewhere from 10:15 to 12:15
    assert work.sum() * 0.5 == pytest.approx(1)
    assert work[20:25].tolist() == pytest.approx([0.25, 0.5, 0.5, 0.5, 0.25])


def test_the_base_of_a_place_is_the_nearest() -> None:
    home = little().journeys[0].pickup
    assert nearest(replace(home, lat=52.507, lon=-2.08), [BASE, OTHER]) == OTHER


def day(*needs: tuple[frozenset[Kind], float]) -> Need:
    return {(BASE, kinds): np.full(SLOTS, vehicles) for kinds, vehicles in needs}


def test_days_together_have_the_sum_of_the_day_at_the_quantile() -> None:
    either, two_types = frozenset({CAR, VAN}), frozenset({VAN, Kind("small_pts", 2)})
    days = [day((either, 1), (two_types, 4)), day((either, 3)), day((either, 5), (two_types, 2))]
    median = together(days, 0.5)
    assert sum(median.values())[0] == pytest.approx(5)  # of 5, 3 and 7
    assert median[BASE, either][0] / median[BASE, two_types][0] == pytest.approx(9 / 6)
    assert sum(together(days, 1).values())[0] == pytest.approx(7)


def test_what_one_type_alone_can_do_is_met_on_every_day() -> None:
    van = frozenset({VAN})
    found = together([day((van, 0.2)), day((van, 0.9)), day((frozenset({CAR, VAN}), 3))], 0.5)
    assert found[BASE, van][0] == pytest.approx(0.9)


def test_a_day_on_which_nothing_has_to_be_done_counts_too() -> None:
    either = frozenset({CAR, VAN})
    assert together([day(), day((either, 4))], 1)[BASE, either][0] == pytest.approx(4)
    assert together([day(), day((either, 4))], 0.5)[BASE, either][0] == pytest.approx(2)
