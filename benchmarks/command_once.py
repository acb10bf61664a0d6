"""One run of the command for ``benchmarks.command``, in a process of its own that loads nothing else."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from time import process_time, time


def main(folder: Path, budget: float, seed: int, workers: int, started: float) -> None:
    """Plan the day of a folder as ``pts-optimiser plan`` does, and print what was measured.

    ``budget`` is in seconds of the processor a worker.
    """
    from pts_optimiser.cli.app import app  # noqa: F401, PLC0415  (part of what the command loads)
    from pts_optimiser.planning.day import Search  # noqa: PLC0415
    from pts_optimiser.services.plan import Order, plan  # noqa: PLC0415
    from pts_optimiser.services.sources import read_source  # noqa: PLC0415

    gc.disable()
    moments: list[tuple[float, float]] = []

    def begun(_progress: object) -> None:
        if not moments:
            moments.append((time() - started, process_time()))

    def checked(_seconds: float) -> None:
        moments.append((time() - started, process_time()))

    search = Search(budget_s=budget * workers, seed=seed, workers=workers, clock=process_time)
    day = Order(read_source(folder / "journeys.csv"), read_source(folder / "duties.csv"), folder / "out", search=search)
    kpis = plan(day, begun, checked).roster.kpis
    peak = next(row for row in Path("/proc/self/status").read_text("ascii").splitlines() if row.startswith("VmHWM"))
    print(json.dumps([*moments, kpis["served"], kpis["journeys"], int(peak.split()[1]) / 1000, time() - started]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
