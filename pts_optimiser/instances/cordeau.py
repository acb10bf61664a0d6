"""The format of Cordeau and Laporte (2003) and Cordeau (2006): ``K N T Q L``, then ``id x y service load e l``."""

from __future__ import annotations

from pathlib import Path

from pts_optimiser.instances.instance import Instance, Node, Request, Vehicle, euclidean
from pts_optimiser.instances.text import Row, instance_name, read_rows, refuse_many

NODE_COLUMNS = "id x y service load earliest latest"


def read_cordeau(path: Path) -> Instance:
    """Read one instance, plain or gzip.

    N counts requests in the sets of 2006, which repeat the depot as last node, and nodes in those of 2003, which do
    not: the number of rows tells which.

    Raises
    ------
    InputError
        Names file and line of what is malformed.
    """
    header, *rows = read_rows(path)
    count, size, max_duration, capacity, ride_limit = header.expect(5, "K N T Q L")
    declared = header.whole(size)
    if count < 1:
        raise header.error("no vehicles")
    refuse_many(header, len(rows), count)
    if declared > 0 and len(rows) in {2 * declared + 1, 2 * declared + 2}:
        n = declared
    elif declared > 0 and declared % 2 == 0 and len(rows) in {declared + 1, declared + 2}:
        n = declared // 2
    else:
        raise header.error(f"{len(rows)} nodes follow, which does not fit N = {declared}")
    for node, row in enumerate(rows):
        if row.expect(7, NODE_COLUMNS)[0] != node:
            raise row.error(f"expected node {node}, found {row.numbers[0]:g}")
    start, end = 0, len(rows) - 1 if len(rows) == 2 * n + 2 else 0
    vehicle = Vehicle(
        capacity=(header.whole(capacity),),
        max_duration=max_duration,
        start=start,
        end=end,
        earliest=rows[start].numbers[5],
        latest=rows[end].numbers[6],
    )
    return Instance(
        name=instance_name(path),
        vehicles=(vehicle,) * header.whole(count),
        requests=tuple(_request(rows[i], rows[n + i], ride_limit) for i in range(1, n + 1)),
        travel=euclidean([(row.numbers[1], row.numbers[2]) for row in rows]),
    )


def _request(pickup: Row, dropoff: Row, ride_limit: float) -> Request:
    load = pickup.whole(pickup.numbers[4])
    if load < 0 or dropoff.numbers[4] != -load:
        raise dropoff.error(f"load is {dropoff.numbers[4]:g} where its pick-up takes {load}")
    return Request(_node(pickup), _node(dropoff), (load,), ride_limit)


def _node(row: Row) -> Node:
    node, _, _, service, _, earliest, latest = row.numbers
    return Node(int(node), service, earliest, latest)
