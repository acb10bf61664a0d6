"""The generated region, snapping, lines of legs and base map: ``python -m benchmarks.region [--nodes N ...]``.

Prints CPU seconds by size, and drives between rush hours beside the calibrated ones of the data folder (``PTS_DATA``,
default ``../shared/data``) where it is there.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.base_map import base_map
from geodata.earth import crow_fly_km
from geodata.generated import generate
from geodata.legs import leg_lines
from geodata.network import TRAFFIC_CLASSES, RoadNetwork
from geodata.polyline import encoded
from geodata.postcodes import sectors
from geodata.snapping import beyond, prepared, snap

BETWEEN_RUSH_HOURS = {"motorway": 0.88, "urban_main": 0.72, "urban_minor": 0.80, "rural": 0.92}
"""Speed of 09:30–15:00 as a part of that of an empty road."""
LEGS, ARCS_A_LEG, PLACES = 8000, 200, 4000
KM = (0, 2, 5, 10, 20, 40, 80)

Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = process_time()
    result = work()
    return process_time() - start, result


def places(count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points round postcode sectors of the region, a kilometre's spread."""
    table, rng = sectors(), np.random.default_rng(1)
    sector = rng.choice(np.flatnonzero(table.lon > -3.3), count)
    return table.lat[sector] + rng.normal(0, 0.009, count), table.lon[sector] + rng.normal(0, 0.009, count)


def walks(roads: RoadNetwork) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Random walks: where each begins, and their arcs."""
    rng, leaving, head = np.random.default_rng(1), np.searchsorted(roads.tail, np.arange(roads.nodes + 1)), roads.head
    node, arcs = rng.integers(roads.nodes, size=LEGS, dtype=np.int32), np.empty((LEGS, ARCS_A_LEG), np.int64)
    for step in range(ARCS_A_LEG):
        arcs[:, step] = leaving[node] + (rng.random(LEGS) * (leaving[node + 1] - leaving[node])).astype(np.int64)
        node = head[arcs[:, step]]
    return np.arange(LEGS + 1) * ARCS_A_LEG, arcs.ravel()


def sizes(nodes: int) -> list[str]:
    generating, roads = timed(lambda: generate(nodes, seed=1))
    preparing, _ = timed(lambda: prepared(roads))
    snapping, where = timed(lambda: snap(roads, *places(PLACES)))
    first, arcs = walks(roads)
    begin, end = np.random.default_rng(2).random((2, LEGS))
    drawing, lines = timed(lambda: leg_lines(roads, first, arcs, begin, end))
    thinning, _ = timed(lambda: leg_lines(roads, first, arcs, begin, end, tolerance_m=15))
    encoding, _ = timed(lambda: encoded(lines))
    mapping, document = timed(lambda: base_map(roads))
    size = len(json.dumps(document, separators=(",", ":"))) / 1e6
    figures = f"{generating:.1f}", f"{preparing:.2f}", f"{snapping:.3f} ({len(beyond(where))} beyond 500 m)"
    drawn = f"{drawing:.2f}", f"{thinning:.2f}", f"{encoding:.2f}", f"{mapping:.2f} ({size:.1f} MB)"
    return [f"{roads.nodes:,} / {roads.arcs:,}", *figures, *drawn]


def drives(nodes: int, data: Path) -> list[list[str]]:
    """By crow-fly distance, minutes of drives from census areas to hospitals: calibrated ones and on the network."""
    areas = {row["lsoa"]: (float(row["LAT"]), float(row["LONG"])) for row in _rows(data, "lsoa2011_area_centroids.csv")}
    sites = {
        row["postcode"]: (float(row["Latitude"]), float(row["Longitude"]))
        for row in _rows(data, "stroke_hospital_sites_area.csv")
    }
    table = _rows(data, "lsoa_to_hospital_minutes_area.csv")
    names = [name for name in table[0] if name in sites]
    real = np.array([[float(row[name]) for row in table] for name in names])
    lat, lon = np.array([sites[name] for name in names] + [areas[row["LSOA"]] for row in table]).T
    roads = generate(nodes, seed=1)
    where = snap(roads, lat, lon)
    speed = np.array([BETWEEN_RUSH_HOURS[name] for name in TRAFFIC_CLASSES])[roads.traffic_class]
    minutes = roads.freeflow_cs / speed / 6000
    graph = csr_array((minutes, (roads.tail, roads.head)), shape=(roads.nodes, roads.nodes))
    arc, h = where.arc[:, 0], len(names)
    into = minutes[arc] * (1 - where.fraction)
    ours = dijkstra(graph.T.tocsr(), indices=roads.tail[arc[:h]])[:, roads.head[arc[h:]]] + into[h:] + into[:h, None]
    km = crow_fly_km(lat, lon, slice(0, h))[:, h:]
    near = (where.off_road_m[:h, None] < 2000) & (where.off_road_m[h:] < 2000)
    rows = []
    for low, high in pairwise(KM):
        within = near & (km >= low) & (km < high)
        quantiles = (" / ".join(f"{m:.1f}" for m in np.percentile(x[within], (10, 50, 90))) for x in (real, ours))
        error = np.abs(ours[within] / real[within] - 1).mean()
        rows.append([f"{low}–{high}", f"{within.sum():,}", *quantiles, f"{error:.0%}"])
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="*", default=[100_000, 500_000, 1_000_000])
    nodes = parser.parse_args().nodes
    made = "junctions / arcs", "generated (s)", "search prepared (s)", f"{PLACES:,} places snapped (s)"
    drawn = f"{LEGS:,} legs of {ARCS_A_LEG} arcs as lines (s)", "to 15 m (s)", "encoded (s)", "base map (s)"
    _table([*made, *drawn], [sizes(count) for count in nodes])
    data = Path(os.environ.get("PTS_DATA", "../shared/data"))
    if data.is_dir():
        _table(
            ["crow-fly km", "drives", "calibrated p10 / p50 / p90", "here", "mean difference"],
            drives(nodes[len(nodes) // 2], data),
        )


def _rows(data: Path, name: str) -> list[dict[str, str]]:
    with (data / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _table(head: list[str], rows: list[list[str]]) -> None:
    print("|", " | ".join(head), "|")
    print("|" + "---|" * len(head))
    for row in rows:
        print("|", " | ".join(row), "|")
    print()


if __name__ == "__main__":
    main()
