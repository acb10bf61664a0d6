"""``policy.toml`` to the policy: the packaged default with the user's file and options laid over it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

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
from pts_optimiser.domain.seating import MOST_PLACES
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.findings import Findings, input_error
from pts_optimiser.intake.nearest import nearest_hint
from pts_optimiser.intake.policy_faults import report_faults
from pts_optimiser.intake.policy_schema import (
    DayOfTable,
    DistancingTable,
    LimitTable,
    MobilityTable,
    PartOfStandard,
    PolicyTables,
    ProfileTable,
    StandardTable,
    TrafficTable,
    VehicleTypeTable,
)

DEFAULT = Path(__file__).with_name("data") / "policy.toml"
OFF = "off"
IN_USE = "in_use"


def load_policy(
    overlay: Path | bytes | None = None, *, distancing: str | None = None, standards: str | None = None
) -> Policy:
    """The default policy with ``overlay`` laid over it, table by table; the two names go before ``[use]``.

    Raises
    ------
    InputError
        With an issue for every unknown key, missing key, bad value and unknown name of a profile.
    """
    findings = Findings(overlay.name if isinstance(overlay, Path) else "policy.toml")
    document = merged(tomllib.loads(DEFAULT.read_text(encoding="utf-8")), _overlay(overlay, findings))
    tables = _tables(document, findings)
    if tables is None:
        raise input_error(findings.in_order())
    if distancing is not None:
        tables.use.distancing = distancing
    if standards is not None:
        tables.use.standards = standards
    _check_names(tables, findings)
    profiles = {name: _profile(name, table, findings) for name, table in tables.standards.items()}
    if findings.issues:
        raise input_error(findings.in_order())
    return _policy(tables, profiles)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``over`` laid over ``base``: tables key by key, anything else replaced."""
    result = dict(base)
    for key, value in over.items():
        below = result.get(key)
        result[key] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def _overlay(overlay: Path | bytes | None, findings: Findings) -> dict[str, Any]:
    try:
        data = overlay.read_bytes() if isinstance(overlay, Path) else overlay or b""
        return tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        message, hint = f"the file cannot be read: {error.strerror}.", "check its path and its permissions."
        findings.fail(Code.UNREADABLE_FILE, message, hint)
    except UnicodeDecodeError:
        findings.fail(Code.BAD_ENCODING, "the file is not UTF-8.", "save it as UTF-8.")
    except (ValueError, RecursionError) as error:  # tomllib's own error, an endless number, endless nesting
        findings.fail(Code.BAD_TOML, f"the file is not TOML: {error}.", "compare it with the default policy.")
    raise input_error(findings.issues)


def _tables(document: dict[str, Any], findings: Findings) -> PolicyTables | None:
    try:
        return PolicyTables.model_validate(document)
    except ValidationError as error:
        report_faults(error, findings)
        return None


def _check_names(tables: PolicyTables, findings: Findings) -> None:
    """Names of profiles and vehicle types must be those of tables that are there."""
    profiles = tables.standards.keys()
    asked = [("use.standards", tables.use.standards, list(profiles))]
    asked.append(("use.distancing", tables.use.distancing, [OFF, *tables.distancing]))
    asked += [(f"contracts.{name}", profile, [IN_USE, *profiles]) for name, profile in tables.contracts.items()]
    for column, name, known in asked:
        if name not in known:
            hint = nearest_hint(name, known)
            findings.fail(Code.UNKNOWN_PROFILE, f"there is no profile {name!r}.", hint, column=column)
    in_use = tables.distancing.get(tables.use.distancing)
    if in_use is not None and in_use.seat_graph:
        _check_seat_graph(tables, findings)
    for profile, table in tables.distancing.items():
        for name in table.parties_aboard.keys() - tables.vehicle_types.keys() - {"default"}:
            findings.fail(
                Code.UNKNOWN_VEHICLE_TYPE,
                f"there is no vehicle type {name!r}.",
                nearest_hint(name, tables.vehicle_types),
                column=f"distancing.{profile}.parties_aboard.{name}",
            )


def _check_seat_graph(tables: PolicyTables, findings: Findings) -> None:
    """A seat graph needs to know where every place is, and that nobody takes another's kind of place."""
    for name, table in tables.vehicle_types.items():
        column = f"vehicle_types.{name}.seat_positions_m"
        places = [layout.seats + layout.wheelchairs + layout.stretchers for layout in table.layouts]
        if table.seat_positions_m is None:
            message = f"{column} is missing, which the seat graph of {tables.use.distancing} needs."
            findings.fail(Code.MISSING_KEY, message, "add it, as in the default policy.", column=column)
        elif [len(at) for at in table.seat_positions_m] != places or max(places) > MOST_PLACES:
            message = f"{column} has not one (x, y) for each place of each layout, {MOST_PLACES} at most."
            findings.fail(Code.BAD_VALUE, message, "compare it with layouts.", column=column)
    if tables.use.substitutes:
        message = "use.substitutes: with a seat graph nobody takes another kind of place."
        hint = "leave it empty, or use a profile without one."
        findings.fail(Code.BAD_VALUE, message, hint, column="use.substitutes")


def _policy(tables: PolicyTables, profiles: dict[str, StandardsProfile]) -> Policy:
    use = tables.use
    overhead = tables.places.site_overhead_min
    graph = use.distancing != OFF and tables.distancing[use.distancing].seat_graph
    return Policy(
        standards_name=use.standards,
        distancing=None if use.distancing == OFF else _distancing(use.distancing, tables.distancing[use.distancing]),
        vehicle_types={
            name: _vehicle_type(name, table, seat_graph=graph) for name, table in tables.vehicle_types.items()
        },
        mobilities={code: _mobility(code, table) for code, table in tables.mobility.items()},
        site_overhead={kind: _seconds(minutes) for kind, minutes in overhead.model_dump().items()},
        standards=profiles,
        contracts={name: use.standards if profile == IN_USE else profile for name, profile in tables.contracts.items()},
        priorities={category: getattr(tables.priorities, category.value) for category in Category},
        substitutes=frozenset(use.substitutes),
        traffic=_traffic(tables.traffic),
        break_rule=BreakRule(_seconds(tables.breaks.earliest_after_min), _seconds(tables.breaks.latest_after_min)),
        area=ServiceArea(**tables.area.model_dump()),
        crew_cost_per_hour=tables.costs.crew_per_hour,
        dayof=_dayof(tables.dayof),
    )


def _profile(name: str, table: ProfileTable, findings: Findings) -> StandardsProfile:
    by_category = {}
    lacking: dict[str, str] = {}
    default = table.default.model_dump(exclude_none=True)
    for category in Category:
        own: PartOfStandard = getattr(table, category.value)
        whole = default | own.model_dump(exclude_none=True)
        if missing := [key for key in StandardTable.model_fields if key not in whole]:
            lacking.update(dict.fromkeys(missing, category.value))
        else:
            by_category[category] = _standard(StandardTable.model_validate(whole))
    for key, category_name in lacking.items():
        message = f"neither standards.{name}.{category_name} nor standards.{name}.default has {key}."
        findings.fail(Code.MISSING_KEY, message, "add it to default.", column=f"standards.{name}.default.{key}")
    return StandardsProfile(name, table.source, table.illustrative, by_category)


def _standard(table: StandardTable) -> Standard:
    aboard = table.aboard_min
    return Standard(
        arrive_early=_limit(table.arrive_early_min),
        arrive_late=_limit(table.arrive_late_min),
        collect=_limit(table.collect_min),
        aboard=AboardLimit(
            _seconds(aboard.target),
            _seconds(aboard.hard),
            aboard.hard_detour,
            _seconds(aboard.hard_detour_plus_min),
        ),
        target_percent=table.target_percent.model_dump(exclude_none=True),
    )


def _limit(table: LimitTable) -> Limit:
    return Limit(_seconds(table.target), _seconds(table.hard))


def _vehicle_type(name: str, table: VehicleTypeTable, *, seat_graph: bool) -> VehicleType:
    positions = table.seat_positions_m if seat_graph else None
    return VehicleType(
        name=name,
        layouts=tuple(Layout(**layout.model_dump()) for layout in table.layouts),
        skills=frozenset(table.skills),
        cost_per_hour=table.cost_per_hour,
        cost_per_km=table.cost_per_km,
        co2e_kg_per_km=table.co2e_kg_per_km,
        energy=table.energy,
        seat_positions_m=tuple(tuple((x, y) for x, y in at) for at in positions or ()),
    )


def _mobility(code: str, table: MobilityTable) -> Mobility:
    dwell = Dwell(**{place: _seconds(minutes) for place, minutes in table.dwell_min.model_dump().items()})
    return Mobility(code, table.place, table.crew, table.exclusive, frozenset(table.skills), dwell)


def _distancing(name: str, table: DistancingTable) -> Distancing:
    caps = dict(table.parties_aboard)
    default, clean_down = caps.pop("default"), _seconds(table.clean_down_min)
    return Distancing(name, caps, default, table.household_exempt, clean_down, table.least_distance_m)


def _traffic(table: TrafficTable) -> Traffic:
    starts = []
    for clock in table.band_start:
        hours, minutes, seconds = map(int, f"{clock}:00".split(":")[:3])
        starts.append(hours * 3600 + minutes * 60 + seconds)
    factors = {road: tuple(values) for road, values in table.speed_factor.model_dump().items()}
    return Traffic(tuple(starts), factors)


def _dayof(table: DayOfTable) -> DayOf:
    return DayOf(
        promise_early=_seconds(table.promise_early_min),
        promise_late=_seconds(table.promise_late_min),
        move_price=_seconds(table.move_price_min),
        promise_price=table.promise_price,
        told_price=_seconds(table.told_price_min),
        most_changes_percent=table.most_changes_percent,
        freeze=_seconds(table.freeze_min),
        overdue_at_most=_seconds(table.overdue_at_most_min),
    )


def _seconds(minutes: float) -> int:
    return round(minutes * 60)
