"""What the times of tier 0 are worked out from: few figures, fitted by ``python -m benchmarks.calibration --fit``."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("motorway", "trunk", "rural", "urban")
"""Kinds of the skeleton's roads: motorway, dual carriageway, single carriageway, main street of a town."""

ROAD_CLASSES = ("motorway", "motorway", "rural", "urban_main")
"""The road class whose traffic each of KINDS has."""

WINDING = (1.03, 1.05, 1.12, 1.10)
"""Road kilometres per kilometre between neighbouring junctions, by KINDS."""

CIRCUITY = 1.30
"""Road kilometres per crow-fly kilometre off the skeleton."""

TRUNK_KM = 20.0
"""Crow-fly kilometres of a drive off the skeleton of which half is on larger roads out of town."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """Minutes between rush hours.

    A drive straight to its end: ``start + per_km · km + per_root_km · √km`` of the crow-fly kilometres. From a place
    to the skeleton: ``access + access_per_km · km``, and the same to leave it. On it: road kilometres at
    ``km_per_hour``, by KINDS.
    """

    start: float
    per_km: float
    per_root_km: float
    access: float
    access_per_km: float
    km_per_hour: tuple[float, float, float, float]


FITTED = Parameters(
    start=2.5,
    per_km=0.732,
    per_root_km=4.01,
    access=4.39,
    access_per_km=1.088,
    km_per_hour=(101.7, 92.1, 72.6, 54.2),
)
"""``start`` is held: the table begins with drives of 6 minutes, of which 4.7 are the offset of its own calibration."""
