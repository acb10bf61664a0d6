from __future__ import annotations

from pts_optimiser.reporting.kpis import kpis
from pts_optimiser.study.figures.day_row import day_row
from tests.reporting import small


def test_the_row_has_the_figures_of_the_day() -> None:
    found = kpis(small.roster(), small.journeys(), small.duties(), small.policy(), small.travel())
    row = day_row(found, servable=4)
    assert row["served"] == found["served"]
    assert row["U1"] == found["seat_utilisation"]["nominal"]["U1"]
    assert row["U5_permitted"] == found["seat_utilisation"]["permitted"]["U5"]
    assert row["cost_per_journey"] == found["cost"]["per_journey"]
    assert row["driven_min_per_journey"] == 60 * found["driven_hours"] / 4
    arrivals = [entry for entry in found["standards"] if entry["measure"] == "arrive"]
    counted, missed = (sum(entry[name] for entry in arrivals) for name in ("journeys_counted", "missed"))
    assert row["targets_percent"] == 100 * (
        1
        - sum(entry["missed"] for entry in found["standards"])
        / sum(entry["journeys_counted"] for entry in found["standards"])
    )
    assert row["arrive_percent"] == 100 * (1 - missed / counted)
