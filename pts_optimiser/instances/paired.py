"""Rows of pick-ups and drop-offs that name each other: what the PDPTW formats have in common.

A row is ``id x y demand earliest latest service pickup delivery``: a pick-up has pickup 0 and names its delivery, a
drop-off the other way round. Row 0 is the depot.
"""

from __future__ import annotations

from collections.abc import Sequence

from pts_optimiser.instances.instance import Node, Request, Vehicle
from pts_optimiser.instances.text import Row

NODE_COLUMNS = "id x y demand earliest latest service pickup delivery"


def read_pairs(rows: Sequence[Row]) -> tuple[tuple[Request, ...], tuple[str, ...]]:
    """The requests of ``rows``, depot included, and the file's numbers of all pick-ups, then of all drop-offs.

    Raises
    ------
    InputError
        Names file and line of what is malformed.
    """
    for node, row in enumerate(rows):
        if row.expect(9, NODE_COLUMNS)[0] != node:
            raise row.error(f"expected node {node}, found {row.numbers[0]:g}")
    pairs = []
    for row in rows[1:]:
        pickup, delivery = (row.whole(number) for number in row.numbers[7:])
        if (pickup == 0) == (delivery == 0):
            raise row.error("must name either its pick-up or its delivery")
        other = pickup or delivery
        if not 0 < other < len(rows) or rows[other].numbers[8 if pickup else 7] != row.numbers[0]:
            raise row.error(f"names node {other}, which does not name it")
        if delivery:
            pairs.append((row, rows[delivery]))
    stops = [pickup for pickup, _ in pairs] + [dropoff for _, dropoff in pairs]
    return tuple(_request(*pair) for pair in pairs), tuple(f"{stop.numbers[0]:g}" for stop in stops)


def fleet(depot: Row, count: int, capacity: int, max_duration: float) -> tuple[Vehicle, ...]:
    """``count`` vehicles of the depot."""
    earliest, latest = depot.numbers[4:6]
    return (Vehicle((capacity,), max_duration, start=0, end=0, earliest=earliest, latest=latest),) * count


def _request(pickup: Row, dropoff: Row) -> Request:
    load = pickup.whole(pickup.numbers[3])
    if load < 0 or dropoff.numbers[3] != -load:
        raise dropoff.error(f"demand is {dropoff.numbers[3]:g} where its pick-up takes {load}")
    return Request(_node(pickup), _node(dropoff), (load,))


def _node(row: Row) -> Node:
    node, _, _, _, earliest, latest, service, _, _ = row.numbers
    return Node(int(node), service, earliest, latest)
