"""An itinerary walked on many sampled days at once: when each call is reached, begun and left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.dayof.itinerary import Call, Itinerary, Readiness
from pts_optimiser.dayof.noise import Draws, Samples, slot
from pts_optimiser.domain.roster import StopKind

Walked = NDArray[np.float32]
"""Elapsed seconds after midnight, shape [calls, samples]; float32 holds them to a hundredth."""


@dataclass(frozen=True, slots=True)
class Walk:
    """``arrive``, ``begin``, ``depart`` [calls, samples]; ``ready`` the real readiness of each patient waited for."""

    itinerary: Itinerary
    arrive: Walked
    begin: Walked
    depart: Walked
    ready: dict[int, Samples]

    def open_at(self, index: int) -> Samples:
        """From when a call could begin were there nothing to wait for."""
        opens: Samples = self.arrive[index] + np.float32(self.itinerary.calls[index].pause)
        return opens


class Walker:
    """Walks itineraries one after another; a walk is good until the next one begins."""

    def __init__(self, draws: Draws) -> None:
        self.draws = draws
        self._room = np.empty((3, 64, draws.samples), dtype=np.float32)

    def walk(self, itinerary: Itinerary) -> Walk:
        calls = itinerary.calls
        if len(calls) > self._room.shape[1]:
            self._room = np.empty((3, 2 * len(calls), self.draws.samples), dtype=np.float32)
        arrive, begin, depart = self._room[:, : len(calls)]
        walk = Walk(itinerary, arrive, begin, depart, {})
        pace = self._pace(itinerary)
        left: Samples | float = float(itinerary.free)
        for index, call in enumerate(calls):
            if index == 0 and itinerary.begun is not None:
                arrive[0] = begin[0] = itinerary.begun
                depart[0] = beyond(begin[0] + self._dwell(call), itinerary.now)
            else:
                there, start = arrive[index], begin[index]
                np.multiply(self.draws.drive(call.name), pace[slot(call.leaves)], out=there)
                there *= np.float32(call.drive)
                there += left
                if index == 0 and call.drive and itinerary.free < itinerary.now:
                    there[:] = beyond(there, itinerary.now)
                np.add(there, np.float32(call.pause), out=start)
                np.maximum(start, np.float32(call.floor), out=start)
                if call.ready is not None and call.journey is not None:
                    walk.ready[index] = self._ready(call, itinerary.now)
                    np.maximum(start, walk.ready[index], out=start)
                np.add(start, self._dwell(call), out=depart[index])
            left = depart[index]
        return walk

    def _pace(self, itinerary: Itinerary) -> dict[int, Samples]:
        """The factor that the duty and the traffic put on every drive, by half hour."""
        duty = self.draws.duty(itinerary.duty_id)
        return {at: duty * self.draws.region(at) for at in {slot(call.leaves) for call in itinerary.calls}}

    def _dwell(self, call: Call) -> Samples | np.float32:
        if call.kind is StopKind.BREAK or not call.dwell:
            return np.float32(call.dwell)
        return self.draws.dwell(call.name) * np.float32(call.dwell)

    def _ready(self, call: Call, now: int) -> Samples:
        if call.ready is None or call.journey is None:
            raise ValueError(f"{call.name} has no readiness")
        if call.readiness is Readiness.SAID:
            return np.full(self.draws.samples, call.ready, dtype=np.float32)
        ready = self.draws.slip_s(call.journey.journey_id, call.journey.category) + np.float32(call.ready)
        return beyond(ready, now) if call.readiness is Readiness.NOT_YET else ready


def beyond(values: Samples, bound: float) -> Samples:
    """The values given that they are beyond ``bound``: those that are not become others that are.

    Where none is, all are ``bound``.
    """
    fit = values[values > bound]
    if fit.size == values.size:
        return values
    if not fit.size:
        return np.full_like(values, bound)
    return np.where(values > bound, values, np.resize(fit, values.size))
