"""``forget``: whole days deleted when their time has come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from pts_optimiser.cli.service import DataFolder, StoreOption, named_store, require_service
from pts_optimiser.cli.terminal import Json, answering, print_json


def forget(
    keep_days: Annotated[
        int,
        typer.Option(
            "--keep-days",
            min=1,
            envvar="PTS_FORGET_DAYS",
            help="Days more than so many before today go: bookings, rosters, events and all that was made of them.",
        ),
    ],
    data: DataFolder = None,
    store: StoreOption = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help="Who has it done, for the audit; the account that runs this, if nobody is named."),
    ] = None,
    retired: Annotated[
        bool, typer.Option("--retired", help="Nobody plans here any more: the last day may be long past.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell which days would go, and change nothing.")] = False,
    json: Json = False,
) -> None:
    """Forget the days that have been kept long enough, while the service runs. Today, later days and the audit stay."""
    with answering(as_json=json):
        require_service()
        from pts_optimiser.services.hosted import forgetting
        from pts_optimiser.store import Store

        now = datetime.now(UTC)
        with Store(named_store(data, store)) as opened:
            if dry_run:
                gone = forgetting.due(opened, keep_days, at=now, retired=retired)
            else:
                gone = forgetting.forget(opened, keep_days, by=by or _account(), at=now, retired=retired)
        if json:
            told = {"before": gone.before.isoformat(), "days": [day.isoformat() for day in gone.days]}
            print_json(told | {"studies": gone.studies, "dry_run": dry_run})
            return
        days = f"{len(gone.days):,} {'day' if len(gone.days) == 1 else 'days'} before {gone.before}"
        if gone.days:
            days += f" ({gone.days[0]} to {gone.days[-1]})"
        typer.echo(
            f"Would forget {days}." if dry_run else f"Forgot {days}, and the journeys of {len(gone.studies)} studies."
        )


def _account() -> str:
    """The account of the system that runs this; its number where it has no name, as in a container."""
    import os
    import pwd

    try:
        return f"cli:{pwd.getpwuid(os.getuid()).pw_name}"
    except KeyError:
        return f"cli:{os.getuid()}"
