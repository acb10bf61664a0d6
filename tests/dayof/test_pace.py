from __future__ import annotations

import numpy as np
import pytest

from pts_optimiser.dayof.noise import CALM, DayNoise, Draws, Noise, slot
from pts_optimiser.dayof.pace import Driven, driven, learn
from tests.dayof.feed import Feed, plan

NOISE = Noise()
HOUR = 3600


def drives_of(seed: int, until: int = 12, duties: int = 15) -> list[Driven]:
    """Three drives an hour of each duty from 07:00 on, on the day of a seed."""
    day = DayNoise(NOISE, seed)
    return [
        Driven(f"D{duty}", at, day.drive_factor(f"D{duty}", f"pickup J{duty}-{at}", at))
        for duty in range(duties)
        for at in range(7 * HOUR, until * HOUR, 20 * 60)
    ]


def factor(draws: Draws, duty_id: str, hour: int) -> np.ndarray:
    """What region and duty put on a drive."""
    return np.log(draws.duty(duty_id) * draws.region(slot(hour * HOUR)))


def test_what_is_learnt_is_as_sure_as_it_says() -> None:
    odd = []
    for seed in range(100):
        day, pace = DayNoise(NOISE, seed), learn(drives_of(seed), NOISE)
        assert pace is not None
        now, later = slot(11 * HOUR), slot(15 * HOUR)
        deviation = np.sqrt((pace.region_root @ pace.region_root.T).diagonal())
        mean, spread = pace.duties["D3"]
        odd.append(
            [
                (day.region[now] - pace.region[now]) / deviation[now],
                (day.region[later] - pace.region[later]) / deviation[later],
                (day.duty("D3") - mean) / spread,
            ]
        )
        assert deviation[now] < 0.5 * deviation[later] < 1
    assert np.mean(odd, axis=0) == pytest.approx([0, 0, 0], abs=0.3)
    assert np.std(odd, axis=0) == pytest.approx([1, 1, 1], abs=0.2)


def test_a_slow_duty_stays_slow_and_a_slow_region_slows_all_for_a_while() -> None:
    plain = Draws(NOISE, 1, 500)
    slow_duty = [Driven("D1", at * HOUR, 1.3) for at in range(7, 12)] + [
        Driven(f"E{n}", at * HOUR, 1.0) for n in range(20) for at in range(7, 12)
    ]
    draws = Draws(NOISE, 1, 500, learn(slow_duty, NOISE))
    assert factor(draws, "D1", 16).mean() > factor(plain, "D1", 16).mean() + 0.05
    assert abs(factor(draws, "E1", 16).mean() - factor(plain, "E1", 16).mean()) < 0.03
    slow_region = [Driven(f"E{n}", 11 * HOUR, 1.3) for n in range(40)]
    draws = Draws(NOISE, 1, 500, learn(slow_region, NOISE))
    near, far = (factor(draws, "new", hour).mean() - factor(plain, "new", hour).mean() for hour in (12, 18))
    assert near > 0.08
    assert far < 0.03


def test_one_absurd_report_moves_little() -> None:
    normal = [Driven("D1", at * HOUR, 1.0) for at in range(7, 12)]
    pace, odd = learn(normal, NOISE), learn([*normal, Driven("D1", 11 * HOUR, 50.0)], NOISE)
    assert pace is not None
    assert odd is not None
    assert odd.duties["D1"][0] - pace.duties["D1"][0] < 1


def test_nothing_is_learnt_from_nothing_or_where_nothing_is_noisy() -> None:
    assert learn([], NOISE) is None
    assert learn(drives_of(1), CALM) is None


def test_only_drives_reported_at_both_ends_count() -> None:
    feed = Feed()
    feed.stop("D1", "start", departed="07:30")
    feed.stop("D1", "pickup", "J1", arrived="07:48", begun="08:00", departed="08:04")
    feed.stop("D1", "pickup", "J2", begun="08:14", departed="08:20")
    feed.stop("D1", "dropoff", "J1", arrived="08:40", begun="08:44")
    of = plan()
    found = list(driven(feed.state("08:50"), of.travel))
    assert [(each.duty_id, each.at) for each in found] == [("D1", 27_000), ("D1", 30_000)]
    stops = next(duty.stops for duty in of.roster.duties if duty.duty_id == "D1")
    assert found[0].ratio == pytest.approx(18 * 60 / stops[1].travel_s)
