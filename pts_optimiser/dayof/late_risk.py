"""Late risk: for every standard of every open journey how likely it is to be missed, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from pts_optimiser.checking import Travel
from pts_optimiser.dayof.advice import Advice, advise
from pts_optimiser.dayof.blame import Blame, Ledger
from pts_optimiser.dayof.itinerary import Itinerary, itineraries
from pts_optimiser.dayof.noise import Draws, Noise, Samples
from pts_optimiser.dayof.pace import driven, learn
from pts_optimiser.dayof.remaining import remaining
from pts_optimiser.dayof.risk_words import reason
from pts_optimiser.dayof.standards import Measure, Watched, watched
from pts_optimiser.dayof.state import DayState
from pts_optimiser.dayof.walk import Walk, Walker
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster

EXPLAINED = 0.05
"""From this probability on it is worked out what makes a journey late."""


@dataclass(frozen=True, slots=True)
class Risk:
    """How likely one standard of one journey is to be missed.

    ``target`` and ``hard`` are probabilities, ``target`` None where the direct drive alone takes longer. The spare
    seconds before the target is missed (the hard limit where there is no target): ``planned_spare``, ``likely_spare``
    on the middle one of the sampled days and ``bad_spare`` on one day in ten; below 0 it is missed.
    """

    watch: Watched
    itinerary: Itinerary
    target: float | None
    hard: float
    planned_spare: int
    likely_spare: int
    bad_spare: int
    blame: Blame | None = None
    advice: Advice | None = None

    @property
    def journey_id(self) -> str:
        return self.watch.journey.journey_id

    @property
    def duty_id(self) -> str:
        return self.itinerary.duty_id

    @property
    def measure(self) -> Measure:
        return self.watch.measure

    @property
    def worst(self) -> float:
        """The probability that counts: of missing the target where there is one."""
        return self.hard if self.target is None else self.target

    @property
    def planned(self) -> bool:
        """Whether the plan itself misses it."""
        return self.planned_spare < 0 or self.watch.too_early(self.watch.planned(self.itinerary))

    @property
    def reason(self) -> str:
        """What is at risk, which stop upstream makes it late and what would help, in words."""
        return reason(self)


def late_risk(
    roster: Roster,
    journeys: Sequence[Journey],
    duties: Sequence[Duty],
    policy: Policy,
    travel: Travel,
    noise: Noise,
    *,
    samples: int = 2000,
    seed: int = 1,
    now: datetime | None = None,
    state: DayState | None = None,
    advised: int = 20,
) -> tuple[Risk, ...]:
    """Sample what is left of the day and count what is missed.

    Parameters
    ----------
    now
        What lies before is taken as made as planned; of no account where there is a state.
    state
        The day as it stands: what is done, where the vehicles are, who is said to be ready. The drives so far tell
        how fast the day's traffic is.
    advised
        For so many of the riskiest that the plan does not miss by itself it is tried what would help.

    Returns
    -------
    tuple of Risk
        One for each standard of each open journey, the likeliest to be missed first.
    """
    if state is None:
        ahead, pace = itineraries(roster, journeys, duties, policy, travel, now), None
    else:
        ahead, pace = remaining(state, journeys, policy, travel), learn(tuple(driven(state, travel)), noise)
    draws = Draws(noise, seed, samples, pace)
    found = risks(ahead, policy, draws)
    return with_advice(found, travel, draws, advised)


def risks(ahead: Iterable[Itinerary], policy: Policy, draws: Draws) -> tuple[Risk, ...]:
    """Risks of all that the itineraries still decide, the likeliest to be missed first."""
    walker = Walker(draws)
    found = [risk for itinerary in ahead for risk in _of_duty(walker.walk(itinerary), policy)]
    found.sort(key=lambda risk: (-risk.worst, -risk.hard, risk.planned_spare, risk.journey_id, risk.measure))
    return tuple(found)


def with_advice(found: Sequence[Risk], travel: Travel, draws: Draws, most: int) -> tuple[Risk, ...]:
    """The same risks, the first ``most`` of those that the plan does not miss by itself with what would help."""
    chosen = [at for at, risk in enumerate(found) if risk.blame is not None and not risk.planned][:most]
    advised = list(found)
    walker = Walker(draws)
    for at in chosen:
        risk = found[at]
        if risk.blame is not None:
            advice = advise(risk.watch, risk.itinerary, risk.blame, risk.bad_spare, walker, travel)
            advised[at] = replace(risk, advice=advice)
    return tuple(advised)


def _of_duty(walk: Walk, policy: Policy) -> Iterator[Risk]:
    ledger = None
    for watch in watched(walk.itinerary, policy):
        missed, risk = _risk(watch, walk)
        if risk.worst >= EXPLAINED:
            ledger = ledger or Ledger(walk)
            risk = replace(risk, blame=ledger.blame(watch, missed))
        yield risk


def _risk(watch: Watched, walk: Walk) -> tuple[NDArray[np.bool_], Risk]:
    seconds = watch.seconds(walk)
    missed = watch.misses(seconds)
    likely, bad = _quantiles(seconds)
    share = float(np.count_nonzero(missed)) / seconds.size
    hard = share if watch.target is None else float(np.count_nonzero(watch.misses_hard(seconds))) / seconds.size
    return missed, Risk(
        watch=watch,
        itinerary=walk.itinerary,
        target=None if watch.target is None else share,
        hard=hard,
        planned_spare=round(watch.limit - watch.planned(walk.itinerary)),
        likely_spare=round(watch.limit - likely),
        bad_spare=round(watch.limit - bad),
    )


def _quantiles(seconds: Samples) -> tuple[float, float]:
    ordered = np.sort(seconds)  # quicker than np.partition for two of them
    return float(ordered[seconds.size // 2]), float(ordered[seconds.size * 9 // 10])
