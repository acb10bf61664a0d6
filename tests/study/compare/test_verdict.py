from __future__ import annotations

import pandas as pd

from pts_optimiser.study.compare.distancing import readings
from pts_optimiser.study.compare.verdict import reproduced, service, verdict
from pts_optimiser.study.document import Comparison
from pts_optimiser.study.scenario import Scenario

from .tables import day, table

OFF, CAP = Scenario("off"), Scenario("cap", distancing="cap")
LOOSE = Scenario("loose", distancing="loose")
COMPARE = Comparison("distancing", "off")


def found(served: float) -> pd.DataFrame:
    days = [day(OFF, n, U1=0.5) for n in (1, 2, 3)] + [day(CAP, n, U1=0.4, served=served) for n in (1, 2, 3)]
    days += [day(LOOSE, n, U1=0.48) for n in (1, 2, 3)]
    return readings(table(*days), COMPARE)


def test_every_reading_says_who_reproduces_it() -> None:
    assert verdict(found(100.0)) == [
        "Read as a relative fall, 12–36 % is reproduced by 1 of 2 scenarios: cap.",
        "Read as a fall in percentage points, 12–36 % is reproduced by no scenario.",
        "Read as a fall to that level, 12–36 % is reproduced by no scenario.",
    ]


def test_a_fall_of_another_service_is_told_apart() -> None:
    assert verdict(found(80.0))[0].endswith("by no scenario. Inside, but with less than 99 % served: cap.")


def test_the_verdict_passes_over_what_was_run_on_fewer_days() -> None:
    few = Scenario("few", distancing="cap", fleet=0.7), Scenario("few off", fleet=0.7)
    days = [day(OFF, n, U1=0.5) for n in (1, 2, 3)] + [day(CAP, n, U1=0.5) for n in (1, 2, 3)]
    days += [day(few[1], n, U1=0.5) for n in (1, 2)] + [day(few[0], n, U1=0.4) for n in (1, 2)]
    assert "few" not in verdict(readings(table(*days), COMPARE))[0]


def test_every_definition_has_a_row_of_how_many_scenarios_are_inside() -> None:
    rows = reproduced(found(100.0)).set_index(["definition", "seats"])
    assert list(rows.loc[("U1", "nominal")]) == ["1 of 2", "0 of 2", "0 of 2"]
    assert list(rows.loc[("U5", "nominal")]) == ["0 of 2", "", ""]


def test_the_service_is_told_by_demand_of_the_usual_fleet() -> None:
    days = [day(scenario, 1, standards_with_target=1.0) for scenario in (OFF, CAP)]
    days += [
        day(Scenario("less", distancing="cap", demand=0.6), 1, served=98.0, standards_with_target=2.0),
        day(Scenario("few", fleet=0.5), 1, served=10.0, standards_with_target=2.0),
    ]
    assert service(table(*days)) == [
        "At 60 % of demand less than 99 % is served under cap (cap 98.00 %). Standards met: cap 50.0 %.",
        "At 100 % of demand at least 99 % is served under every policy (off 100.00 %; cap 100.00 %). Standards met:"
        " off 100.0 %; cap 100.0 %.",
    ]
