"""``check``: the referee."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from pts_optimiser.cli.terminal import Json, answering, print_json

BROKEN = 1


def check(
    roster: Annotated[Path, typer.Argument(help="roster.json, or the folder that plan wrote.")],
    journeys: Annotated[Path | None, typer.Option("--journeys", help="Else the file beside the roster.")] = None,
    duties: Annotated[Path | None, typer.Option("--duties", help="Else the file beside the roster.")] = None,
    policy: Annotated[Path | None, typer.Option("--policy", help="Else the file beside the roster.")] = None,
    json: Json = False,
) -> None:
    """Recompute a roster independently of the solver and name every rule that it breaks (exit code 1)."""
    with answering(as_json=json):
        from pts_optimiser.services.check import check_roster

        verdict = check_roster(roster, journeys=journeys, duties=duties, policy=policy)
        counts = Counter(violation.code.value for violation in verdict.violations)
        if json:
            print_json(
                {
                    "passed": not verdict.violations,
                    "journeys": verdict.journeys,
                    "by_code": dict(counts),
                    "violations": [
                        {
                            "code": v.code.value,
                            "message": v.message,
                            "duty_id": v.duty_id,
                            "journey_id": v.journey_id,
                            "stop": v.stop,
                        }
                        for v in verdict.violations
                    ],
                }
            )
        elif not verdict.violations:
            served = verdict.journeys - len(verdict.roster.unserved)
            typer.echo(f"Passed: {served:,} of {verdict.journeys:,} journeys served, no rule broken.")
        else:
            for violation in verdict.violations:
                typer.echo(str(violation))
            typer.echo("; ".join(f"{code} {count}" for code, count in counts.most_common()))
    if verdict.violations:
        raise typer.Exit(BROKEN)
