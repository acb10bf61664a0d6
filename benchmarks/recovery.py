"""How long a lost store takes to come back: ``python -m benchmarks.recovery [--versions 10] [--positions 500000]``.

A store with one published weekday of the whole region, some versions of its roster (each with travel times of its own)
and the positions that vehicles tell all day: backed up from SQLite, restored into SQLite and into PostgreSQL, backed up
from there. Prints seconds by the wall clock and of the processor, and megabytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.weekday_service import DAY, published
from pts_optimiser.store import Store
from pts_optimiser.store.backup import back_up
from pts_optimiser.store.events import Event, append_events
from pts_optimiser.store.restore import restore
from pts_optimiser.store.rosters import add_roster, parts_of, read_file, read_roster, read_text
from tests.store.postgres import running_postgres

BATCH = 10_000


def fill(url: str, versions: int, positions: int) -> None:
    """Versions like the first, each with a file of its own, and positions of 200 vehicles."""
    start = datetime(DAY.year, DAY.month, DAY.day, 6, tzinfo=UTC)
    with Store(url) as store:
        with store.read() as session:
            roster, travel = read_roster(session, DAY, 1), read_file(session, DAY, 1, "travel.npz").read_bytes()
            texts = {name: read_text(session, DAY, 1, name) for name in parts_of(session, DAY, 1)[0] - {"roster.json"}}
        for version in range(2, versions + 1):
            with store.files.staged(travel + bytes([version])) as staged, store.write() as session:
                add_roster(session, roster, texts, {"travel.npz": staged}, by="benchmark", at=start)
        for first in range(0, positions, BATCH):
            told = []
            for number in range(first, first + BATCH):
                at = start + timedelta(seconds=number * 43_200 // positions)
                fields = {"duty_id": f"D{number % 200}", "lat": 53.2 + number % 997 / 1e4, "lon": -2.9}
                told.append(Event(f"p{number}", "vehicles", number, at, at, "position", fields))
            with store.write() as session:
                append_events(session, DAY, told)


@contextmanager
def timed(what: str, *paths: Path) -> Iterator[None]:
    wall, processor = perf_counter(), process_time()
    yield
    size = sum(path.stat().st_size for top in paths for path in (top.rglob("*") if top.is_dir() else [top]))
    size_mb = f", {size / 1e6:,.0f} MB" if paths else ""
    print(f"{what}: {perf_counter() - wall:.1f} s, {process_time() - processor:.1f} s of the processor{size_mb}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--versions", type=int, default=10)
    parser.add_argument("--positions", type=int, default=500_000)
    parser.add_argument("--plan-seconds", type=float, default=20)
    options = parser.parse_args()
    now = datetime.now(UTC)
    with TemporaryDirectory() as folder, running_postgres() as server:
        top = Path(folder)
        (top / "work").mkdir()
        url, _, _ = published(top, top / "work", options.plan_seconds)
        fill(url, options.versions, options.positions)
        file, again = top / "backup.zip", top / "again.zip"
        with timed("backup of SQLite", file), Store(url) as store:
            made = back_up(store, file, at=now)
        print(f"{made.rows:,} rows, {len(made.files)} files")
        with timed("restore into SQLite", top / "restored"):
            restore(file, f"sqlite:///{top}/restored/pts.db", by="benchmark", at=now)
        target = f"{server}&files={top}/files"
        with timed("restore into PostgreSQL"):
            restore(file, target, by="benchmark", at=now)
        with timed("backup of PostgreSQL", again), Store(target) as store:
            back_up(store, again, at=now)


if __name__ == "__main__":
    main()
