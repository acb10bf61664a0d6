from __future__ import annotations

from pts_optimiser.study.compare.frontier import frontier
from pts_optimiser.study.scenario import Scenario

from .tables import day, table


def fleet(factor: float, served: float, met: float) -> dict[str, object]:
    return day(
        Scenario(f"fleet {factor}", fleet=factor), 1, served=served, standards_met=met, duties_offered=10 * factor
    )


def test_the_least_fleet_serves_as_the_largest_does() -> None:
    found = frontier(table(fleet(1.2, 100, 18), fleet(0.8, 99.5, 17), fleet(1.0, 99, 18), fleet(0.6, 90, 18)))
    assert list(found["fleet"]) == [0.6, 0.8, 1.0, 1.2]
    assert list(found["least"]) == [False, False, True, False]


def test_where_no_fleet_is_enough_none_is_named() -> None:
    assert not frontier(table(fleet(0.8, 70, 18), fleet(1.0, 80, 18)))["least"].any()


def test_one_fleet_makes_no_frontier() -> None:
    assert frontier(table(fleet(1.0, 100, 18))).empty
