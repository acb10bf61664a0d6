"""Vehicles lost at 10:30: ``python -m benchmarks.lost_vehicle [--sample 30] [--budget 1 | --iterations N]``.

Plans the day-before input of a generated weekday, brings the plan up to 10:25 with the day's events, then loses one
vehicle after another, each time from there: those with patients aboard first, then those with most to do. Prints what
became of the patients aboard, of the renal, oncology and hdu journeys, and of everybody else.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import timedelta
from os import getloadavg
from pathlib import Path
from tempfile import gettempdir

import numpy as np

from benchmarks.replans import Round, planned_day, put_in_force, replanned
from pts_optimiser.dayof import DayState, fold
from pts_optimiser.dayof.diff import ChangeKind
from pts_optimiser.domain.events import DutyLost, Event
from pts_optimiser.domain.journey import Category
from pts_optimiser.planning.replan import Replanner, Replanning

MUST = frozenset({Category.RENAL, Category.ONCOLOGY, Category.HDU})
MOVED_MIN = 15


@dataclass(frozen=True, slots=True)
class Loss:
    """What became of those whom one vehicle had aboard or was to fetch, and how many others move far."""

    duty_id: str
    aboard: int
    rescued: int
    must: int
    must_placed: int
    left: int
    placed: int
    unexplained: int
    others_moved: int
    others_left_out: int
    seconds: float
    processor: float
    refused: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=30)
    parser.add_argument("--budget", type=float, default=1.0, help="seconds of search of one")
    parser.add_argument("--iterations", type=int, help="of search of one, in place of seconds")
    parser.add_argument("--plan-seconds", type=float, default=40)
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "pts-optimiser-weekday")
    options = parser.parse_args()
    in_force, events = planned_day(options.folder, options.plan_seconds)
    replanner, how = Replanner(in_force.policy), Replanning(budget_s=options.budget, iterations=options.iterations)
    ten = in_force.origin + timedelta(hours=10)
    in_force = put_in_force(in_force, replanned(in_force, events, ten + timedelta(minutes=25), replanner, how))
    now = ten + timedelta(minutes=30)
    losses = []
    for duty_id in chosen(fold(in_force, events, now), options.sample):
        lost = Event("lost", "benchmark", 1, now, now, DutyLost(duty_id, "breakdown"))
        losses.append(loss_of(duty_id, replanned(in_force, [*events, lost], now, replanner, how)))
        print(losses[-1], flush=True)
    print_totals(losses)


def print_totals(losses: list[Loss]) -> None:
    def total(name: str) -> int:
        return sum(getattr(loss, name) for loss in losses)

    seconds, moved = [loss.seconds for loss in losses], [loss.others_moved for loss in losses]
    print(
        f"\n{len(losses)} vehicles lost, load {getloadavg()[0]:.1f}: p50 {np.median(seconds):.1f} s,"
        f" most {max(seconds):.1f} s, processor p50 {np.median([loss.processor for loss in losses]):.1f} s;"
        f" {total('rescued')} of {total('aboard')} patients aboard fetched,"
        f" {total('must_placed')} of {total('must')} renal, oncology and hdu journeys"
        f" and {total('placed')} of {total('left')} of all placed, {total('unexplained')} without place or reason;"
        f" others moved by over {MOVED_MIN} min: most {max(moved)}, {sum(count > 3 for count in moved)} times over 3;"
        f" {total('others_left_out')} others left out; {sum(bool(loss.refused) for loss in losses)} refused"
    )


def chosen(state: DayState, count: int) -> list[str]:
    """Half of them the duties with most patients aboard, the others those with most stops to come."""
    working = [duty for duty in state.duties.values() if duty.ahead]
    full = sorted((duty for duty in working if duty.aboard), key=lambda duty: -len(duty.aboard))
    busy = sorted(working, key=lambda duty: -len(duty.ahead))
    return list(dict.fromkeys(duty.duty.duty_id for duty in [*full[: count // 2], *busy]))[:count]


def loss_of(duty_id: str, found: Round) -> Loss:
    state, changes = found.state, {change.journey_id: change for change in found.diff.changes}
    aboard = set(state.to_rescue())
    its = aboard | {j for j, it in state.journeys.items() if it.why == f"{duty_id} was lost"}
    must = {j for j in its if state.journeys[j].journey.category in MUST}
    served = {stop.journey_id for duty in found.after.duties if duty.duty_id != duty_id for stop in duty.stops}
    explained = {each.journey_id for each in found.after.unserved if each.reasons}
    others = [change for journey_id, change in changes.items() if journey_id not in its]
    return Loss(
        duty_id=duty_id,
        aboard=len(aboard),
        rescued=len(aboard & served),
        must=len(must),
        must_placed=len(must & served),
        left=len(its),
        placed=len(its & served),
        unexplained=len(its - served - explained),
        others_moved=sum(change.minutes is not None and abs(change.minutes) > MOVED_MIN for change in others),
        others_left_out=sum(change.kind is ChangeKind.LEFT_OUT for change in others),
        seconds=found.spent.seconds,
        processor=found.spent.processor,
        refused=tuple(sorted({violation.code.value for violation in found.broken})),
    )


if __name__ == "__main__":
    main()
