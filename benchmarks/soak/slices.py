"""One slice of one part, in a process of its own: what crashes, hangs or eats memory there is a loss, not the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from time import perf_counter

from benchmarks.soak.parts import PARTS, Part
from benchmarks.soak.tally import Tally

PATIENCE_S = 1800  # a single test of the suite may take long; nothing may take for ever
TOLD = 400  # characters of the last words of a process that died


def slice_of(part: Part, budget_s: float, seed: int, state: Path) -> Tally:
    """What the part says of itself, or that it has died or hung."""
    began = perf_counter()
    command = [sys.executable, "-m", "benchmarks.soak.slices", part.module, str(budget_s), str(seed), str(state)]
    with subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True, start_new_session=True) as process:
        try:
            told, errors = process.communicate(timeout=budget_s + PATIENCE_S)
        except subprocess.TimeoutExpired:
            return Tally(lost=(f"{part.module}, seed {seed}: hung",), seconds=perf_counter() - began)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with the servers and workers that it has started
    seconds = perf_counter() - began
    if process.returncode:
        words = f"{part.module}, seed {seed}: ended with {process.returncode}: {errors.strip()[-TOLD:]}"
        return Tally(lost=(words,), seconds=seconds)
    return Tally.from_json(told.splitlines()[-1]) + Tally(seconds=seconds)


def main(module: str, budget_s: str, seed: str, state: str) -> None:
    part = next(part for part in PARTS if part.module == module)
    folder = Path(state)
    folder.mkdir(parents=True, exist_ok=True)
    print(part.run(float(budget_s), int(seed), folder).to_json())


if __name__ == "__main__":
    main(*sys.argv[1:])
