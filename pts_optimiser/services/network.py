"""``network``: road networks on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from geodata.errors import RoadsError
from geodata.extract import OnProgress, prepared_network, silent
from pts_optimiser.domain.errors import InputError


@dataclass(frozen=True, slots=True)
class Prepared:
    """A road network in its folder, ready to be used."""

    folder: Path
    built: bool  # False: it had been there, from the same extract by the same rules
    roads: int  # ways of the extract that are roads for us
    junctions: int
    arcs: int
    left_out_km: float  # of arcs from which, or to which, there is no way
    model: str
    attribution: str
    seconds: float


def build_network(extract: Path, out: Path, *, tolls: bool = True, on_progress: OnProgress = silent) -> Prepared:
    """Make the road network of an OpenStreetMap extract, or find it made already.

    Raises
    ------
    InputError
        An extract that cannot be read or has no roads, or a folder that cannot be written.
    """
    began = perf_counter()
    try:
        ready = prepared_network(extract, out, tolls=tolls, on_progress=on_progress)
    except RoadsError as error:
        raise InputError(str(error)) from error
    network = ready.network
    return Prepared(
        folder=out,
        built=ready.built,
        roads=ready.roads,
        junctions=network.nodes,
        arcs=network.arcs,
        left_out_km=ready.left_out_km,
        model=network.model,
        attribution=network.attribution,
        seconds=perf_counter() - began,
    )
