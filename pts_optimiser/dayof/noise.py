"""How a day differs from its plan: drives, boarding and readiness. What is planned is the median of what happens.

``DayNoise`` tells what happens on one day, ``Draws`` the same things over many days at once. Both draw by seed and by
name of the thing, never by turn: two plans of one day meet the same patients at the same doors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from math import exp, log, log1p, sqrt
from statistics import NormalDist
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.domain.journey import Category
from pts_optimiser.domain.roster import StopKind

Samples = NDArray[np.float32]
"""One value a sampled day, shape [samples]."""

MINUTE = 60
SLOT_S = 30 * MINUTE
SLOTS = 60
"""Half hours from midnight over which a region's traffic is drawn: the service day and its night."""
TABLE = 1 << 20
SLIP_TABLE = 1 << 17
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Slip:
    """How far real readiness is from the booked time, in seconds.

    A share of patients is late by an exponential delay of ``late_mean``, at most ``late_most``; the others scatter
    normally round the booked time, at most two standard deviations off it.
    """

    late_share: float
    late_mean: float
    late_most: float = 180 * MINUTE
    scatter: float = 8 * MINUTE


@dataclass(frozen=True, slots=True)
class Noise:
    """The spread of a day; all figures are assumptions but for the coefficients of variation of the domain notes.

    ``drive_cv``: of the time of one leg, lognormal. ``region_share`` of its variance (of the logarithm) is traffic and
    weather that everybody meets, which fades with ``region_memory_s``; ``duty_share`` is the vehicle's and its
    driver's all day; the rest is the leg's own. ``dwell_cv``: of boarding and alighting, lognormal; breaks are not
    subject to it.
    """

    drive_cv: float = 0.18
    region_share: float = 0.25
    duty_share: float = 0.15
    region_memory_s: float = 120 * MINUTE
    dwell_cv: float = 0.5
    slips: Mapping[Category, Slip] = field(default_factory=lambda: {Category.DISCHARGE: Slip(0.35, 50 * MINUTE)})
    other_slips: Slip = Slip(0.12, 30 * MINUTE)

    def slip(self, category: Category) -> Slip:
        return self.slips.get(category, self.other_slips)

    @property
    def drive_sigmas(self) -> tuple[float, float, float]:
        """Standard deviations of the logarithm: region, duty, leg."""
        sigma = spread(self.drive_cv)
        shares = self.region_share, self.duty_share, 1 - self.region_share - self.duty_share
        region, duty, leg = (sigma * sqrt(max(share, 0.0)) for share in shares)
        return region, duty, leg

    @property
    def region_step(self) -> float:
        """Correlation of the region's traffic from one half hour to the next."""
        return exp(-SLOT_S / self.region_memory_s)


CALM = Noise(drive_cv=0.0, dwell_cv=0.0, slips={}, other_slips=Slip(0.0, 0.0, 0.0, 0.0))
"""A day on which everything is as planned."""


def spread(cv: float) -> float:
    """Standard deviation of the logarithm of a lognormal with coefficient of variation ``cv``."""
    return sqrt(log1p(cv * cv))


def slot(seconds: float) -> int:
    """The half hour of a moment, elapsed seconds after midnight."""
    return min(max(int(seconds // SLOT_S), 0), SLOTS - 1)


def stop_name(kind: StopKind, owner: str) -> str:
    """A stop's name in the draws: ``owner`` is the journey, or the duty at start, break and end."""
    return f"{kind.value} {owner}"


@dataclass(frozen=True)
class DayNoise:
    """What happens on the day of a ``seed``."""

    noise: Noise
    seed: int

    def drive_factor(self, duty_id: str, stop: str, at: float) -> float:
        """Real over planned time of the drive to a stop that the vehicle sets out on at a moment."""
        region, duty, leg = self.noise.drive_sigmas
        return exp(region * self.region[slot(at)] + duty * self.duty(duty_id) + leg * self._normal(f"drive {stop}"))

    def dwell_factor(self, stop: str) -> float:
        """Real over planned time of boarding or alighting."""
        return exp(spread(self.noise.dwell_cv) * self._normal(f"dwell {stop}"))

    def slip_s(self, journey_id: str, category: Category) -> float:
        """Seconds from booked to real readiness."""
        slip = self.noise.slip(category)
        if self._uniform(f"late {journey_id}") < slip.late_share:
            return min(-slip.late_mean * log(self._uniform(f"delay {journey_id}")), slip.late_most)
        return slip.scatter * min(max(self._normal(f"scatter {journey_id}"), -2.0), 2.0)

    def duty(self, duty_id: str) -> float:
        """How slow a duty is, in standard deviations."""
        return self._normal(f"duty {duty_id}")

    @cached_property
    def region(self) -> tuple[float, ...]:
        """How slow the region is in each half hour, in standard deviations."""
        step = self.noise.region_step
        values = [self._normal("region 0")]
        for index in range(1, SLOTS):
            values.append(step * values[-1] + sqrt(1 - step * step) * self._normal(f"region {index}"))
        return tuple(values)

    def _normal(self, thing: str) -> float:
        return NORMAL.inv_cdf(self._uniform(thing))

    def _uniform(self, thing: str) -> float:
        digest = blake2b(f"{self.seed} {thing}".encode(), digest_size=6).digest()
        return (int.from_bytes(digest, "big") + 0.5) / 2.0**48


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """What is known of a day's drives, in standard deviations of the logarithm.

    ``region`` [slots] is the mean of the region's half hours, ``region_root`` [slots, slots] the root of their
    covariance; ``duties`` has mean and standard deviation of each duty of which something is known.
    """

    region: NDArray[np.float64]
    region_root: NDArray[np.float64]
    duties: Mapping[str, tuple[float, float]]


class Draws:
    """The same over ``samples`` days at once, as arrays [samples].

    Each kind of thing has one long table of draws, and a thing reads ``samples`` of them from the place that its name
    gives, without a copy. On one day two things meet the same draw only if their places are the same one of a million.
    """

    def __init__(self, noise: Noise, seed: int, samples: int, pace: Pace | None = None) -> None:
        self.noise, self.seed, self.samples, self.pace = noise, seed, samples, pace
        region, self._duty_sigma, leg = noise.drive_sigmas
        rng = np.random.default_rng([seed, 1])
        self._drives = self._lognormal(rng, leg, TABLE)
        self._dwells = self._lognormal(rng, spread(noise.dwell_cv), TABLE)
        self._duties = rng.standard_normal(SLIP_TABLE + samples, dtype=np.float32)
        self._slips: dict[Slip, Samples] = {}
        self._regions = self._region(rng, region)

    def drive(self, stop: str) -> Samples:
        """Factor of the drive to a stop, without its duty's and the region's."""
        return self._read(self._drives, stop)

    def dwell(self, stop: str) -> Samples:
        return self._read(self._dwells, stop)

    def duty(self, duty_id: str) -> Samples:
        mean, deviation = (0.0, 1.0) if self.pace is None else self.pace.duties.get(duty_id, (0.0, 1.0))
        factor: Samples = self._read(self._duties, duty_id) * np.float32(self._duty_sigma * deviation)
        factor += np.float32(self._duty_sigma * mean)
        np.exp(factor, out=factor)
        return factor

    def region(self, half_hour: int) -> Samples:
        found: Samples = self._regions[half_hour]
        return found

    def slip_s(self, journey_id: str, category: Category) -> Samples:
        slip = self.noise.slip(category)
        if slip not in self._slips:
            self._slips[slip] = self._slip_table(slip)
        return self._read(self._slips[slip], journey_id)

    def _read(self, table: Samples, name: str) -> Samples:
        at = crc32(name.encode()) % (table.size - self.samples + 1)
        return table[at : at + self.samples]

    def _lognormal(self, rng: np.random.Generator, sigma: float, size: int) -> Samples:
        table = rng.standard_normal(size + self.samples, dtype=np.float32)
        table *= np.float32(sigma)
        np.exp(table, out=table)
        return table

    def _region(self, rng: np.random.Generator, sigma: float) -> Samples:
        values = rng.standard_normal((SLOTS, self.samples), dtype=np.float32)
        if self.pace is None:
            step = np.float32(self.noise.region_step)
            for index in range(1, SLOTS):
                values[index] = step * values[index - 1] + np.sqrt(1 - step * step) * values[index]
        else:
            values = np.einsum("ij,jk->ik", self.pace.region_root.astype(np.float32), values)
            values += self.pace.region.astype(np.float32)[:, None]
        values *= np.float32(sigma)
        np.exp(values, out=values)
        return values

    def _slip_table(self, slip: Slip) -> Samples:
        rng = np.random.default_rng([self.seed, 2])
        size = SLIP_TABLE + self.samples
        delay = np.minimum(
            np.float32(slip.late_mean) * rng.standard_exponential(size, dtype=np.float32), slip.late_most
        )
        scatter = np.float32(slip.scatter) * np.clip(rng.standard_normal(size, dtype=np.float32), -2, 2)
        return np.where(rng.random(size, dtype=np.float32) < slip.late_share, delay, scatter).astype(np.float32)
