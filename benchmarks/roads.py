"""Travel times of a region, ours and others': ``python -m benchmarks.roads [--nodes 500000 1000000] [--check 1000]``.

Prints two Markdown tables: what our engine takes, and the same matrices by other packages, each in its own process.
Roads are generated (seeded) and kept with their hierarchy in the temporary folder. Seconds are of
the processor, one core, median of several runs once everything is compiled; of slow engines some rows are run and
scaled.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

import numpy as np
from scipy.sparse.csgraph import dijkstra

from benchmarks.days import line
from benchmarks.measuring import FOLDER, peak_mb, places, region, seconds
from benchmarks.road_peers import ENGINES, as_matrix, rounded
from geodata.cch import CLOSED, Hierarchy, Metric, prepare
from geodata.network import RoadNetwork
from geodata.snapped import Snapped

SLOWNESS = np.array(
    [
        [1.0, 1.05, 1.05, 1.0],
        [1.33, 1.67, 1.43, 1.18],
        [1.14, 1.39, 1.25, 1.09],
        [1.39, 1.75, 1.47, 1.19],
        [1.09, 1.25, 1.15, 1.05],
    ]
)
"""Time multipliers of five bands by traffic class."""

LENGTHS = 2**27
"""scipy's distances are centiseconds × 2²⁷ + decimetres where lengths are checked too."""


def snapped(network: RoadNetwork, count: int) -> Snapped:
    """Random places on roads."""
    rng = np.random.default_rng(1)
    arc = rng.integers(0, network.arcs, count)
    along = network.tail.astype(np.int64) * network.nodes + network.head
    back = network.head[arc].astype(np.int64) * network.nodes + network.tail[arc]
    order = np.argsort(along)
    found = order[np.minimum(np.searchsorted(along, back, sorter=order), network.arcs - 1)]
    other = np.where(along[found] == back, found, -1)
    return Snapped(np.stack([arc, other], axis=1).astype(np.int32), rng.random(count), np.zeros(count))


def ours(nodes: int) -> dict[str, str]:
    """Every figure of our engine on one region."""
    network = region(nodes)
    began = process_time()
    hierarchy = prepare(network, FOLDER / str(nodes))
    first = process_time() - began
    found = {"nodes / arcs": f"{network.nodes:,} / {network.arcs:,}"}
    if first > 5:
        found["order and hierarchy, once (s)"] = f"{first:.1f}"
    found["hierarchy opened from its cache (s)"] = f"{seconds(lambda: prepare(network, FOLDER / str(nodes)), 3):.3f}"
    found["new speeds for the whole network (s)"] = f"{seconds(lambda: hierarchy.customised(network.freeflow_cs)):.3f}"
    metric = hierarchy.customised(network.freeflow_cs)
    for count in (500, 4000):
        where = places(network, count)
        found[f"{count:,} × {count:,}, times (s)"] = f"{seconds(lambda w=where: metric.matrix(w, w, metres=False)):.3f}"
        found[f"{count:,} × {count:,}, times and metres (s)"] = f"{seconds(lambda w=where: metric.matrix(w, w)):.3f}"
    on_roads = snapped(network, 4000)
    found["4,000 × 4,000 on roads, times and metres (s)"] = f"{seconds(lambda: metric.matrix(on_roads, on_roads)):.3f}"
    found.update(rest(hierarchy, metric, network, on_roads))
    found["peak memory (MB)"] = f"{peak_mb():,.0f}"
    return found


def rest(hierarchy: Hierarchy, metric: Metric, network: RoadNetwork, where: Snapped) -> dict[str, str]:
    selection = hierarchy.selected(where)
    kept = metric.kept(selection)
    one = Snapped(where.arc[:1], np.array([0.5]), np.zeros(1))
    speeds = [np.rint(network.freeflow_cs * band[network.traffic_class]).astype(np.int32) for band in SLOWNESS]

    def bands() -> None:
        chosen = hierarchy.selected(where)
        for band, weights in enumerate(speeds):
            hierarchy.customised(weights).matrix(chosen, chosen, metres=band == 0)

    def closure() -> None:
        weights = network.freeflow_cs.copy()
        weights[where.arc[0, 0]] = CLOSED
        hierarchy.customised(weights).matrix(selection, selection)

    i, j = np.random.default_rng(2).integers(0, 4000, (2, 8000))
    ends = [Snapped(where.arc[k], where.fraction[k], where.off_road_m[k]) for k in (i, j)]
    return {
        "one place ↔ 4,000, times and metres (s)": f"{seconds(lambda: metric.around(one, kept), 20):.4f}",
        "five bands of 4,000 × 4,000, metres once (s)": f"{seconds(bands, 3):.2f}",
        "a closure to a new matrix with metres (s)": f"{seconds(closure, 5):.2f}",
        "paths of 8,000 legs as roads (s)": f"{seconds(lambda: list(metric.paths(*ends)), 3):.2f}",
    }


def check(nodes: int, rows: int) -> str:
    """Random rows of the matrix, and one path of each, against scipy's Dijkstra."""
    network = region(nodes)
    metric = prepare(network, FOLDER / str(nodes)).customised(network.freeflow_cs)
    origins, many = places(network, rows, seed=3), places(network, 4000)
    graph = as_matrix(network, network.freeflow_cs * float(LENGTHS) + network.decimetres)
    matrix = metric.matrix(origins, many)
    assert matrix.metres is not None
    wrong = 0
    for row, path in enumerate(metric.paths(origins, many[np.arange(rows) % 4000])):
        cs, dm = np.divmod(dijkstra(graph, indices=origins[row])[many].astype(np.int64), LENGTHS)
        wrong += int((matrix.seconds[row] != rounded(cs)).sum() + (matrix.metres[row] != (dm + 5) // 10).sum())
        assert path is not None
        wrong += (path.centiseconds, path.decimetres) != (cs[row % 4000], dm[row % 4000])
    return f"{rows:,} random rows of 4,000 and a path of each against scipy's Dijkstra: {wrong} entries differ"


def alone(work: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    """Run in a process of its own; what came out, and its peak memory in MB."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given), pool.apply(peak_mb)


def ours_table(sizes: Sequence[int]) -> None:
    columns = [alone(ours, nodes)[0] for nodes in sizes]
    print(line(("", *(column["nodes / arcs"] for column in columns))))
    print(line(("---", *("--:" for _ in columns))))
    names = dict.fromkeys(name for column in columns for name in column)
    for name in list(names)[1:]:
        print(line((name, *(column.get(name, "") for column in columns))))


COLUMNS = (
    "engine",
    "500 × 500 (s)",
    "4,000 × 4,000 (s)",
    "rows run",
    "peak memory (MB)",
    "times as long",
    "entries of 3 rows that differ",
)


def others_table(nodes: int) -> None:
    print(
        line(
            (
                "engine",
                "500 × 500 (s)",
                "4,000 × 4,000 (s)",
                "rows run",
                "peak memory (MB)",
                "times as long",
                "entries that differ",
            )
        )
    )
    print(line(("---", "--:", "--:", "---", "--:", "--:", "--:")))
    reference: dict[str, Any] = {}
    for name, engine in ENGINES.items():
        if name == "pyroutingkit" and importlib.util.find_spec(name) is None:
            continue
        found, memory = alone(engine, nodes)
        reference = reference or found
        differ = int((found["sample"] != reference["sample"]).sum())
        times = found["many"] / reference["many"]
        print(
            line(
                (
                    name,
                    f"{found['few']:,.3f}",
                    f"{found['many']:,.2f}",
                    found["how"],
                    f"{memory:,.0f}",
                    f"{times:,.0f}",
                    f"{differ}",
                )
            )
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="+", default=[500_000])
    parser.add_argument("--check", type=int, default=0, metavar="ROWS")
    parser.add_argument("--alone", action="store_true", help="our engine only")
    options = parser.parse_args()
    ours_table(options.nodes)
    if not options.alone:
        print()
        others_table(options.nodes[0])
    if options.check:
        print()
        print(alone(check, options.nodes[0], options.check)[0])


if __name__ == "__main__":
    main()
