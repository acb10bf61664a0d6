"""The PDPTW format of Sartori and Buriol (2020): ``KEY: value`` lines, ``NODES``, then ``EDGES``, minutes of travel."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.instances.instance import Instance
from pts_optimiser.instances.paired import fleet, read_pairs
from pts_optimiser.instances.text import Row, instance_name, malformed, read_lines, refuse_many, to_row

LONGEST = 1_000_000  # minutes; far more than any route takes
Line = tuple[int, str]


def read_sartori(path: Path) -> Instance:
    """Read one instance, plain or gzip: fewest vehicles, then least travel time.

    The files do not limit the fleet: there is a vehicle for every request.

    Raises
    ------
    InputError
        Names file and line of what is malformed.
    """
    file = path.name
    lines = read_lines(path)
    header = list(takewhile(lambda line: line[1].strip() != "NODES", lines))
    values = {line.partition(":")[0].strip(): (number, line) for number, line in header}
    size, route_time, capacity = (_value(file, values, key) for key in ("SIZE", "ROUTE-TIME", "CAPACITY"))
    count = size.whole(size.numbers[0])
    refuse_many(size, count, 0)
    body = [line for line in lines[len(header) + 1 :] if line[1].strip() != "EOF"]
    if count < 3 or len(body) != 2 * count + 1 or body[count][1].strip() != "EDGES":
        raise size.error(f"expected {count} rows after NODES, EDGES and as many rows of the matrix")
    rows = [to_row(file, *line) for line in body[:count]]
    requests, names = read_pairs(rows)
    return Instance(
        name=instance_name(path),
        vehicles=fleet(rows[0], len(requests), capacity.whole(capacity.numbers[0]), route_time.numbers[0]),
        requests=requests,
        travel=_matrix(file, body[count + 1 :]),
        objective="vehicles then distance",
        names=names,
    )


def _value(file: str, values: dict[str, Line], key: str) -> Row:
    if key not in values:
        raise malformed(file, None, f"no line {key}: before NODES")
    number, line = values[key]
    row = to_row(file, number, line.partition(":")[2])
    row.expect(1, key)
    return row


def _matrix(file: str, lines: list[Line]) -> NDArray[np.int32]:
    travel = np.zeros((len(lines), len(lines)), np.int32)
    for place, line in enumerate(lines):
        row = to_row(file, *line)
        row.expect(len(lines), "travel to every node")
        if min(row.numbers) < 0 or max(row.numbers) > LONGEST or row.numbers[place] != 0:
            raise row.error(f"travel must lie in 0 to {LONGEST}, and be 0 from a node to itself")
        travel[place] = [row.whole(minutes) for minutes in row.numbers]
    return travel
