"""The policy as resolved, written whole in the words of ``policy.toml``; loading it gives an equal policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import tomli_w

from pts_optimiser.domain.policy import (
    DayOf,
    Distancing,
    Limit,
    Mobility,
    Policy,
    Standard,
    StandardsProfile,
    VehicleType,
)
from pts_optimiser.intake.policy import OFF


def policy_toml(policy: Policy) -> str:
    """The text of ``policy.toml``."""
    return tomli_w.dumps(policy_document(policy))


def policy_document(policy: Policy) -> dict[str, Any]:
    """The tables of ``policy.toml``; of the distancing profiles only the one in use."""
    distancing = policy.distancing
    return {
        "use": {
            "distancing": distancing.name if distancing else OFF,
            "standards": policy.standards_name,
            "substitutes": sorted(policy.substitutes),
        },
        "vehicle_types": {name: _vehicle_type(kind) for name, kind in policy.vehicle_types.items()},
        "mobility": {code: _mobility(mobility) for code, mobility in policy.mobilities.items()},
        "places": {"site_overhead_min": _in_minutes(policy.site_overhead)},
        "standards": {name: _profile(profile) for name, profile in policy.standards.items()},
        "contracts": dict(policy.contracts),
        "priorities": {category.value: weight for category, weight in policy.priorities.items()},
        "distancing": {distancing.name: _distancing(distancing)} if distancing else {},
        "traffic": {
            "band_start": [_clock(seconds) for seconds in policy.traffic.band_starts],
            "speed_factor": {road: list(factors) for road, factors in policy.traffic.speed_factors.items()},
        },
        "breaks": {
            "earliest_after_min": _minutes(policy.break_rule.earliest_after),
            "latest_after_min": _minutes(policy.break_rule.latest_after),
        },
        "area": asdict(policy.area),
        "costs": {"crew_per_hour": policy.crew_cost_per_hour},
        "dayof": _dayof(policy.dayof),
    }


def _dayof(dayof: DayOf) -> dict[str, float]:
    return {
        "promise_early_min": _minutes(dayof.promise_early),
        "promise_late_min": _minutes(dayof.promise_late),
        "move_price_min": _minutes(dayof.move_price),
        "promise_price": dayof.promise_price,
        "told_price_min": _minutes(dayof.told_price),
        "most_changes_percent": dayof.most_changes_percent,
        "freeze_min": _minutes(dayof.freeze),
        "overdue_at_most_min": _minutes(dayof.overdue_at_most),
    }


def _vehicle_type(kind: VehicleType) -> dict[str, Any]:
    seats = [[list(place) for place in at] for at in kind.seat_positions_m]
    return {
        "layouts": [{place: count for place, count in asdict(layout).items() if count} for layout in kind.layouts],
        "skills": sorted(kind.skills),
        "cost_per_hour": kind.cost_per_hour,
        "cost_per_km": kind.cost_per_km,
        "co2e_kg_per_km": kind.co2e_kg_per_km,
        "energy": kind.energy,
        **({"seat_positions_m": seats} if seats else {}),
    }


def _mobility(mobility: Mobility) -> dict[str, Any]:
    return {
        "place": mobility.place,
        "crew": mobility.crew,
        "exclusive": mobility.exclusive,
        "skills": sorted(mobility.skills),
        "dwell_min": _in_minutes(asdict(mobility.dwell)),
    }


def _profile(profile: StandardsProfile) -> dict[str, Any]:
    return {
        "source": profile.source,
        "illustrative": profile.illustrative,
        **{category.value: _standard(standard) for category, standard in profile.by_category.items()},
    }


def _standard(standard: Standard) -> dict[str, Any]:
    aboard = standard.aboard
    return {
        "arrive_early_min": _limit(standard.arrive_early),
        "arrive_late_min": _limit(standard.arrive_late),
        "collect_min": _limit(standard.collect),
        "aboard_min": {
            "target": _minutes(aboard.target),
            "hard": _minutes(aboard.hard),
            "hard_detour": aboard.hard_detour,
            "hard_detour_plus_min": _minutes(aboard.hard_detour_plus),
        },
        "target_percent": dict(standard.target_percent),
    }


def _limit(limit: Limit) -> dict[str, float]:
    return {"target": _minutes(limit.target), "hard": _minutes(limit.hard)}


def _distancing(distancing: Distancing) -> dict[str, Any]:
    return {
        "parties_aboard": {**distancing.parties_aboard, "default": distancing.default_parties},
        "household_exempt": distancing.household_exempt,
        "clean_down_min": _minutes(distancing.clean_down),
        **({"seat_graph": True, "least_distance_m": least} if (least := distancing.least_distance_m) else {}),
    }


def _in_minutes(seconds: Mapping[str, int]) -> dict[str, float]:
    return {key: _minutes(value) for key, value in seconds.items()}


def _minutes(seconds: int) -> float:
    return seconds // 60 if seconds % 60 == 0 else seconds / 60


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    shown = f"{hours:02}:{rest // 60:02}"
    return f"{shown}:{rest % 60:02}" if rest % 60 else shown
