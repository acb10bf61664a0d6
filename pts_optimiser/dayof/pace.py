"""What the drives so far tell of the rest of the day: how fast the region's traffic moves, and each duty in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.checking import Travel
from pts_optimiser.dayof.noise import SLOTS, Noise, Pace, slot
from pts_optimiser.dayof.state import DayState, StopPhase
from pts_optimiser.domain.clock import midnight, seconds_after
from pts_optimiser.domain.events import Stage
from pts_optimiser.domain.roster import StopKind

SHORTEST_S = 120
"""Of shorter drives the reports say more about the reporting."""
ODDEST = 3.0
"""Standard deviations beyond which a drive counts no more."""


@dataclass(frozen=True, slots=True)
class Driven:
    """A drive that was made, by a duty that set out ``at`` elapsed seconds; ``ratio`` is real over planned time."""

    duty_id: str
    at: int
    ratio: float


def driven(state: DayState, travel: Travel) -> Iterator[Driven]:
    """The drives whose departure and arrival crews have reported."""
    origin = midnight(state.service_date)
    for duty_id, duty in state.duties.items():
        for before, stop in pairwise(duty.stops):
            start, end = before.point.location, stop.point.location
            told = Stage.DEPARTED in before.reported and Stage.ARRIVED in stop.reported
            if not told or start is None or end is None or StopPhase.IN_VAIN in {before.phase, stop.phase}:
                continue
            planned = int(travel.seconds[before.band, start, end])
            real = seconds_after(before.depart_at, stop.arrive_at)
            if min(planned, real) >= SHORTEST_S and stop.kind is not StopKind.BREAK:
                yield Driven(duty_id, seconds_after(origin, before.depart_at), real / planned)


def learn(drives: Sequence[Driven], noise: Noise) -> Pace | None:
    """The pace given the drives so far; None where the noise leaves nothing to learn.

    The logarithm of a drive's ratio is region (its half hour) + duty + the leg's own, all normal, so what is known of
    regions and duties is normal too and follows from one system of linear equations, from which the duties are
    eliminated first, as each stands by itself.
    """
    region, duty, leg = noise.drive_sigmas
    if not drives or leg <= 0:
        return None
    duties = {duty_id: at for at, duty_id in enumerate(dict.fromkeys(each.duty_id for each in drives))}
    slots, owners = np.array([(slot(each.at), duties[each.duty_id]) for each in drives]).T
    most = ODDEST * (region**2 + duty**2 + leg**2) ** 0.5
    logs = np.clip([log(each.ratio) for each in drives], -most, most) / leg**2
    regions, pull = _region_precision(noise.region_step), np.zeros(SLOTS)
    np.add.at(regions, (slots, slots), region**2 / leg**2)
    np.add.at(pull, slots, region * logs)
    own, own_pull, both = np.ones(len(duties)), np.zeros(len(duties)), np.zeros((SLOTS, len(duties)))
    np.add.at(own, owners, duty**2 / leg**2)
    np.add.at(own_pull, owners, duty * logs)
    np.add.at(both, (slots, owners), region * duty / leg**2)
    covariance = np.linalg.inv(
        regions - np.einsum("id,jd->ij", both / own, both)
    )  # duties know of each other by it only
    mean = covariance @ (pull - both @ (own_pull / own))
    own_mean = (own_pull - mean @ both) / own
    spread = np.einsum("id,id->d", both, np.einsum("ij,jd->id", covariance, both))
    own_variance = 1 / own + spread / own**2
    return Pace(
        region=mean,
        region_root=np.linalg.cholesky(covariance),
        duties={duty_id: (float(own_mean[at]), float(own_variance[at] ** 0.5)) for duty_id, at in duties.items()},
    )


def _region_precision(step: float) -> NDArray[np.float64]:
    """Inverse covariance of a stationary first-order autoregression with unit variance."""
    diagonal = np.full(SLOTS, 1 + step * step)
    diagonal[[0, -1]] = 1
    beside = np.full(SLOTS - 1, -step)
    found: NDArray[np.float64] = (np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1)) / (1 - step * step)
    return found
