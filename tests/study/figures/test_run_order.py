from __future__ import annotations

from pts_optimiser.domain.policy import Layout
from pts_optimiser.domain.roster import Aboard, Stop, StopKind
from pts_optimiser.reporting.legs import Run
from pts_optimiser.study.figures.run_order import first_on_last_off
from tests.reporting.small import at

ON, OFF = StopKind.PICKUP, StopKind.DROPOFF


def run(*visits: tuple[StopKind, str]) -> Run:
    stops = [Stop(kind, who, 0, 0.0, 0.0, at(8), at(8), at(8), 0, 0, 0, Aboard()) for kind, who in visits]
    return Run(Layout(6), tuple(stops))


def test_who_boards_first_and_alights_last_is_named() -> None:
    assert first_on_last_off(run((ON, "a"), (ON, "b"), (OFF, "b"), (OFF, "a"))) == "a"


def test_first_on_first_off_is_fair() -> None:
    assert first_on_last_off(run((ON, "a"), (ON, "b"), (OFF, "a"), (OFF, "b"))) is None


def test_who_rides_alone_is_neither() -> None:
    assert first_on_last_off(run((ON, "a"), (OFF, "a"))) is None
