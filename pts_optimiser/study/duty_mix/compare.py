"""Today's mix against the chosen one, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pts_optimiser.domain.policy import Policy
from pts_optimiser.study.duty_mix.chosen import Chosen
from pts_optimiser.study.duty_mix.mix import Mix, people, vehicles, week_hours, week_pounds


def by_duty(chosen: Chosen) -> pd.DataFrame:
    """One row for each kind of day and candidate of either mix: how many a day."""

    def rows() -> Iterator[dict[str, Any]]:
        for day in chosen.today:
            today, mix = chosen.today[day], chosen.mix[day]
            for candidate in sorted({*today, *mix}):
                base, kind, shift = candidate.base, candidate.kind, candidate.shift
                yield {
                    "day": day.value,
                    "contract": base.contract,
                    "base": base.name,
                    "vehicle_type": kind.vehicle_type,
                    "crew": kind.crew,
                    "starts": _clock(shift.start),
                    "hours": (shift.end - shift.start) / 60,
                    "today": today.get(candidate, 0),
                    "chosen": mix.get(candidate, 0),
                }

    return pd.DataFrame(rows())


def in_all(chosen: Chosen, policy: Policy) -> pd.DataFrame:
    """One row a figure of a week: duties, hours, pounds, vehicles, people; the change in percent."""
    sides = [_week(mix, policy) for mix in (chosen.today, chosen.mix)]
    return pd.DataFrame(
        {
            "figure": figure,
            "today": sides[0][figure],
            "chosen": sides[1][figure],
            "change_percent": 100 * (sides[1][figure] / sides[0][figure] - 1) if sides[0][figure] else None,
        }
        for figure in sides[0]
    )


def _week(mix: Mix, policy: Policy) -> dict[str, float]:
    duties = {f"duties on a {day.value}": float(sum(counts.values())) for day, counts in mix.items()}
    return duties | {
        "paid crew hours": week_hours(mix),
        "pounds, without kilometres": week_pounds(mix, policy),
        "vehicles": float(sum(vehicles(mix).values())),
        "people": float(sum(people(mix).values())),
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
