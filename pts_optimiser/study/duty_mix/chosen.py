"""Today's mix and the chosen one, from days: each contract by itself, as its bases help each other out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pts_optimiser.demand.fleet import roster_kind
from pts_optimiser.demand.wall import DayKind
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.policy import Policy
from pts_optimiser.planning.own_contract import contract_of_base
from pts_optimiser.study.days import StudyDay
from pts_optimiser.study.duty_mix.choose import Limits, choose
from pts_optimiser.study.duty_mix.duties import candidate_of, counted, duties_of
from pts_optimiser.study.duty_mix.from_requests import need_of_requests
from pts_optimiser.study.duty_mix.mix import Candidate, Mix, people, vehicles
from pts_optimiser.study.duty_mix.need import Base, Kind, Need, Servers, Slots, kinds_of, together
from pts_optimiser.study.duty_mix.rules import Rules, shifts


@dataclass(frozen=True, slots=True)
class Chosen:
    """Two mixes of the same kinds of days. ``missing`` vehicle-half-hours a week, ``gap`` the largest of a contract's.

    ``duties`` are the chosen ones of each kind of day, on one date of the kind.
    """

    today: Mix
    mix: Mix
    duties: Mapping[DayKind, tuple[Duty, ...]]
    missing: float
    gap: float


def chosen_for(days: Iterable[StudyDay], policy: Policy, rules: Rules) -> Chosen:
    """Choose for the need of the days' journeys, from the bases and kinds of the days' duties and within their numbers.

    Today's mix is that of the last day of each kind.
    """
    by_kind: dict[DayKind, list[StudyDay]] = {}
    for day in sorted(days, key=lambda day: day.service_date):
        by_kind.setdefault(roster_kind(day.service_date), []).append(day)
    every = [day for of_kind in by_kind.values() for day in of_kind]
    duties_run = [duty for day in every for duty in day.duties]
    contracts = contract_of_base(duties_run, [journey for day in every for journey in day.journeys])
    today = {kind: _today(of_kind[-1], contracts) for kind, of_kind in by_kind.items()}
    bases = sorted({candidate.base for counts in today.values() for candidate in counts})
    kinds = kinds_of(duties_run)
    needs = {
        kind: together([need_of_requests(day, policy, kinds, bases, rules) for day in of_kind], rules.quantile)
        for kind, of_kind in by_kind.items()
    }
    choices = []
    for contract in sorted({base.contract for base in bases}):
        own = [base for base in bases if base.contract == contract]
        of_own = _at(today, own)
        run = sorted({candidate.kind for counts in of_own.values() for candidate in counts})
        candidates = [Candidate(base, kind, shift) for base in own for kind in run for shift in shifts(rules)]
        choices.append(choose(_needs_at(needs, own, run), candidates, policy, rules, _limits(of_own, rules)))
    mix = {kind: {c: n for choice in choices for c, n in choice.mix[kind].items()} for kind in today}
    duties = {kind: duties_of(mix[kind], of_kind[-1].service_date, policy) for kind, of_kind in by_kind.items()}
    return Chosen(today, mix, duties, sum(c.missing for c in choices), max(c.gap for c in choices))


def _today(day: StudyDay, contracts: Mapping[tuple[float, float], str]) -> dict[Candidate, int]:
    return counted([candidate_of(d, day.service_date, contracts[d.base_lat, d.base_lon]) for d in day.duties])


def _at(mix: Mix, bases: Sequence[Base]) -> Mix:
    return {kind: {c: n for c, n in counts.items() if c.base in bases} for kind, counts in mix.items()}


def _needs_at(needs: Mapping[DayKind, Need], bases: Sequence[Base], run: Sequence[Kind]) -> Mapping[DayKind, Need]:
    """The need round some bases for the kinds that they run; what none of these can do is left to other contracts."""
    found: dict[DayKind, dict[tuple[Base, Servers], Slots]] = {day: {} for day in needs}
    for day, need in needs.items():
        for (base, able), work in need.items():
            key = base, able & frozenset(run)
            if base in bases and key[1]:
                found[day][key] = found[day].get(key, np.zeros(1)) + work
    return found


def _limits(today: Mix, rules: Rules) -> Limits:
    """So many of each as today's duties need, times the factors of the rules."""
    of_type: dict[str, int] = {}
    for (_, vehicle_type), number in vehicles(today).items():
        of_type[vehicle_type] = of_type.get(vehicle_type, 0) + number
    return Limits(
        {vehicle_type: round(rules.vehicles * number) for vehicle_type, number in of_type.items()},
        round(rules.people * sum(people(today).values())),
    )
