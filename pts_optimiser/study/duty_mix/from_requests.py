"""The need of a day from its journeys: each one's work, spread over the time in which it may be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import numpy as np

from geodata.earth import apart_m
from pts_optimiser.domain.clock import midnight, seconds_after
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Limit, Policy
from pts_optimiser.study.areas import home_of
from pts_optimiser.study.days import StudyDay
from pts_optimiser.study.duty_mix.need import Base, Kind, Need, Servers, Slots, nearest, servers, spread
from pts_optimiser.study.duty_mix.rules import Rules

CIRCUITY, KMH = 1.3, 38.0
"""Road for each kilometre as the crow flies, and speed over it: suburban [A]."""


def need_of_requests(day: StudyDay, policy: Policy, kinds: Sequence[Kind], bases: Sequence[Base], rules: Rules) -> Need:
    """What serving the day takes; journeys that no kind can serve are left out.

    pace × (work of the journeys one by one) × (all such work in the half hour ÷ its mean, weighted by itself) to the
    power of (sharing − 1): twice the journeys take less than twice the vehicles, as they are carried together.
    """
    alone: dict[tuple[Base, Servers], Slots] = {}
    for journey in day.journeys:
        able = servers(journey, kinds, policy)
        if not able:
            continue
        key = nearest(home_of(journey), bases), able
        minutes = alone_min(journey, policy)
        alone[key] = alone.get(key, np.zeros(1)) + spread(minutes, *_window(journey, minutes, day, policy))
    if not alone:
        return {}
    work = np.sum(list(alone.values()), axis=0)
    usual = (work * work).sum() / work.sum()
    shared = np.divide(work, usual, out=np.ones_like(work), where=work > 0) ** (rules.sharing - 1)
    return {key: rules.pace * shared * own for key, own in alone.items()}


def alone_min(journey: Journey, policy: Policy) -> float:
    """Minutes for a journey by itself: boarding, parking, the drive, alighting; without the way to it."""
    a, b = journey.pickup, journey.dropoff
    metres = float(apart_m(np.array(a.lat), np.array(a.lon), np.array(b.lat), np.array(b.lon)))
    dwell = policy.mobilities[journey.mobility].dwell
    stands = dwell.pickup(a.kind) + dwell.dropoff(b.kind) + policy.overhead(a.kind) + policy.overhead(b.kind)
    return CIRCUITY * metres / 1000 / KMH * 60 + stands / 60


def _window(journey: Journey, minutes: float, day: StudyDay, policy: Policy) -> tuple[float, float]:
    """From when to when the work may be done, in minutes of the day: half-way from target to hard limit [A]."""
    standard = policy.standard(journey)
    zero = midnight(day.service_date)
    if journey.tied_to_appointment:
        due = seconds_after(zero, cast("datetime", journey.appointment_at)) / 60
        return due - _half_way_min(standard.arrive_early) - minutes, due + _half_way_min(standard.arrive_late)
    ready = seconds_after(zero, cast("datetime", journey.ready_at)) / 60
    return ready, ready + _half_way_min(standard.collect) + minutes


def _half_way_min(limit: Limit) -> float:
    """Targets are to be met by most journeys, not by all."""
    return (limit.target + limit.hard) / 120
