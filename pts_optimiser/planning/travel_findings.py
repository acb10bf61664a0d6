"""What looks wrong in travel times that somebody else has made: they are used as they are, and somebody should look."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from geodata import TravelTimes
from geodata.earth import crow_fly_km
from geodata.travel_times import UNREACHABLE
from pts_optimiser.domain.issue import Issue, Severity
from pts_optimiser.planning.places import Places

FASTEST_M_PER_S = 36.0
"""130 km/h as the crow flies, faster than any road."""

WALKING_M_PER_S = 1.4
PATIENCE_S = 3600
"""A drive that takes an hour more than the way on foot."""

BESIDE_M = 1000.0
"""Places nearer to each other than this are not judged by speed: seconds are whole and locations lie 10 m off."""

STRAIGHT = 0.98
"""A way may be so much shorter than the crow flies, for rounding and the shape of the earth."""


def travel_findings(travel: TravelTimes, places: Places, file: str) -> tuple[Issue, ...]:
    """Warnings about places that cannot be reached and about drives that nobody can drive."""
    return tuple(_findings(travel, places, file))


def _findings(travel: TravelTimes, places: Places, file: str) -> Iterator[Issue]:
    n = len(places.names)
    no_way = np.zeros((n, n), np.bool_)
    crow = crow_fly_km(travel.lat, travel.lon) * np.float32(1000)
    far = crow >= BESIDE_M
    absurd = (travel.metres < crow * np.float32(STRAIGHT)) & far
    for times in travel.seconds:
        none = times == UNREACHABLE
        no_way |= none
        absurd |= far & (times * np.float32(FASTEST_M_PER_S) < crow)
        absurd |= ~none & (times > PATIENCE_S + crow / np.float32(WALKING_M_PER_S))
    if no_way.any():
        yield _warning(
            file,
            "unreachable_places",
            f"{_drives(no_way)} have no way in some traffic band, such as {_example(no_way, places)}.",
            "Look whether these places lie on a road of the network that made the file; journeys that need such a"
            " drive stay unserved.",
        )
    if absurd.any():
        yield _warning(
            file,
            "implausible_travel",
            f"{_drives(absurd)} are shorter than a straight line, faster than 130 km/h as the crow flies or an hour"
            f" slower than on foot, such as {_example(absurd, places)}.",
            "Look at the units (seconds, metres), at the order (origin, then destination) and at these places. The"
            " plan uses the values as they are.",
        )


def _warning(file: str, code: str, message: str, hint: str) -> Issue:
    return Issue(file, None, None, code, message, hint, Severity.WARNING)


def _drives(which: NDArray[np.bool_]) -> str:
    return f"{int(which.sum()):,} of {which.size:,} drives between the day's places"


def _example(which: NDArray[np.bool_], places: Places) -> str:
    origin, destination = divmod(int(which.argmax()), which.shape[1])
    return f"from the {places.names[origin]} to the {places.names[destination]}"
