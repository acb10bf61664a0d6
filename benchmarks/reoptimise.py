"""A day re-planned as it goes: ``python -m benchmarks.reoptimise [--every 15] [--budget 0.5] [--from 6] [--to 20]``.

Plans the day-before input of a generated weekday, then takes its events as they come, every so many minutes on from the
roster that the last re-plan left. Prints how long an answer takes (wall-clock seconds from the events to the checked
roster) and what changes. Crews report nothing, so vehicles keep to the roster in force.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from pts_optimiser.checking.day import check_day
from pts_optimiser.dayof import fold, plan_of
from pts_optimiser.dayof.as_roster import standing_roster
from pts_optimiser.dayof.diff import ChangeKind, difference
from pts_optimiser.dayof.rules import day_journeys, day_rules
from pts_optimiser.intake.events import read_events
from pts_optimiser.planning.day import Search
from pts_optimiser.planning.replan import Replanning, reoptimise
from pts_optimiser.services.generate import generate
from pts_optimiser.services.plan import Order, plan
from pts_optimiser.services.reoptimise import read_plan
from pts_optimiser.services.sources import read_source

DAY = date(2026, 9, 15)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=15, help="minutes between two re-plans")
    parser.add_argument("--budget", type=float, default=0.5, help="seconds of search of one")
    parser.add_argument("--from", type=int, default=6, dest="first", help="hour")
    parser.add_argument("--to", type=int, default=20, dest="last", help="hour")
    parser.add_argument("--plan-seconds", type=float, default=40)
    arguments = parser.parse_args()
    with TemporaryDirectory() as work:
        day = generate(DAY, 1, Path(work, "in"), known="day-before")[0].folder
        order = Order(
            read_source(day / "journeys.csv"),
            read_source(day / "duties.csv"),
            Path(work, "plan"),
            search=Search(budget_s=arguments.plan_seconds),
        )
        plan(order, lambda _progress: None)
        in_force = read_plan(Path(work, "plan"))
        events = read_events(day / "events.jsonl", in_force.policy, service_date=DAY).items
    took, kinds, crews = [], Counter[ChangeKind](), 0
    first_of = dict(in_force.duty_of)
    for minute in range(arguments.first * 60, arguments.last * 60 + 1, arguments.every):
        now = in_force.origin + timedelta(minutes=minute)
        began = perf_counter()
        state = fold(in_force, events, now)
        before, rules, journeys = standing_roster(in_force, state), day_rules(in_force, state), day_journeys(state)
        duties = tuple(duty.duty for duty in state.duties.values())
        found = reoptimise(in_force, state, before, rules, Replanning(budget_s=arguments.budget))
        after = replace(before, duties=found.duties, unserved=found.unserved)
        broken = check_day(after, before, rules, journeys, duties, in_force.policy, found.travel)
        took.append(perf_counter() - began)
        diff = difference(before, after, state, found.driving_s)
        kinds.update(change.kind for change in diff.changes if change.kind is not ChangeKind.WITHOUT)
        crews += len(diff.told)
        verdict = Counter(violation.code.value for violation in broken) or "passed"
        print(
            f"{now:%H:%M} {took[-1]:.2f} s · {dict(Counter(c.kind.value for c in diff.changes))} ·"
            f" {len(diff.told)} crews · {len(after.unserved)} without · {verdict}"
        )
        if not broken:
            in_force = plan_of(after, journeys, duties, in_force.policy, found.travel, now)
    moved = sum(first_of.get(journey_id, duty_id) != duty_id for journey_id, duty_id in in_force.duty_of.items())
    p50, p95 = np.percentile(took, [50, 95])
    print(
        f"\n{len(took)} re-plans: p50 {p50:.2f} s, p95 {p95:.2f} s, most {max(took):.2f} s;"
        f" {moved} of {len(first_of):,} published journeys ended on another duty;"
        f" { {k.value: n for k, n in kinds.items()} }; {crews} crews told in all"
    )


if __name__ == "__main__":
    main()
