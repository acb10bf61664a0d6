"""What the kernels need, made ready for one day's places: bands, shortest paths of the skeleton, ways to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geodata.tier0.access import ways_to_skeleton
from geodata.tier0.fill import fill
from geodata.tier0.fitted import CIRCUITY, ROAD_CLASSES, TRUNK_KM, Parameters
from geodata.tier0.paths import shortest_paths
from geodata.tier0.skeleton import Skeleton, skeleton

WAYS = 10
"""Ways from a place to the skeleton that are tried at most."""

LANES = 8
"""Bands are worked out in whole lots of so many, as the processor likes it."""

Fill = Callable[[int, int, NDArray[np.uint16], NDArray[np.int32]], None]


@dataclass(frozen=True, slots=True, eq=False)
class _Traffic:
    """What depends on bands and parameters only; lanes are bands, filled up to a whole lot."""

    lanes: NDArray[
        np.float32
    ]  # [3, lanes] slowness of town streets, of larger roads; [2, :2] both in the reference band
    per_km: NDArray[np.float64]  # [kinds] seconds in the reference band
    relative: NDArray[np.float64]  # [kinds, lanes] times against the reference band
    between: NDArray[np.float32]  # [n, n, lanes] seconds between junctions
    metres: NDArray[np.float32]  # [n, n] along the fastest paths of the reference band


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The ways of places on the plane [p, 2] to the skeleton [p, WAYS]: the junction, seconds [.., lanes], metres."""

    places: NDArray[np.float64]
    node: NDArray[np.int32]
    seconds: NDArray[np.float32]
    metres: NDArray[np.float32]

    def first(self, count: int) -> Ways:
        return Ways(self.places[:count], self.node[:count], self.seconds[:count], self.metres[:count])

    def behind(self, before: Ways) -> Ways:
        """Those of two sets of places in a row."""
        return Ways(
            np.concatenate([before.places, self.places]),
            np.concatenate([before.node, self.node]),
            np.concatenate([before.seconds, self.seconds]),
            np.concatenate([before.metres, self.metres]),
        )


class Drives:
    """Drives by one set of speed factors, those of the ``reference`` band being the parameters' own."""

    def __init__(self, speed_factors: Mapping[str, Sequence[float]], reference: int, parameters: Parameters) -> None:
        factors = tuple((name, tuple(map(float, speed_factors[name]))) for name in sorted(speed_factors))
        self._traffic = _traffic(factors, reference, parameters)
        self._reference, self._parameters = reference, parameters

    def ways(self, places: NDArray[np.float64]) -> Ways:
        """The ways of places on the plane [p, 2]."""
        return Ways(places, *_ways(skeleton(), places, self._traffic, self._reference, self._parameters))

    def between(self, ways: Ways) -> Fill:
        """A function that fills rows ``first`` to ``last`` of the matrices of the places of ``ways``, left of the
        diagonal; threads may share it."""
        net, traffic, parameters = skeleton(), self._traffic, self._parameters
        banks = net.at[net.link[net.crossings]].reshape(-1, 4)
        per = 60 * np.array([parameters.start, parameters.per_km, parameters.per_root_km])

        def rows(first: int, last: int, seconds: NDArray[np.uint16], metres: NDArray[np.int32]) -> None:
            fill(
                first, last, ways.places, ways.node, ways.seconds, ways.metres, traffic.between, traffic.metres,
                self._reference, per, traffic.lanes, banks, net.water, seconds, metres,
            )  # fmt: skip

        return rows


@lru_cache(maxsize=2)
def _traffic(
    speed_factors: tuple[tuple[str, tuple[float, ...]], ...], reference: int, parameters: Parameters
) -> _Traffic:
    net = skeleton()
    slow = _slowness(dict(speed_factors))
    town = (slow["urban_main"] + slow["urban_minor"]) / 2
    lanes = np.stack([town, (slow["motorway"] + slow["rural"]) / 2, np.zeros_like(town)]).astype(np.float32)
    lanes[2, :2] = lanes[:2, reference]
    per_km = 3600 / np.array(parameters.km_per_hour)
    relative = np.stack([slow[name] / slow[name][reference] for name in ROAD_CLASSES])
    link_s = (net.km * per_km[net.kind])[:, None] * relative[net.kind]
    between, metres = _between(net, link_s, reference)
    return _Traffic(lanes, per_km, relative, between, metres)


def _slowness(speed_factors: Mapping[str, Sequence[float]]) -> dict[str, NDArray[np.float64]]:
    """Time multipliers by road class, with the last band again and again up to a whole lot of lanes."""
    slow = {name: 1 / np.asarray(factors, np.float64) for name, factors in speed_factors.items()}
    return {name: np.pad(each, (0, -each.size % LANES), mode="edge") for name, each in slow.items()}


def _between(
    net: Skeleton, link_s: NDArray[np.float64], reference: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Seconds between all junctions [n, n, lanes], and metres along the fastest paths of the reference band [n, n]."""
    n, lanes = len(net.name), link_s.shape[1]
    between = np.empty((n, n, lanes), np.float32)
    link_m = (1000 * net.km).astype(np.float32)
    columns, same = np.unique(link_s, axis=1, return_inverse=True)
    for column in range(columns.shape[1]):
        times, lengths = shortest_paths(columns[:, column].astype(np.float32), link_m, net.link, n)
        between[:, :, same == column] = times[:, :, None]
        if same[reference] == column:
            metres = lengths
    return between, metres


def _ways(
    net: Skeleton, places: NDArray[np.float64], traffic: _Traffic, reference: int, parameters: Parameters
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]:
    """Ways to the skeleton [p, WAYS]: the junction, seconds [p, WAYS, lanes] and metres."""
    shape = len(places), WAYS
    node, along = np.full(shape, -1, np.int32), np.full(shape, -1, np.int32)
    off_km, along_km = np.zeros(shape), np.zeros(shape)
    per = 60 * np.array([parameters.access, parameters.access_per_km])
    ways_to_skeleton(
        places, net.at, net.link, net.kind, net.km, np.array([bool(name) for name in net.crossing]), net.water,
        traffic.between[:, :, reference].copy(), per, traffic.per_km[net.kind], node, off_km, along, along_km,
    )  # fmt: skip
    kind = net.kind[along]
    trunk = (off_km / (off_km + TRUNK_KM))[:, :, None]
    off_s = (per[0] + per[1] * off_km)[:, :, None] * _slower(trunk, traffic.lanes)
    on_s = (along_km * traffic.per_km[kind])[:, :, None] * traffic.relative[kind]
    metres = 1000 * (CIRCUITY * off_km + along_km)
    return node, (off_s + on_s).astype(np.float32), metres.astype(np.float32)


def _slower(trunk: NDArray[np.float64], lanes: NDArray[np.float32]) -> NDArray[np.float64]:
    """Time multipliers [..., lanes] of drives off the skeleton, a share ``trunk`` [..., 1] of them on larger roads."""
    town, large, at_reference = lanes[0], lanes[1], lanes[2]
    slow = town + trunk * (large - town)
    return np.asarray(slow / (at_reference[0] + trunk * (at_reference[1] - at_reference[0])), np.float64)
