"""``network``: road networks on disk."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pts_optimiser.cli.terminal import Json, answering, print_json, source

if TYPE_CHECKING:
    from pts_optimiser.services.network import Prepared

app = typer.Typer(help="Road networks from OpenStreetMap extracts.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def network() -> None:
    """Road networks from OpenStreetMap extracts."""


@app.command("build")
def build(
    extract: Annotated[Path, typer.Argument(help="OpenStreetMap extract, .osm.pbf.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the network.")],
    tolls: Annotated[bool, typer.Option("--tolls/--no-tolls", help="Use roads with a toll, or leave them out.")] = True,
    json: Json = False,
) -> None:
    """Make a road network of an extract; one made already from the same extract by the same rules is left as it is."""
    with answering(as_json=json):
        from pts_optimiser.services.network import build_network

        with _progress_bar(quiet=json) as show:
            made = build_network(extract, out, tolls=tolls, on_progress=show)
        _print(made, as_json=json)


@app.command("generate")
def generate(
    out: Annotated[Path, typer.Option("--out", help="Folder for the network.")],
    nodes: Annotated[int, typer.Option("--nodes", help="Junctions.")] = 100_000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same roads.")] = 1,
    json: Json = False,
) -> None:
    """Make a synthetic road network of the service area, for trying out: its roads are nowhere to be found."""
    with answering(as_json=json):
        from pts_optimiser.services.network import generate_network

        _print(generate_network(nodes, seed, out), as_json=json)


@app.command("calibrate")
def calibrate(
    network: Annotated[Path, typer.Argument(help="Folder of a road network.")],
    drives: Annotated[
        Path, typer.Argument(help="Known drives: from_lat, from_lon, to_lat, to_lon, minutes (between rush hours).")
    ],
    policy: Annotated[Path | None, typer.Option("--policy", help="Policy file laid over the default.")] = None,
    json: Json = False,
) -> None:
    """Fit a network's speeds to drives that are known; the factor is kept with the network."""
    with answering(as_json=json):
        from pts_optimiser.services.network import calibrate_network

        found = calibrate_network(network, source(drives), source(policy) if policy else None)
        if json:
            print_json(asdict(found))
            return
        typer.echo(
            f"{network}: times × {found.scale:g} from {found.drives:,} drives; mean error"
            f" {found.error_before:.1%} before, {found.error_after:.1%} after."
        )
        if found.left_out:
            typer.echo(f"Left out: {found.left_out:,} drives that begin or end off the network.")


def _print(made: Prepared, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "out": str(made.folder),
                "built": made.built,
                "roads": made.roads,
                "junctions": made.junctions,
                "arcs": made.arcs,
                "left_out_km": made.left_out_km,
                "model": made.model,
                "attribution": made.attribution,
                "seconds": round(made.seconds, 2),
            }
        )
        return
    how = f"built in {made.seconds:.1f} s" if made.built else "was there already, from the same extract and rules"
    of_roads = f" of {made.roads:,} roads" if made.roads else ""
    typer.echo(f"{made.folder}: {made.junctions:,} junctions, {made.arcs:,} arcs{of_roads}; {how}.")
    if made.left_out_km:
        typer.echo(f"Left out: {made.left_out_km:,.1f} km that the rest cannot reach or be reached from.")
    typer.echo(f"{made.model} · {made.attribution}")


@contextmanager
def _progress_bar(*, quiet: bool) -> Iterator[Callable[[str, int], None]]:
    """What is being done and how many roads have been read; how many there are is known only at the end."""
    if quiet or not sys.stderr.isatty():
        yield lambda _doing, _roads: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[roads]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, roads="")
        yield lambda doing, roads: bar.update(task, description=doing, roads=f"{roads:,} roads")
