"""The need of a day from its plan: vehicles at work, half hour by half hour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np

from pts_optimiser.domain.clock import midnight, seconds_after
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import RosteredDuty, StopKind
from pts_optimiser.study.areas import home_of
from pts_optimiser.study.days import StudyDay
from pts_optimiser.study.duty_mix.need import Base, Kind, Need, Servers, Slots, nearest, servers, spread


def need_of_roster(
    day: StudyDay, rostered: Sequence[RosteredDuty], policy: Policy, kinds: Sequence[Kind], bases: Sequence[Base]
) -> Need:
    """Work of every run, with the way to it, at the base nearest to its first patient's home; the last run's with home.

    An empty vehicle that waits and one at its break are not at work. A run can be served by who can serve all in it.
    """
    of_id = {journey.journey_id: journey for journey in day.journeys}
    zero = midnight(day.service_date)
    found: dict[tuple[Base, Servers], Slots] = {}
    for duty in rostered:
        for carried, worked in _runs(duty):
            patients = [of_id[name] for name in carried]
            key = nearest(home_of(patients[0]), bases), _able(patients, kinds, policy)
            for start, end in worked:
                begins, ends = seconds_after(zero, start) / 60, seconds_after(zero, end) / 60
                if ends > begins:
                    found[key] = found.get(key, np.zeros(1)) + spread(ends - begins, begins, ends)
    return found


def _able(patients: Sequence[Journey], kinds: Sequence[Kind], policy: Policy) -> Servers:
    return frozenset.intersection(*(servers(journey, kinds, policy) for journey in patients))


def _runs(duty: RosteredDuty) -> Iterator[tuple[list[str], list[tuple[datetime, datetime]]]]:
    """For each run its journeys and the times at work, from the way to it to when the vehicle is empty again."""
    carried: list[str] = []
    worked: list[tuple[datetime, datetime]] = []
    for before, after in pairwise(duty.stops):
        if after.kind is StopKind.PICKUP and not before.aboard.parties and carried:
            yield carried, worked
            carried, worked = [], []
        if after.kind is StopKind.PICKUP and after.journey_id is not None:
            carried.append(after.journey_id)
        sets_out = before.depart_at if before.aboard.parties else after.begin_at - timedelta(seconds=after.travel_s)
        worked.append((sets_out, after.begin_at if after.kind is StopKind.BREAK else after.depart_at))
    if carried:
        yield carried, worked
