from __future__ import annotations

import numpy as np
import pytest

from pts_optimiser.study.compare.distancing import fall_in_points, level, readings, relative_fall
from pts_optimiser.study.document import Comparison
from pts_optimiser.study.scenario import Scenario

from .tables import day, table

OFF, CAP = Scenario("off"), Scenario("cap", distancing="cap")


def test_the_three_readings_of_a_fall_from_half_to_two_fifths() -> None:
    base, distanced = np.array([0.5]), np.array([0.4])
    assert relative_fall(distanced, base)[0] == pytest.approx(20)
    assert fall_in_points(distanced, base)[0] == pytest.approx(10)
    assert level(distanced, base)[0] == pytest.approx(40)


def found(served: float):  # type: ignore[no-untyped-def]
    days = [day(OFF, n, U1=0.5) for n in (1, 2, 3)] + [day(CAP, n, U1=0.4, served=served) for n in (1, 2, 3)]
    return readings(table(*days), Comparison("distancing", "off"))


def test_readings_stand_together_with_their_baseline() -> None:
    of_u1 = found(100.0).query("definition == 'U1' and seats == 'nominal'").set_index("reading")
    assert list(of_u1.index) == ["relative", "points", "level"]
    assert set(of_u1["baseline"]) == {"off"}
    assert list(of_u1["inside"]) == [True, False, False]
    assert list(found(100.0).query("definition == 'U5'")["reading"]) == ["relative"]
