"""The cheapest route for given prices of requests: dynamic programming over place, time and who is aboard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

MEMORY = 3
"""Requests just served that a route may not serve again; without such a memory routes would run in circles."""

SLOTS = 1 << 22
"""Places of the hash table of states."""

LABEL = np.dtype(
    [
        ("cost", np.int64),
        ("time", np.int64),
        ("inside", np.int32),  # set of requests aboard
        ("last", np.int32),
        ("parent", np.int32),
        ("waiting", np.int32),  # next in the list of its time
        ("behind", np.int32),  # next in the list of its state
        ("slot", np.int32),
        ("rested", np.bool_),
        ("dead", np.bool_),
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Memory that searches share, one after the other; ``keys`` is -1 all over between them."""

    keys: NDArray[np.int64]
    heads: NDArray[np.int32]
    labels: NDArray[np.void]
    memory: NDArray[np.int16]

    @classmethod
    def of(cls, labels: int) -> Room:
        return cls(
            np.full(SLOTS, -1, np.int64),
            np.zeros(SLOTS, np.int32),
            np.zeros(labels, LABEL),
            np.zeros((labels, MEMORY), np.int16),
        )


@njit(cache=True, nogil=True)
def _covers(some, others):  # type: ignore[no-untyped-def]
    """Whether all that ``some`` remember is remembered by ``others``."""
    for one in some:
        if one >= 0:
            found = False
            for other in others:
                found |= one == other
            if not found:
                return False
    return True


@njit(cache=True, nogil=True)
def cheapest_routes(  # type: ignore[no-untyped-def]  # noqa: C901, PLR0912, PLR0915
    price, out, ready, rested, usable, back, home, high, carried, rest, gap,
    drive, step, soonest, service, low,
    members, size, less, first, joins,
    grid, rough, keys, heads, labels, memory,
):  # fmt: skip
    """Labels of partial routes in order of time; one is dropped where another of its state is nowhere worse.

    A state is the last stop, who is aboard and whether the break is behind; times are rounded down to the ``grid``.
    ``rough`` keeps only the cheapest label of a state, which finds good routes fast but proves nothing.

    Returns for each drop-off the least reduced cost of a route that ends there and its label, and whether there was
    room for all the labels.
    """
    k = len(price)
    origin = low.min()
    buckets = (max(high.max(), home.max()) - origin) // grid + 2
    head = np.full(buckets, -1, np.int32)
    kept = np.full(MEMORY, -1, np.int16)
    length, earliest, latest = rest[0], rest[1], rest[2]
    best = np.full(k, 1 << 60, np.int64)
    best_label = np.full(k, -1, np.int64)
    count, states, bucket, current, starting, complete = 0, 0, 0, 0, 0, True
    while bucket < buckets:
        # first the starts, with the break before them or to come, then the waiting labels by time
        start, leaving = starting // 2, starting < 2 * k
        starting += 1
        if leaving:
            here, t, group, options = 0, origin, 0, 1
            if not usable[start] or (starting % 2 == 0 and length == 0):
                continue
        else:
            current = head[bucket]
            if current < 0:
                bucket += 1
                continue
            head[bucket] = labels[current].waiting
            if labels[current].dead:
                continue
            here, t, group = labels[current].last, labels[current].time, labels[current].inside
            options = size[group] + first[group + 1] - first[group] + 1
            if (
                group == 0
                and labels[current].rested
                and t <= home[here - k]
                and labels[current].cost + back[here - k] < best[here - k]
            ):
                best[here - k], best_label[here - k] = labels[current].cost + back[here - k], current
        for option in range(options):
            if leaving:
                r = start
                there, into = r, joins[first[0] + r, 1]
                free_now = length == 0 or starting % 2 == 0
                then = rested[r] if free_now else ready[r]
                paid = out[r] - price[r]
                kept[:] = -1
            elif option < size[group]:
                r = members[group, option]
                there, into, free_now = k + r, less[group, option], labels[current].rested
                then = t + step[here, there]
                if then > high[there]:
                    break  # and nothing else can save who is aboard
                paid = labels[current].cost + drive[here, there]
                kept[:] = -1
                place = 0
                arrival = max(then, low[there])
                if arrival + soonest[there, r] <= high[r]:
                    kept[0] = r
                    place = 1
                for old in memory[current]:
                    if old >= 0 and place < MEMORY and arrival + soonest[there, old] <= high[old]:
                        kept[place] = old
                        place += 1
            elif option == options - 1:
                if group != 0 or labels[current].rested:
                    continue
                begin = max(t + service[here], earliest)
                if begin > latest:
                    continue
                there, into, free_now = here, 0, True
                then = begin + length - service[here]
                paid = labels[current].cost
                kept[:] = memory[current]
            else:
                join = joins[first[group] + option - size[group]]
                r, into = join[0], join[1]
                if not usable[r] or not carried[into]:
                    continue
                there, free_now = r, labels[current].rested
                then = t + step[here, there] + (gap if group == 0 else 0)
                known = False
                for old in memory[current]:
                    known |= old == r
                if known or then > high[there]:
                    continue
                paid = labels[current].cost + drive[here, there] - price[r]
                kept[:] = memory[current]
            then = max(then, low[there])
            then = max(then - (then - origin) % grid, low[there], t)
            resting = not leaving and option == options - 1
            if then > (home[there - k] if resting else high[there]) or (
                not free_now and then + service[there] > latest
            ):
                continue
            possible = True
            for i in range(size[into]):
                q = k + members[into, i]
                possible &= then + soonest[there, q] <= high[q]
            if not possible:
                continue
            key = ((np.int64(into) * (2 * k) + there) << 1) + free_now
            slot = ((key * 2654435761) >> 13) & (SLOTS - 1)
            while keys[slot] >= 0 and keys[slot] != key:
                slot = (slot + 1) & (SLOTS - 1)
            if keys[slot] < 0:
                keys[slot], heads[slot] = key, -1
                states += 1
            before, other = -1, heads[slot]
            while other >= 0:
                if labels[other].cost <= paid and (
                    rough or (labels[other].time <= then and _covers(memory[other], kept))
                ):
                    break
                if paid <= labels[other].cost and (
                    rough or (then <= labels[other].time and _covers(kept, memory[other]))
                ):
                    labels[other].dead = True
                    other = labels[other].behind
                    if before < 0:
                        heads[slot] = other
                    else:
                        labels[before].behind = other
                    continue
                before, other = other, labels[other].behind
            if other >= 0:
                continue
            if count == len(labels) or states > SLOTS // 2:
                complete = False
                bucket = buckets
                break
            labels[count].time, labels[count].cost, labels[count].inside, labels[count].last = then, paid, into, there
            labels[count].rested, labels[count].dead, labels[count].slot = free_now, False, slot
            labels[count].parent = -1 if leaving else current
            memory[count] = kept
            labels[count].behind = heads[slot]
            heads[slot] = count
            place = (then - origin) // grid
            labels[count].waiting = head[place]
            head[place] = count
            count += 1
    for label in range(count):
        keys[labels[label].slot] = -1
    return best, best_label, complete
