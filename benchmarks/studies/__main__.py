"""Studies as users run them, measured: ``python -m benchmarks.studies run year out/year --stop kill:60``.

PLAN is a file or the name of an example. Every command prints what it took, by all processes together.
"""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from benchmarks.days import line
from benchmarks.studies.running import COLUMNS, Ran, Stop, run
from benchmarks.studies.sample import compare_with_longer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    ran = commands.add_parser("run", help="a study to its end, stopped and started again on the way")
    ran.add_argument("plan")
    ran.add_argument("out", type=Path)
    ran.add_argument("--workers", type=int, default=2)
    ran.add_argument("--stop", type=Stop.read, action="append", default=[], metavar="kill:DAYS|interrupt:DAYS")
    ran.add_argument("--by-hand", action="store_true", help="on a dask scheduler and workers started for it")
    scaling = commands.add_parser("workers", help="the same study on one and on two workers, and the same tables")
    scaling.add_argument("plan")
    scaling.add_argument("out", type=Path)
    same = commands.add_parser("same", help="whether the tables of studies are the same, byte for byte")
    same.add_argument("folders", type=Path, nargs="+")
    sample = commands.add_parser("sample", help="some days of a study that was run, each planned again for minutes")
    sample.add_argument("plan")
    sample.add_argument("out", type=Path)
    sample.add_argument("--days", type=int, default=10)
    sample.add_argument("--seconds", type=float, default=300.0)
    sample.add_argument("--workers", type=int, default=2)
    sample.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # begun in a shell's background, what it starts has it off
    if asked.command == "run":
        _table(run(asked.plan, asked.out, asked.workers, asked.stop, by_hand=asked.by_hand))
    elif asked.command == "workers":
        one, two = (run(asked.plan, asked.out / f"workers-{workers}", workers) for workers in (1, 2))
        _table(one, two)
        print(f"\n{two.days_an_hour / one.days_an_hour:.2f} times the days an hour")
        same_tables([asked.out / "workers-1", asked.out / "workers-2"])
    elif asked.command == "same":
        same_tables(asked.folders)
    else:
        compare_with_longer(asked.plan, asked.out, asked.days, asked.seconds, asked.workers, asked.seed)


def _table(*found: Ran) -> None:
    print("\n".join([line(COLUMNS), line("--:" for _ in COLUMNS), *(one.row() for one in found)]))


def same_tables(folders: list[Path]) -> None:
    """Print whether all folders have the same tables; ends the program with 1 where not."""
    tables = [{path.name: path.read_bytes() for path in sorted((folder / "tables").iterdir())} for folder in folders]
    names = sorted({name for of_folder in tables for name in of_folder})
    other = [name for name in names if len({of_folder.get(name) for of_folder in tables}) > 1]
    print(f"{len(names) - len(other)} of {len(names)} tables the same, byte for byte")
    if other:
        raise SystemExit(f"different: {', '.join(other)}")


if __name__ == "__main__":
    main()
