"""The final timing before and after on one day: ``python -m benchmarks.timing [--seconds 90] [--seed 1] [--scale 1]``.

Before: every stop as early as the rules allow, as the search leaves it. After: times by linear programming. Both are
judged by the referee.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from time import process_time

from benchmarks.days import line
from pts_optimiser.checking import check
from pts_optimiser.demand.day import generate_day
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.build import build
from pts_optimiser.planning.day import Search
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.read_back import read_back
from pts_optimiser.planning.reasons import unserved
from pts_optimiser.planning.travel import formula_travel
from pts_optimiser.planning.wishes import timing_wishes
from pts_optimiser.reporting.kpis import kpis
from pts_optimiser.reporting.rides import Ride, rides
from solver.alone import fits_alone
from solver.progress import silent
from solver.timing import retimed


def slack_s(ride: Ride, policy: Policy) -> int | None:
    """Seconds between the promised stop and the latest moment of its target."""
    standard = policy.standard(ride.journey)
    if ride.early_s is not None:
        return ride.early_s + standard.arrive_late.target
    return None if ride.wait_s is None else standard.collect.target - ride.wait_s


def figures(roster: Roster, found: dict[str, object], served: Sequence[Ride], policy: Policy) -> dict[str, str]:
    slacks = [slack for ride in served if (slack := slack_s(ride, policy)) is not None]
    aboard, wait, arrivals = (found[name] for name in ("time_aboard", "wait_after_ready", "arrivals"))
    worked = [duty.stops for duty in roster.duties if duty.stops]
    hours = sum((stops[-1].arrive_at - stops[0].depart_at).total_seconds() for stops in worked) / 3600
    return {
        "time aboard, mean (min)": f"{aboard['mean_min']:.1f}",
        "time aboard, p90 (min)": f"{aboard['p90_min']:.1f}",
        "wait after ready, p50 (min)": f"{wait['p50_min']:.1f}",
        "wait after ready, p90 (min)": f"{wait['p90_min']:.1f}",
        "earliness at the appointment, mean (min)": f"{arrivals['early_mean_min']:.1f}",
        "earliness at the appointment, p90 (min)": f"{arrivals['early_p90_min']:.1f}",
        **{
            f"promised stops with under {minutes} min to the latest moment": f"{sum(s < 60 * minutes for s in slacks)}"
            for minutes in (5, 10, 15)
        },
        "journeys that miss a target": f"{sum(row['missed'] for row in found['standards'])}",
        "standards met": f"{found['standards_met']} of {found['standards_with_target']}",
        "duty hours, departure to return": f"{hours:,.0f}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", type=date.fromisoformat, default=date(2026, 9, 15))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    day = generate_day(options.date, options.seed, scale=options.scale, known="all")
    policy = load_policy()
    places = places_of(day.journeys, day.duties)
    travel = formula_travel(places, policy, options.date)
    problem = build(day.journeys, day.duties, policy, travel, places, options.date)
    before = Search(budget_s=options.seconds, seed=options.seed, workers=options.workers).solve(problem, silent)
    began = process_time()
    after = retimed(problem, before, timing_wishes(day.journeys))
    took = process_time() - began
    left = unserved(before, problem, fits_alone(problem), day.journeys, day.duties, policy)
    columns = []
    for solution in (before, after):
        duties = read_back(solution, problem, day.journeys, day.duties, policy, travel, options.date)
        names = {"distancing": "off", "standards": policy.standards_name}
        roster = Roster(options.date, {}, names, {}, {}, duties, left)
        if violations := check(roster, day.journeys, day.duties, policy, travel):
            raise AssertionError(violations)
        found = kpis(roster, day.journeys, day.duties, policy, travel)
        columns.append(figures(roster, found, list(rides(roster, day.journeys, travel)), policy))
    print(f"{len(day.journeys):,} journeys, {len(before.routes)} routes, timed in {took:.2f} s of one core\n")
    print(line(("", "earliest times", "final timing")))
    print(line(("---", "--:", "--:")))
    for name in columns[0]:
        print(line((name, *(column[name] for column in columns))))


if __name__ == "__main__":
    main()
