"""Malformed input that looks for new ways through the readers' code (atheris), where that is installed."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random

from benchmarks.soak.tally import Tally

TRIED = re.compile(r"^stat::number_of_executed_units:\s*(\d+)$", re.MULTILINE)
READERS = (
    "journeys.csv",
    "duties.csv",
    "events.jsonl",
    "roster.json",
    "policy.toml",
    "vroom.json",
    "cordeau.txt",
    "sartori.txt",
)
NOT_HERE = "guided: atheris is not installed (pip install 'pts-optimiser[trust]'); this part is left out"


def run(budget_s: float, seed: int, state: Path) -> Tally:
    """One reader a slice; what it has learnt lies in the part's folder and is gone on from."""
    if find_spec("atheris") is None:
        print(NOT_HERE, file=sys.stderr)
        return Tally()
    name = Random(seed).choice(READERS)
    known, found = state / name / "known", state / name / "found"
    for folder in (known, found):
        folder.mkdir(parents=True, exist_ok=True)
    limits = ["-timeout=5", "-rss_limit_mb=1500", f"-max_total_time={max(1, round(budget_s))}", "-print_final_stats=1"]
    command = [sys.executable, "-m", "benchmarks.soak.guided_reader", name, *limits, f"-seed={seed + 1}"]
    command += [f"-artifact_prefix={found}/", str(known)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    tried = TRIED.search(ended.stderr)
    lost = [f"guided, {name}, {kept}" for kept in sorted(found.iterdir())]
    if ended.returncode and not lost:
        lost = [f"guided, {name}, seed {seed}: {ended.stderr.strip()[-300:]}"]
    return Tally(cases=int(tried[1]) if tried else 0, lost=tuple(lost))
