"""Tiny instances written by hand, and where the published ones are."""

import os
from pathlib import Path

import pytest

# one vehicle at (0, 0); request 1 from (3, 4) to (3, 0), request 2 from (0, 4) to (0, 1)
CORDEAU = """\
1 2 100 2 30
0 0 0 0 0 0 100
1 3 4 1 1 10 20
2 0 4 1 1 0 100
3 3 0 1 -1 0 100
4 0 1 1 -1 0 100
5 0 0 0 0 0 100
"""

CORDEAU_2003 = CORDEAU.replace("1 2 100", "1 4 100").rsplit("\n", 2)[0]

# a car and an ambulance; request 1 seated with staff, request 2 lying, request 3 in a wheelchair
MDHDARP = """\
2 3
100 0 1 0 1
100 1 0 1 1
0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t100
1\t3\t4\t1\t30\t1\t1\t0\t0\t10\t20
2\t0\t4\t1\t30\t0\t0\t1\t0\t0\t100
3\t0\t6\t1\t25\t0\t0\t0\t1\t0\t100
4\t3\t0\t1\t0\t-1\t-1\t0\t0\t0\t100
5\t0\t1\t1\t0\t0\t0\t-1\t0\t0\t100
6\t0\t2\t1\t0\t0\t0\t0\t-1\t0\t100
7\t0\t0\t0\t0\t0\t0\t0\t0\t0\t100
"""


def written(folder: Path, text: str, name: str = "tiny.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def published() -> Path:
    """The folder of the published instances; skips the test where it is absent."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("PTS_INSTANCES", root.parent / "shared" / "instances"))
    if not folder.is_dir():
        pytest.skip(f"no published instances in {folder.name!r}: set PTS_INSTANCES to their folder")
    return folder
