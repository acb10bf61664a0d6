"""The format of Malheiros et al. (2021): ``K n``, K rows ``T q1 q2 q3 q4``, then one row a node."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pts_optimiser.instances.instance import Instance, Node, Point, Request, Vehicle, euclidean
from pts_optimiser.instances.text import Row, instance_name, read_rows, refuse_many

NODE_COLUMNS = "id x y service L d1 d2 d3 d4 earliest latest"
STAFF_SEAT, PATIENT_SEAT, STRETCHER, WHEELCHAIR = range(4)
UPWARD = frozenset({(STAFF_SEAT, PATIENT_SEAT), (STAFF_SEAT, STRETCHER), (PATIENT_SEAT, STRETCHER)})


def read_mdhdarp(path: Path, depots: Sequence[Point] = ()) -> Instance:
    """Read one instance, plain or gzip.

    The files hold no depots: first and last node are a dummy in the middle, which makes it a single-depot instance.
    For the multi-depot one give ``depots``; vehicle k is then based at ``depots[k % len(depots)]``.

    Raises
    ------
    InputError
        Names file and line of what is malformed.
    """
    header, *rows = read_rows(path)
    count, n = (header.whole(number) for number in header.expect(2, "K n"))
    if count < 1 or n < 0 or len(rows) != count + 2 * n + 2:
        raise header.error(f"{len(rows)} rows follow, expected {count} vehicles and {2 * n + 2} nodes")
    refuse_many(header, 2 * n + 2, count)
    fleet, nodes = rows[:count], rows[count:]
    for node, row in enumerate(nodes):
        if row.expect(11, NODE_COLUMNS)[0] != node:
            raise row.error(f"expected node {node}, found {row.numbers[0]:g}")
    start, end = _node(nodes[0]), _node(nodes[-1])
    vehicles = []
    for k, row in enumerate(fleet):
        max_duration, *capacity = row.expect(5, "T q1 q2 q3 q4")
        vehicles.append(
            Vehicle(
                capacity=tuple(row.whole(places) for places in capacity),
                max_duration=max_duration,
                start=len(nodes) + k % len(depots) if depots else start.place,
                end=len(nodes) + k % len(depots) if depots else end.place,
                earliest=start.earliest,
                latest=end.latest,
            )
        )
    return Instance(
        name=instance_name(path),
        vehicles=tuple(vehicles),
        requests=tuple(_request(nodes[i], nodes[n + i]) for i in range(1, n + 1)),
        travel=euclidean([*((row.numbers[1], row.numbers[2]) for row in nodes), *depots]),
        substitutes=UPWARD,
    )


def _request(pickup: Row, dropoff: Row) -> Request:
    demand = tuple(pickup.whole(units) for units in pickup.numbers[5:9])
    if min(demand) < 0 or dropoff.numbers[5:9] != tuple(-units for units in demand):
        raise dropoff.error("demand is not what its pick-up takes")
    return Request(_node(pickup), _node(dropoff), demand, ride_limit=pickup.numbers[4])


def _node(row: Row) -> Node:
    node, _, _, service, *_, earliest, latest = row.numbers
    return Node(int(node), service, earliest, latest)
