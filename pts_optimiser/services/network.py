"""``network``: road networks on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from geodata.calibration import Calibration, calibrated, keep_scale
from geodata.cch import prepare
from geodata.errors import RoadsError
from geodata.extract import OnProgress, prepared_network, silent
from geodata.generated import generate
from geodata.network import RoadNetwork, open_network
from geodata.roads import open_roads
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Severity
from pts_optimiser.intake.drives import drives_array, read_drives
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.planning.travel import midday_band
from pts_optimiser.services.sources import Source


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
        on_progress("ordering", ready.roads)
        prepare(ready.network, out)
    except RoadsError as error:
        raise InputError(str(error)) from error
    return _prepared(ready.network, out, began, built=ready.built, roads=ready.roads, left_out_km=ready.left_out_km)


def generate_network(nodes: int, seed: int, out: Path) -> Prepared:
    """Make a synthetic network of the service area, always the same for a number of junctions and a seed.

    One that is there already is left as it is.

    Raises
    ------
    InputError
        Too few junctions, or a folder that cannot be written.
    """
    began = perf_counter()
    made_of = {"nodes": nodes, "seed": seed}
    try:
        network = _there_already(out, made_of)
        built = network is None
        if network is None:
            network = generate(nodes, seed)
            network.save(out, **made_of)
        prepare(network, out)
    except RoadsError as error:
        raise InputError(str(error)) from error
    return _prepared(network, out, began, built=built, roads=0, left_out_km=0.0)


def calibrate_network(folder: Path, drives: Source, policy: Source | None = None) -> Calibration:
    """Fit a network's speeds to known drives (CSV: from_lat, from_lon, to_lat, to_lon, minutes) and keep the factor.

    The drives are taken to be of the band between the rush hours.

    Raises
    ------
    InputError
        A row that cannot be read, no network, or hardly any drives on it.
    """
    rules = load_policy(policy.readable if policy else None)
    read = read_drives(drives.readable, rules)
    if any(issue.severity is Severity.ERROR for issue in read.issues):
        raise InputError(f"{drives.name} cannot be used as it is", read.issues)
    known = drives_array(read)
    try:
        found = calibrated(
            open_roads(folder),
            origin=known[:, :2],
            destination=known[:, 2:4],
            known_s=known[:, 4] * 60,
            speed_factors=rules.traffic.speed_factors,
            band=midday_band(rules),
        )
        keep_scale(folder, found.scale)
    except RoadsError as error:
        raise InputError(str(error)) from error
    return found


def _there_already(folder: Path, made_of: Mapping[str, int]) -> RoadNetwork | None:
    try:
        network, meta = open_network(folder)
    except RoadsError:  # none, of another version, or damaged: to be made
        return None
    return network if made_of.items() <= meta.items() else None


def _prepared(
    network: RoadNetwork, folder: Path, began: float, *, built: bool, roads: int, left_out_km: float
) -> Prepared:
    return Prepared(
        folder=folder,
        built=built,
        roads=roads,
        junctions=network.nodes,
        arcs=network.arcs,
        left_out_km=left_out_km,
        model=network.model,
        attribution=network.attribution,
        seconds=perf_counter() - began,
    )
