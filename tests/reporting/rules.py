"""The policy that the synthetic days and the small roster are planned under."""

from __future__ import annotations

from pts_optimiser.domain.journey import Category
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

DWELL = Dwell(home_pickup=300, home_dropoff=240, site_pickup=360, site_dropoff=240, ward_pickup=720)


def standard(early: int, collect: int, percent: dict[str, float], aboard: int = 60) -> Standard:
    """A standard in minutes; hard limits are wide."""
    return Standard(
        Limit(early * 60, 75 * 60), Limit(0, 600), Limit(collect * 60, 120 * 60),
        AboardLimit(aboard * 60, 90 * 60, 1.5, 1800), percent,
    )  # fmt: skip


def policy(distancing: Distancing | None = None) -> Policy:
    types = [
        VehicleType("standard_pts", (Layout(6), Layout(4, 1), Layout(2, 2)), frozenset(), 6.0, 0.32, 0.26, "diesel"),
        VehicleType("electric_pts", (Layout(5), Layout(3, 1)), frozenset(), 6.0, 0.14, 0.07, "electric"),
        VehicleType("car", (Layout(3),), frozenset(), 3.0, 0.28, 0.17, "diesel"),
        VehicleType("stretcher_pts", (Layout(2, 0, 1), Layout(4)), frozenset(), 6.5, 0.32, 0.28, "diesel"),
    ]
    places = {"car": "seat", "assist1": "seat", "wheelchair": "wheelchair", "stretcher": "stretcher"}
    urgent = standard(45, 60, {"arrive": 90, "aboard": 85, "collect": 85})
    planned = standard(60, 60, {"arrive": 90, "aboard": 80, "collect": 80})
    by_category = dict.fromkeys(Category, planned) | {Category.RENAL: urgent, Category.ONCOLOGY: urgent}
    by_category[Category.DISCHARGE] = standard(60, 60, {"aboard": 80, "collect": 80})
    return Policy(
        standards_name="nw_2016",
        distancing=distancing,
        vehicle_types={t.name: t for t in types},
        mobilities={code: Mobility(code, place, 1, False, frozenset(), DWELL) for code, place in places.items()},
        site_overhead={"acute": 240, "site": 60, "home": 0},
        standards={
            "nw_2016": StandardsProfile("nw_2016", "test", False, by_category),
            "local": StandardsProfile("local", "test", True, dict.fromkeys(Category, standard(30, 30, {"arrive": 95}))),
        },
        contracts={"cheshire": "nw_2016", "birmingham": "local"},
        priorities={Category.RENAL: 100},
        substitutes=frozenset(),
        traffic=Traffic((0,), {}),
        break_rule=BreakRule(3 * 3600, 6 * 3600),
        area=ServiceArea(51.0, -4.0, 54.0, 0.0),
        crew_cost_per_hour=21.0,
        dayof=DayOf(15 * 60, 30 * 60, 15 * 60, 0.5, 5 * 60, 15.0, 0, 120 * 60),
    )
