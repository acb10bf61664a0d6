"""Tiny instances written by hand, and where the published ones are."""

import json
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

# both requests in one vehicle cost 40 minutes, one vehicle each 32
SARTORI = """\
NAME: tiny
TYPE: PDPTW
SIZE: 5
ROUTE-TIME: 60
CAPACITY: 2
NODES
0 0.0 0.0 0 0 60 0 0 0
1 0.0 0.1 1 10 40 2 0 3
2 0.1 0.0 2 5 50 2 0 4
3 0.1 0.1 -1 0 60 2 1 0
4 0.2 0.1 -2 0 60 2 2 0
EDGES
0 5 4 9 7
6 0 20 4 20
5 20 0 20 4
8 4 20 0 20
7 20 4 20 0
EOF
"""

# the requests of CORDEAU, each drop-off before or after its pick-up in the file
LILIM = """\
3 2 1
0\t0\t0\t0\t0\t100\t0\t0\t0
1\t3\t0\t-1\t0\t100\t1\t2\t0
2\t3\t4\t1\t10\t20\t1\t0\t1
3\t0\t4\t1\t0\t100\t1\t0\t4
4\t0\t1\t-1\t0\t100\t1\t3\t0
"""


def vroom(**changes: object) -> dict[str, object]:
    """A VROOM problem: one vehicle from place 0, a job at place 1, a shipment from 2 to 3."""
    return {
        "vehicles": [{"id": 7, "start_index": 0, "end_index": 0, "capacity": [2], "time_window": [1000, 2000]}],
        "jobs": [{"id": 5, "location_index": 1, "service": 30, "setup": 10, "time_windows": [[1100, 1200]]}],
        "shipments": [
            {
                "amount": [1],
                "pickup": {"id": 3, "location_index": 2, "service": 20},
                "delivery": {"id": 4, "location_index": 3, "service": 20},
            }
        ],
        "matrices": {
            "car": {"durations": [[0, 50, 60, 70], [55, 0, 40, 80], [65, 45, 0, 30], [75, 85, 35, 0]]},
        },
        **changes,
    }


def written_vroom(folder: Path, **changes: object) -> Path:
    return written(folder, json.dumps(vroom(**changes)), "tiny.json")


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
