"""``work``: a worker for the jobs of a store."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from pts_optimiser.cli.service import StoreUrl, require_service
from pts_optimiser.cli.terminal import answering, say

Memory = Annotated[float, typer.Option("--memory", min=1, help="GiB of memory (address space) that one job may have.")]

Network = Annotated[
    Path | None,
    typer.Option(
        "--network",
        envvar="PTS_NETWORK",
        help="Folder of a road network (see network build): plans go by road. Without one, by a formula.",
    ),
]

KeepDays = Annotated[
    int,
    typer.Option(
        "--keep-days",
        min=1,
        envvar="PTS_KEEP_DAYS",
        help="Days after which what was never published, drafts and vehicles' positions are removed.",
    ),
]


def work(store: StoreUrl, memory: Memory = 4.0, keep_days: KeepDays = 90, network: Network = None) -> None:
    """Carry out what is ordered from the service: plans, re-plans, exports. Run as many as there is room for."""
    with answering(as_json=False):
        require_service()
        from pts_optimiser.jobs.worker import GIBIBYTE, Limits, Worker
        from pts_optimiser.store import upgrade

        if network is not None:
            from pts_optimiser.planning.network_travel import usable_roads

            usable_roads(network)
        upgrade(store)
        worker = Worker(store, Limits(memory=round(memory * GIBIBYTE), keep_days=keep_days), network)
        for end in (signal.SIGTERM, signal.SIGINT):
            signal.signal(end, lambda *_: worker.stop())
        say("Loading the kernels; the first time on a machine they are compiled, for a minute or more.")
        worker.run(lambda: say("Working."))
