"""The PDPTW format of Li and Lim (2001): ``K Q speed``, then one row a node, the depot first."""

from __future__ import annotations

from pathlib import Path

from pts_optimiser.instances.instance import Instance, euclidean
from pts_optimiser.instances.paired import fleet, read_pairs
from pts_optimiser.instances.text import instance_name, read_rows, refuse_many


def read_lilim(path: Path) -> Instance:
    """Read one instance, plain or gzip: fewest vehicles, then least Euclidean distance.

    Raises
    ------
    InputError
        Names file and line of what is malformed.
    """
    header, *rows = read_rows(path)
    count, capacity, speed = header.expect(3, "K Q speed")
    if count < 1:
        raise header.error("no vehicles")
    refuse_many(header, len(rows), 0)
    if speed != 1:
        raise header.error(f"speed is {speed:g}, expected 1: distance is also the time")
    if len(rows) < 3:
        raise header.error(f"{len(rows)} nodes follow, expected a depot and pairs of stops")
    requests, names = read_pairs(rows)
    depot = rows[0]
    horizon = depot.numbers[5] - depot.numbers[4]
    return Instance(
        name=instance_name(path),
        vehicles=fleet(depot, min(header.whole(count), len(requests)), header.whole(capacity), horizon),
        requests=requests,
        travel=euclidean([(row.numbers[1], row.numbers[2]) for row in rows]),
        objective="vehicles then distance",
        names=names,
    )
