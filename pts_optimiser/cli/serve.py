"""``serve``: the whole service on one machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pts_optimiser.cli.service import named_store, require_port, require_service
from pts_optimiser.cli.terminal import answering, say
from pts_optimiser.cli.work import Memory, Network


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65_535)] = 8000,
    data: Annotated[Path, typer.Option("--data", help="Folder of the database and its files; made if absent.")] = Path(
        "pts-data"
    ),
    memory: Memory = 4.0,
    network: Network = None,
    base_map: Annotated[
        Path | None,
        typer.Option(
            "--base-map", exists=True, dir_okay=False, help="GeoJSON to draw runs on, not the network's roads."
        ),
    ] = None,
) -> None:
    """Serve the API and its page here, with a worker and a database. The first admin's key is told once, for a week."""
    with answering(as_json=False):
        require_service()
        require_port(port)
        if network is not None:
            from pts_optimiser.planning.network_travel import usable_roads

            usable_roads(network)
        from pts_optimiser.cli.together import together
        from pts_optimiser.services.hosted.first_key import first_key
        from pts_optimiser.store import Store, upgrade

        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        url = named_store(data, None)
        upgrade(url)
        with Store(url) as store:
            token = first_key(store)
        if token is not None:
            typer.echo(f"Key of the first admin, told this once and good for a week: {token}")
        say(f"Serving on http://127.0.0.1:{port} from {data}; end with Ctrl-C.")
        python = [sys.executable, "-m"]
        roads = [] if network is None else ["--network", str(network)]
        ground = [] if base_map is None else ["--base-map", str(base_map)]
        ended = together(
            [*python, "api", "--port", str(port), "--store", url, *roads, *ground],
            [*python, "pts_optimiser", "work", url, "--memory", str(memory), *roads],
        )
    raise typer.Exit(ended)
