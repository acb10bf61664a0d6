"""A roster small enough to work out every figure by hand: two duties, four rides, one journey left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Break, Duty
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.domain.policy import Distancing, Policy
from pts_optimiser.domain.roster import Aboard, Reason, Roster, RosteredDuty, Stop, StopKind, Unserved

from .builder import DAY, Grid
from .rules import policy as build_policy

BASE, P, Q, H = range(4)
LATS, LONS = (52.50, 52.51, 52.52, 52.45), (-1.90, -1.91, -1.92, -1.94)
HOME_P = Place("12 Plum Way", LATS[P], LONS[P], PlaceKind.HOME, "B15 1AA")
HOME_Q = Place("3 Quince Row", LATS[Q], LONS[Q], PlaceKind.HOME, "B15 2BB")
HOSPITAL = Place("Hospital", LATS[H], LONS[H], PlaceKind.ACUTE)


def at(hours: int, minutes: int = 0, seconds: int = 0) -> datetime:
    return datetime(DAY.year, DAY.month, DAY.day, hours, minutes, seconds, tzinfo=LONDON)


def travel() -> Grid:
    seconds = np.zeros((4, 4), dtype=np.int32)
    metres = np.zeros((4, 4), dtype=np.int32)
    for one, other, s, m in [
        (BASE, P, 600, 6000), (BASE, Q, 600, 6000), (BASE, H, 1200, 12000),
        (P, Q, 300, 3000), (P, H, 1000, 11000), (Q, H, 900, 12000),
    ]:  # fmt: skip
        seconds[one, other] = seconds[other, one] = s
        metres[one, other] = metres[other, one] = m
    return Grid(np.array(LATS), np.array(LONS), seconds[None], metres, np.array([0]))


def policy(distancing: Distancing | None = None) -> Policy:
    """Everything under ``nw_2016``: renal arrives 45 min early at most, others 60; collected and aboard ≤ 60 min."""
    return replace(build_policy(distancing), contracts={})


def journeys() -> list[Journey]:
    inward = Journey(
        "J1", "A1", "secret-1", "cheshire", Category.RENAL, Direction.INWARD, HOME_P, HOSPITAL, at(9), None,
        "wheelchair", escorts=1,
    )  # fmt: skip
    outward = Journey(
        "J3", "A3", "secret-3", "cheshire", Category.DISCHARGE, Direction.OUTWARD, HOSPITAL, HOME_Q, None, at(10), "car"
    )
    return [
        inward,
        replace(inward, journey_id="J2", category=Category.OUTPATIENT, pickup=HOME_Q, appointment_at=at(8, 20),
                mobility="car", escorts=0, patient_ref="secret-2"),
        outward,
        replace(outward, journey_id="J4", category=Category.OUTPATIENT, dropoff=HOME_P, ready_at=at(8),
                patient_ref="secret-4"),
        replace(inward, journey_id="J5", category=Category.OUTPATIENT, patient_ref="secret-5"),
    ]  # fmt: skip


def duties() -> list[Duty]:
    first = Duty(
        "A", "V1", "standard_pts", "Oldbury", LATS[BASE], LONS[BASE], at(7), at(15), 2,
        rest=Break(timedelta(minutes=30), at(10), at(13)),
    )  # fmt: skip
    return [
        first,
        replace(first, duty_id="B", vehicle_id="V2", vehicle_type="electric_pts", start_at=at(8), end_at=at(12), crew=1,
                rest=None, energy="electric"),
        replace(first, duty_id="C", vehicle_id="V3"),
    ]  # fmt: skip


def _stop(
    kind: StopKind, journey: str | None, to: int, times: tuple[datetime, datetime, datetime], before: int,
    load: Aboard = Aboard(), layout: int | None = None,  # noqa: B008 - frozen
) -> Stop:  # fmt: skip
    grid = travel()
    return Stop(
        kind, journey, to, LATS[to], LONS[to], *times, 0, int(grid.seconds[0, before, to]),
        int(grid.metres[before, to]), load, layout,
    )  # fmt: skip


def roster() -> Roster:
    """Duty A: J1 and J2 in together (4 seats + 1 wheelchair place), break, J3 home (6 seats). Duty B: J4 home."""
    start, pickup, dropoff, rest, end = (
        StopKind.START, StopKind.PICKUP, StopKind.DROPOFF, StopKind.BREAK, StopKind.END
    )  # fmt: skip
    a = (
        _stop(start, None, BASE, (at(7, 30),) * 3, BASE),
        _stop(pickup, "J1", P, (at(7, 40), at(7, 40), at(7, 45)), BASE, Aboard(1, 1, 1), 1),
        _stop(pickup, "J2", Q, (at(7, 50), at(7, 50), at(7, 55)), P, Aboard(2, 2, 1), 1),
        _stop(dropoff, "J1", H, (at(8, 10), at(8, 14), at(8, 20)), Q, Aboard(1, 1, 0), 1),
        _stop(dropoff, "J2", H, (at(8, 20), at(8, 20), at(8, 24)), H, Aboard(), 1),
        _stop(rest, None, H, (at(8, 24), at(10), at(10, 30)), H),
        _stop(pickup, "J3", H, (at(10, 30), at(10, 45), at(10, 50)), H, Aboard(1, 1), 0),
        _stop(dropoff, "J3", Q, (at(11, 5), at(11, 5), at(11, 10)), H, Aboard(), 0),
        _stop(end, None, BASE, (at(11, 20),) * 3, Q),
    )
    b = (
        _stop(start, None, BASE, (at(8),) * 3, BASE),
        _stop(pickup, "J4", H, (at(8, 20), at(8, 24), at(8, 30)), BASE, Aboard(1, 1), 0),
        _stop(dropoff, "J4", P, (at(8, 46, 40), at(8, 46, 40), at(8, 50, 40)), H, Aboard(), 0),
        _stop(end, None, BASE, (at(9, 0, 40),) * 3, P),
    )
    return Roster(
        service_date=DAY,
        inputs={},
        policy={"distancing": "off", "standards": "nw_2016"},
        engine={"name": "hybrid", "seed": 1},
        travel={"model": "by hand", "file": "travel.npz"},
        duties=(
            RosteredDuty("A", "V1", "standard_pts", 1, a, 3300, 39000),
            RosteredDuty("B", "V2", "electric_pts", 0, b, 2800, 29000),
            RosteredDuty("C", "V3", "standard_pts", 0, (), 0, 0),
        ),
        unserved=(Unserved("J5", (Reason("no_time", "No duty is free", "Add a duty"), Reason("no_skill", "x", "y"))),),
    )
