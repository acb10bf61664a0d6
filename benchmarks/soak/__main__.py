"""``python -m benchmarks.soak [--minutes 60] [--parts readers days] [--report docs/reliability.md]``.

The part furthest behind its share of the time does the next slice. A run that was broken off goes on where it was; one
that is complete begins anew. Ends with 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from random import SystemRandom

from benchmarks.soak.parts import PARTS, Part
from benchmarks.soak.report import losses, page, table
from benchmarks.soak.slices import slice_of
from benchmarks.soak.tally import Progress

SLICE_S = 90.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--parts", nargs="+", choices=[part.module for part in PARTS], default=None)
    parser.add_argument("--state", type=Path, default=Path("out/soak"), help="how far each part has come")
    parser.add_argument("--report", type=Path, help="the page to write, such as docs/reliability.md")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(1_000_000), help="drawn afresh by default")
    options = parser.parse_args()
    chosen = [part for part in PARTS if options.parts is None or part.module in options.parts]
    whole = sum(part.share for part in chosen)
    wanted = {part: 60 * options.minutes * part.share / whole for part in chosen}
    folders = {part: options.state / part.module for part in chosen}
    progress = {part: Progress.read(folders[part]) for part in chosen}
    if not _behind(wanted, progress):
        for folder in folders.values():
            shutil.rmtree(folder)
        progress = dict.fromkeys(chosen, Progress())

    while behind := _behind(wanted, progress):
        part = min(behind, key=lambda p: progress[p].tally.seconds / wanted[p])
        left = wanted[part] - progress[part].tally.seconds
        tally = slice_of(part, min(SLICE_S, left), options.seed + progress[part].slices, folders[part])
        progress[part] = progress[part].after(tally)
        progress[part].write(folders[part])
        print(f"{part.module}: {tally.cases:,} cases in {tally.seconds:.0f} s", file=sys.stderr, flush=True)
        for words in tally.lost:
            print(f"lost: {words}", file=sys.stderr, flush=True)

    tallies = {part: progress[part].tally for part in chosen}
    print(table(tallies))
    if options.report:
        notes = [
            note.read_text(encoding="utf-8") for folder in folders.values() if (note := folder / "note.md").exists()
        ]
        options.report.write_text(page(tallies, notes).rstrip() + "\n", encoding="utf-8")
    return 1 if losses(tallies) else 0


def _behind(wanted: Mapping[Part, float], progress: Mapping[Part, Progress]) -> list[Part]:
    """The parts that have something left to do and time to do it in; the last second is not worth a process."""
    return [part for part, it in progress.items() if not it.finished and it.tally.seconds < wanted[part] - 1]


if __name__ == "__main__":
    sys.exit(main())
