"""A small town to check rosters of: its places, travel times, policy, journeys and duties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from pts_optimiser.checking import TravelTable
from pts_optimiser.domain.clock import LONDON
from pts_optimiser.domain.duty import Break, Duty
from pts_optimiser.domain.journey import Category, Direction, Journey, Place, PlaceKind
from pts_optimiser.domain.policy import (
    AboardLimit,
    BreakRule,
    DayOf,
    Distancing,
    Dwell,
    Layout,
    Limit,
    Mobility,
    Policy,
    ServiceArea,
    Standard,
    StandardsProfile,
    Traffic,
    VehicleType,
)

DAY = date(2026, 2, 3)
LABELS = ("base", "hospital", "unit", "a", "b", "c", "d", "e", "f")
LAT = {label: 53.20 + 0.01 * index for index, label in enumerate(LABELS)}
LON = {label: -2.90 + 0.02 * index for index, label in enumerate(LABELS)}
BAND_STARTS = tuple(int(3600 * hour) for hour in (0, 6.5, 9.5, 15, 18.5, 20))


def at(text: str, day: date = DAY) -> datetime:
    """ "08:30" or "08:30:01" on the service day in London; "+00:10" on the day after."""
    if text.startswith("+"):
        day, text = day + timedelta(days=1), text[1:]
    return datetime.fromisoformat(f"{day}T{text}").replace(tzinfo=LONDON)


def place(label: str, kind: PlaceKind = PlaceKind.HOME) -> Place:
    return Place(label, LAT[label], LON[label], kind)


HOSPITAL = place("hospital", PlaceKind.ACUTE)
WARD = place("hospital", PlaceKind.WARD)
UNIT = place("unit", PlaceKind.SITE)


def travel(day: date = DAY) -> TravelTable:
    """Every leg differs by direction, and by band for the seconds."""
    n = len(LABELS)
    start, end = np.indices((n, n))
    metres = np.where(start == end, 0, 2000 + 700 * abs(start - end) + 13 * (start > end))
    seconds = np.stack([np.where(start == end, 0, metres // 10 + 5 * band + 200) for band in range(len(BAND_STARTS))])
    midnight = at("00:00", day).astimezone(UTC)
    starts = [
        int((at(f"{start // 3600:02}:{start % 3600 // 60:02}", day).astimezone(UTC) - midnight).total_seconds())
        for start in BAND_STARTS
    ]
    return TravelTable(
        np.array([LAT[label] for label in LABELS]),
        np.array([LON[label] for label in LABELS]),
        seconds.astype(np.int32),
        metres.astype(np.int32),
        np.array(starts, dtype=np.int32),
    )


def policy() -> Policy:
    def standard(aboard_hard: int) -> Standard:
        return Standard(
            Limit(45 * 60, 75 * 60),
            Limit(0, 10 * 60),
            Limit(60 * 60, 90 * 60),
            AboardLimit(600, aboard_hard, 1.15, 300),
            {"arrive": 90.0, "aboard": 85.0, "collect": 85.0},
        )

    standards = dict.fromkeys(Category, standard(3600)) | {Category.RENAL: standard(60)}
    return Policy(
        standards_name="town",
        distancing=None,
        vehicle_types={
            "minibus": VehicleType(
                "minibus", (Layout(seats=4), Layout(seats=2, wheelchairs=1)), frozenset(), 6, 0.3, 0.2, "diesel"
            ),
            "ambulance": VehicleType(
                "ambulance", (Layout(seats=1, stretchers=1),), frozenset({"lift"}), 8, 0.4, 0.3, "diesel"
            ),
        },
        mobilities={
            "car": Mobility("car", "seat", 1, False, frozenset(), Dwell(180, 120, 150, 90, 300)),
            "wheelchair": Mobility("wheelchair", "wheelchair", 1, False, frozenset(), Dwell(480, 470, 460, 450, 900)),
            "stretcher": Mobility(
                "stretcher", "stretcher", 2, True, frozenset({"lift"}), Dwell(600, 590, 580, 570, 950)
            ),
            "hdu": Mobility("hdu", "seat", 2, False, frozenset({"monitor"}), Dwell(610, 620, 630, 640, 650)),
        },
        site_overhead={"acute": 240, "site": 60, "home": 0},
        standards={"town": StandardsProfile("town", "invented for tests", True, standards)},
        contracts={"north": "town"},
        priorities=dict.fromkeys(Category, 10),
        substitutes=frozenset(),
        traffic=Traffic(BAND_STARTS, {}),
        break_rule=BreakRule(3 * 3600, 5 * 3600),
        area=ServiceArea(53, -3, 54, -2),
        crew_cost_per_hour=21.0,
        dayof=DayOf(15 * 60, 30 * 60, 15 * 60, 0.5, 5 * 60, 15.0, 0, 120 * 60),
    )


def distanced(household_exempt: bool = True) -> Policy:
    return replace(policy(), distancing=Distancing("two_metre", {"minibus": 2}, 1, household_exempt, 300))


def journey(journey_id: str, direction: Direction, start: Place, end: Place, when: str, **more: object) -> Journey:
    """``when`` is the appointment of an inward journey and the ready time of any other."""
    inward = direction is Direction.INWARD
    plain = Journey(
        journey_id,
        f"attendance-{journey_id}",
        f"patient-{journey_id}",
        "",
        Category.OUTPATIENT,
        direction,
        start,
        end,
        at(when) if inward else None,
        None if inward else at(when),
        "car",
    )
    return replace(plain, **more)


def journeys() -> tuple[Journey, ...]:
    inward, outward, transfer = Direction.INWARD, Direction.OUTWARD, Direction.TRANSFER
    red = {"cohort": "red"}
    return (
        journey("J1", inward, place("a"), HOSPITAL, "09:00"),
        journey("J2", inward, place("b"), HOSPITAL, "09:15", escorts=1),
        journey("J3", outward, HOSPITAL, place("c"), "12:00", mobility="wheelchair"),
        journey("J4", outward, HOSPITAL, place("d"), "12:10", category=Category.RENAL),
        journey(
            "J5",
            outward,
            WARD,
            place("e"),
            "10:00",
            mobility="stretcher",
            contract="north",
            category=Category.DISCHARGE,
        ),
        journey(
            "J6",
            transfer,
            HOSPITAL,
            UNIT,
            "11:30",
            appointment_at=at("13:00"),
            mobility="hdu",
            contract="north",
            category=Category.HDU,
            skills=frozenset({"oxygen"}),
        ),
        journey("J7", inward, place("f"), UNIT, "07:30", travel_alone=True, category=Category.RENAL),
        journey("J8", inward, place("a"), UNIT, "10:00", **red),
        journey("J9", inward, place("b"), UNIT, "10:10", **red),
        journey("J10", transfer, UNIT, HOSPITAL, "12:30"),
        journey("J11", outward, HOSPITAL, place("c"), "22:30"),
        journey("J12", outward, HOSPITAL, place("d"), "23:50"),
        journey("J13", inward, place("f"), HOSPITAL, "11:00"),
    )


def duties() -> tuple[Duty, ...]:
    def duty(duty_id: str, kind: str, start: str, end: str, crew: int, **more: object) -> Duty:
        plain = Duty(duty_id, f"vehicle-{duty_id}", kind, "base", LAT["base"], LON["base"], at(start), at(end), crew)
        return replace(plain, **more)

    def rest(minutes: int, earliest: str, latest: str) -> Break:
        return Break(timedelta(minutes=minutes), at(earliest), at(latest))

    return (
        duty("D1", "minibus", "07:00", "15:30", 1, rest=rest(30, "11:00", "12:30")),
        duty(
            "D2",
            "ambulance",
            "08:00",
            "16:00",
            2,
            contracts=frozenset({"north"}),
            skills=frozenset({"monitor", "oxygen"}),
        ),
        duty("D3", "minibus", "06:00", "14:00", 1, rest=rest(20, "09:00", "11:00"), energy="electric", range_km=60.0),
        duty("D4", "minibus", "21:00", "+05:00", 1, rest=rest(30, "+00:30", "+02:00")),
        duty("D5", "minibus", "08:00", "16:00", 1, rest=rest(30, "11:00", "12:30")),
    )
