"""Travel between places by road: a network and its hierarchy, asked for times, lengths and the ways themselves."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.cch import Hierarchy, Metric, prepare
from geodata.legs import leg_lines
from geodata.network import RoadNetwork, open_network
from geodata.shapes import Lines
from geodata.snapped import Snapped
from geodata.snapping import snap
from geodata.speeds import band_weights
from geodata.travel_times import UNREACHABLE, TravelTimes

OFF_ROAD_M_PER_S = 4.5
"""10 mph between a place and its road: a drive, a car park, a track."""

LONGEST_M = 10_000_000
"""Stands for the length of a way that is none."""

SpeedFactors = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """A road network ready for use; ``scale`` multiplies its free-flow times (see ``calibration``)."""

    network: RoadNetwork
    hierarchy: Hierarchy
    scale: float = 1.0

    @property
    def model(self) -> str:
        """The network's model, with the scale where there is one."""
        return self.network.model if self.scale == 1 else f"{self.network.model} × {self.scale:g}"

    def metrics(self, speed_factors: SpeedFactors, bands: int) -> list[Metric]:
        """Shortest paths in each of the first ``bands`` bands."""
        return [self.metric(speed_factors, band) for band in range(bands)]

    def metric(self, speed_factors: SpeedFactors, band: int) -> Metric:
        """Shortest paths in one band."""
        return self.hierarchy.customised(band_weights(self.network, speed_factors, band, self.scale))

    def lines(
        self,
        speed_factors: SpeedFactors,
        band: NDArray[np.integer],
        origin: Snapped,
        destination: Snapped,
        tolerance_m: float,
    ) -> Lines:
        """As ``Located.lines`` for a few legs between any places: a band's shortest paths are made and not kept."""
        return _lines(self.network, lambda b: self.metric(speed_factors, b), band, origin, destination, tolerance_m)


def open_roads(folder: Path) -> Roads:
    """The network of a folder with its hierarchy, which is built and kept there where it is missing.

    Raises
    ------
    RoadsError
        No network there, of another version, or damaged.
    """
    network, meta = open_network(folder)
    return Roads(network, prepare(network, folder), float(meta.get("scale", 1.0)))


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """Places of one day on the roads, with the shortest paths of every band: made once, asked for times and lines."""

    roads: Roads
    lat: NDArray[np.float64]  # [p] degrees
    lon: NDArray[np.float64]
    snapped: Snapped
    metrics: list[Metric]

    def travel_times(self, band_start_s: Sequence[int]) -> TravelTimes:
        """Times between all places in every band, lengths of the ways of the band between the rush hours.

        The way between a place and its road is driven at ``OFF_ROAD_M_PER_S``.
        """
        n, bands = len(self.lat), len(self.metrics)
        seconds = np.empty((bands, n, n), np.uint16)
        selection = self.roads.hierarchy.selected(self.snapped)
        threads = os.cpu_count() or 1
        typical = bands // 2
        off = self.snapped.off_road_m
        apart = ~np.eye(n, dtype=np.bool_)
        aside_s = np.rint((off[:, None] + off) / OFF_ROAD_M_PER_S).astype(np.int32) * apart
        metres = np.zeros((n, n), np.int32)
        for band, metric in enumerate(self.metrics):
            found = metric.matrix(selection, selection, metres=band == typical, threads=threads)
            closed = found.seconds == UNREACHABLE
            seconds[band] = np.where(closed, UNREACHABLE, np.minimum(found.seconds + aside_s, UNREACHABLE))
            if found.metres is not None:
                aside_m = np.rint(off[:, None] + off).astype(np.int32) * apart
                metres = np.where(found.metres < 0, LONGEST_M, found.metres + aside_m).astype(np.int32)
        return TravelTimes(
            lat=self.lat,
            lon=self.lon,
            seconds=seconds,
            metres=metres,
            band_start_s=np.asarray(band_start_s, np.int32),
            model=self.roads.model,
        )

    def lines(
        self,
        band: NDArray[np.integer],
        origin: NDArray[np.integer],
        destination: NDArray[np.integer],
        tolerance_m: float,
    ) -> Lines:
        """The way of each leg by the roads of its band, from place to place; no points where there is none."""
        ends = _of(self.snapped, origin), _of(self.snapped, destination)
        return _lines(self.roads.network, self.metrics.__getitem__, band, *ends, tolerance_m)


def located(
    roads: Roads, lat: NDArray[np.float64], lon: NDArray[np.float64], speed_factors: SpeedFactors, bands: int
) -> Located:
    """Put places on the roads of a network and make its metrics."""
    return Located(roads, lat, lon, snap(roads.network, lat, lon), roads.metrics(speed_factors, bands))


def _of(snapped: Snapped, which: NDArray[np.integer]) -> Snapped:
    return Snapped(snapped.arc[which], snapped.fraction[which], snapped.off_road_m[which])


def _lines(
    network: RoadNetwork,
    metric: Callable[[int], Metric],
    band: NDArray[np.integer],
    origin: Snapped,
    destination: Snapped,
    tolerance_m: float,
) -> Lines:
    ways: list[tuple[NDArray[np.int32], float, float]] = [(np.zeros(0, np.int32), 0.0, 1.0)] * len(band)
    for b in np.unique(band).tolist():
        these = np.flatnonzero(band == b)
        found = metric(b).paths(_of(origin, these), _of(destination, these))
        for leg, path in zip(these.tolist(), found, strict=True):
            if path is not None:
                ways[leg] = path.arcs, path.begin, path.end
    first = np.concatenate([[0], np.cumsum([len(arcs) for arcs, _, _ in ways])]).astype(np.int64)
    arcs = np.concatenate([arcs for arcs, _, _ in ways]) if ways else np.zeros(0, np.int32)
    begin, end = (np.array([way[side] for way in ways]) for side in (1, 2))
    return leg_lines(network, first, arcs, begin, end, tolerance_m)
