from __future__ import annotations

from pathlib import Path

import pandas as pd

from pts_optimiser.study.compare.equity import fairness, service_by, with_deprivation


def ride(patient: str, aboard: int, direct: int = 600, *, area: str = "B15", served: bool = True, last: bool = False):  # type: ignore[no-untyped-def]
    nothing = None if served else float("nan")
    return {
        "scenario": "s", "patient": patient, "area": area, "rural": area == "SY4", "served": served,
        "aboard_s": aboard if served else nothing, "direct_s": direct if served else nothing,
        "wait_s": float("nan"), "missed_target": False if served else None,
        "first_on_last_off": last if served else None,
    }  # fmt: skip


def test_service_by_area_counts_the_unserved_and_measures_the_served() -> None:
    rides = pd.DataFrame([ride("a", 600), ride("b", 1200), ride("c", 0, served=False), ride("d", 900, area="SY4")])
    found = service_by(rides, ["area"]).set_index("area")
    assert found.loc["B15", "journeys"] == 3
    assert round(found.loc["B15", "served_percent"], 4) == 66.6667
    assert found.loc["B15", "aboard_mean_min"] == 15
    assert found.loc["B15", "detour_ratio_mean"] == 1.5
    assert found.loc["SY4", "aboard_p90_min"] == 15
    assert found["rural_percent"].to_dict() == {"B15": 0.0, "SY4": 100.0}


def test_fairness_of_two_patients_worked_by_hand() -> None:
    rides = pd.DataFrame(
        [ride("even", 600) for _ in range(9)]
        + [ride("bears", 1800, last=True)] + [ride("bears", 600) for _ in range(3)]
        + [ride("once", 600)]
    )  # fmt: skip
    (row,) = fairness(rides).to_dict("records")
    assert (row["patients"], row["rides"]) == (2, 13)
    assert row["worst_decile_percent_mean"] == 12.5  # 0 and 1 of 4
    assert row["first_on_last_off_percent_mean"] == 12.5
    assert round(row["detour_gini"], 6) == round(0.5 / 5, 6)  # ratios 1 and 1.5: (1.5 − 1) / (2 × 2.5)


def test_deprivation_is_joined_by_area(tmp_path: Path) -> None:
    areas = tmp_path / "areas.csv"
    areas.write_text("area,deprivation\nB15,3\n", encoding="utf-8")
    found = with_deprivation(pd.DataFrame([ride("a", 600), ride("b", 600, area="SY4")]), areas)
    assert found["deprivation"].tolist()[0] == 3
    assert pd.isna(found["deprivation"].tolist()[1])
