"""A day re-planned as it goes: ``python -m benchmarks.reoptimise [--minutes 0 1 5 30] [--budget 0.5 | --iterations N]
[--folder DIR]``.

Plans the day-before input of a generated weekday, then takes its events as they come: at the beginning of every hour
all of the hour before, which is not counted, then ``--each`` batches of so many minutes, or with 0 minutes single
events. Every roster is put in force. Prints wall-clock seconds from the events to the checked roster, processor seconds
of all threads, where they went, and what became of the plan. Crews report nothing, so vehicles keep to the roster.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from os import getloadavg
from pathlib import Path
from tempfile import gettempdir

import numpy as np

from benchmarks.replans import Spent, planned_day, put_in_force, replanned
from pts_optimiser.dayof import Plan
from pts_optimiser.dayof.diff import ChangeKind
from pts_optimiser.domain.events import Event
from pts_optimiser.planning.replan import Replanner, Replanning
from pts_optimiser.planning.replan.published import Published


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, nargs="+", default=[0, 1, 5, 30], help="of a batch; 0: single events")
    parser.add_argument("--each", type=int, default=4, help="batches an hour, as many as there is time for")
    parser.add_argument("--budget", type=float, default=0.5, help="seconds of search of one")
    parser.add_argument("--iterations", type=int, help="of search of one, in place of seconds")
    parser.add_argument("--from", type=int, default=6, dest="first", help="hour")
    parser.add_argument("--to", type=int, default=20, dest="last", help="hour")
    parser.add_argument("--plan-seconds", type=float, default=40)
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "pts-optimiser-weekday")
    options = parser.parse_args()
    first, events = planned_day(options.folder, options.plan_seconds)
    known = sorted(max(event.occurred_at, event.received_at) for event in events)
    for minutes in options.minutes:
        moments = [
            (moment, k > 0)
            for hour in range(options.first, options.last)
            for k, moment in enumerate(moments_of(first.origin + timedelta(hours=hour), minutes, options.each, known))
        ]
        print(f"\n{f'batches of {minutes} minutes' if minutes else 'single events'}\n")
        play(first, events, moments, Replanning(budget_s=options.budget, iterations=options.iterations))


def moments_of(hour: datetime, minutes: int, each: int, known: Sequence[datetime]) -> Iterator[datetime]:
    """The hour and the ends of the batches in it."""
    yield hour
    end = hour + timedelta(hours=1)
    if minutes:
        yield from (hour + timedelta(minutes=k * minutes) for k in range(1, min(each, (60 - 1) // minutes) + 1))
    else:
        yield from [moment for moment in known if hour < moment < end][:each]


def play(first: Plan, events: Sequence[Event], moments: Sequence[tuple[datetime, bool]], how: Replanning) -> None:
    """Re-plan at the moments; only those marked are counted."""
    in_force, replanner = first, Replanner(first.policy)
    counted: list[Spent] = []
    kinds, crews, refused = Counter[ChangeKind](), 0, 0
    for now, counts in moments:
        found = replanned(in_force, events, now, replanner, how)
        counted += [found.spent] if counts else []
        kinds.update(change.kind for change in found.diff.changes if change.kind is not ChangeKind.WITHOUT)
        crews += len(found.diff.told)
        refused += bool(found.broken)
        for violation in found.broken:
            print(f"{now:%H:%M} refused: {violation}")
        if not found.broken:
            in_force = put_in_force(in_force, found)
    took = [spent.seconds for spent in counted]
    p50, p95 = np.percentile(took, [50, 95])
    worked = np.percentile([spent.processor for spent in counted], [50, 95])
    print(
        f"{len(took)} re-plans: p50 {p50:.2f} s, p95 {p95:.2f} s, most {max(took):.2f} s; processor p50 {worked[0]:.2f}"
        f" s, p95 {worked[1]:.2f} s; load {getloadavg()[0]:.1f}; {refused} refused"
    )
    print(
        "median seconds: "
        + ", ".join(f"{stage} {np.median([s.wall[stage] for s in counted]):.2f}" for stage in counted[0].wall)
    )
    told = Published.of(in_force)
    driven = sum(duty.drive_s for duty in in_force.roster.duties) / 3600
    print(
        f"{len(in_force.duty_of):,} journeys have a place, {len(in_force.roster.unserved)} none; {len(told.moved)} of"
        f" {told.count:,} published ones on another duty; {driven:,.0f} h of driving;"
        f" { {kind.value: n for kind, n in kinds.items()} }; {crews} crews told in all"
    )


if __name__ == "__main__":
    main()
