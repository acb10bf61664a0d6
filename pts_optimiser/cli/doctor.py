"""``doctor`` and ``warm``: the installation."""

from __future__ import annotations

import typer

from pts_optimiser.cli.terminal import Json, answering, print_json

UNSOUND = 1


def doctor(json: Json = False) -> None:
    """Check the installation by trying everything that a plan needs."""
    with answering(as_json=json):
        from pts_optimiser.services.doctor import doctor as doctor_service

        findings = doctor_service()
        if json:
            print_json({"findings": [{"what": f.what, "good": f.good, "detail": f.detail} for f in findings]})
        else:
            for finding in findings:
                typer.echo(f"{'ok  ' if finding.good else 'FAIL'}  {finding.what}: {finding.detail}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(UNSOUND)


def warm(json: Json = False) -> None:
    """Compile the kernels and leave them in the cache, so that the next plan starts at once."""
    with answering(as_json=json):
        from pts_optimiser.services.doctor import warm as warm_service

        seconds = warm_service()
        if json:
            print_json({"seconds": round(seconds, 2)})
        else:
            typer.echo(f"Kernels are compiled ({seconds:.1f} s).")
