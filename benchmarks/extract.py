"""Extracts into networks and hierarchies: ``python -m benchmarks.extract [EXTRACT.osm.pbf ...]``, a markdown table.

Without a path it writes the synthetic extract (24 MB, 3.9 million nodes; half a minute) and adds Stratford, where the
folder PTS_DATA has it. Every extract is built in a process of its own, then recognised and opened in another.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.measuring import peak_mb
from benchmarks.synthetic_extract import write_extract
from geodata.cch import prepare
from geodata.extract import prepared_network
from geodata.roads import open_roads

HEAD = ("extract", "MB", "roads", "junctions", "arcs", "built, s", "CPU s", "peak MB", "found again, s", "opened, s")


def build(extract: Path, folder: Path) -> dict[str, object]:
    began, cpu = perf_counter(), process_time()
    ready = prepared_network(extract, folder)
    prepare(ready.network, folder)
    return {
        "seconds": perf_counter() - began,
        "cpu": process_time() - cpu,
        "peak": peak_mb(),
        "counts": [ready.roads, ready.network.nodes, ready.network.arcs],
    }


def measured(extract: Path, folder: Path) -> list[str]:
    """One row of the table."""
    first, again = (
        json.loads(
            subprocess.run(
                [sys.executable, "-m", "benchmarks.extract", "--one", str(extract), str(folder)],
                check=True,
                capture_output=True,
            ).stdout
        )
        for _ in range(2)
    )
    began = perf_counter()
    open_roads(folder)
    opened = perf_counter() - began
    return [
        extract.name,
        f"{extract.stat().st_size / 1e6:.1f}",
        *(f"{count:,}" for count in first["counts"]),
        *(f"{first[name]:.1f}" for name in ("seconds", "cpu")),
        f"{first['peak']:,.0f}",
        f"{again['seconds']:.2f}",
        f"{opened:.2f}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extracts", nargs="*", type=Path)
    parser.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(build(*arguments.one)))
        return
    with tempfile.TemporaryDirectory() as work:
        extracts = arguments.extracts
        if not extracts:
            synthetic = Path(work, "synthetic.osm.pbf")
            write_extract(synthetic)
            data = Path(os.environ.get("PTS_DATA", Path(__file__).parents[2] / "shared" / "data"))
            extracts = [path for path in (data / "stratford-upon-avon.osm.pbf", synthetic) if path.is_file()]
        print("| " + " | ".join(HEAD) + " |", "|---" * len(HEAD) + "|", sep="\n")
        for number, extract in enumerate(extracts):
            print("| " + " | ".join(measured(extract, Path(work, str(number)))) + " |", flush=True)


if __name__ == "__main__":
    main()
