"""The chosen duties of a plan's scenarios: for the plan's days, or others made alike, at the scenario's demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from pts_optimiser.demand.fleet import roster_kind
from pts_optimiser.demand.wall import DayKind
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.codes import Code
from pts_optimiser.intake.findings import Findings
from pts_optimiser.study.adapt import adapted
from pts_optimiser.study.days import DaySource, GeneratedDay
from pts_optimiser.study.duty_mix.chosen import Chosen, chosen_for
from pts_optimiser.study.scenario import Scenario
from pts_optimiser.study.schema import PlanTables

CHOSEN, GIVEN = "chosen", "given"
"""Values of a scenario's ``duties`` that are no files: those of the chosen mix, and the day's own."""


class Mixes:
    """Chooses when a scenario first asks, once for each demand and standard."""

    def __init__(self, tables: PlanTables, days: Sequence[DaySource], findings: Findings) -> None:
        self.of_scenario: dict[str, Chosen] = {}
        self._rules = tables.duty_mix.rules
        kinds = {roster_kind(day.service_date) for day in days}
        alike = [day for day in _days_to_choose_for(tables, days) if roster_kind(day.service_date) in kinds]
        self._days = _spread(alike, tables.duty_mix.days)
        self._missing = kinds - {roster_kind(day.service_date) for day in alike}
        self._findings = findings
        self._made: dict[tuple[float, str | None], Chosen] = {}

    def duties(self, scenario: Scenario, policy: Policy) -> Mapping[DayKind, tuple[Duty, ...]] | None:
        """The scenario's chosen duties; None, with an issue, where a kind of day is not among those to choose for."""
        if self._missing:
            self._findings.fail(
                Code.BAD_VALUE,
                f"no {' or '.join(sorted(self._missing))} is among the days to choose duties for.",
                "widen first and last.",
                column="duty_mix",
            )
            return None
        key = scenario.demand, scenario.standards
        if key not in self._made:
            asked = Scenario("", demand=scenario.demand)
            self._made[key] = chosen_for((adapted(day, asked) for day in self._days), policy, self._rules)
        self.of_scenario[scenario.name] = self._made[key]
        return self._made[key].duties


def _days_to_choose_for(tables: PlanTables, days: Sequence[DaySource]) -> Sequence[DaySource]:
    first, last, made = tables.duty_mix.first, tables.duty_mix.last, tables.days.generate
    if first is None or last is None or made is None:
        return days
    dates = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return [GeneratedDay(date, made.seed, made.scale, made.known, tuple(made.contracts)) for date in dates]


def _spread(days: Sequence[DaySource], most: int) -> list[DaySource]:
    """At most so many of each kind of day, evenly spread."""
    found = []
    for kind in DayKind:
        of_kind = [day for day in days if roster_kind(day.service_date) is kind]
        number = min(most, len(of_kind))
        found += [of_kind[place * len(of_kind) // number] for place in range(number)]
    return found
