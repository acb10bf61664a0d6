"""The days of a study: made by the generator or read from files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pts_optimiser.demand.day import GeneratedDay as Generated
from pts_optimiser.demand.day import Known, generate_day
from pts_optimiser.demand.fleet import contract_of_base
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.intake.writing import duties_csv, journeys_csv


@dataclass(frozen=True, slots=True)
class StudyDay:
    """The input of one day, before or after a scenario is laid over it."""

    service_date: date
    journeys: tuple[Journey, ...]
    duties: tuple[Duty, ...]

    def day(self, _demand: float) -> StudyDay:
        """Itself: a day from files has the journeys that it has."""
        return self

    @property
    def recipe(self) -> str:
        """The content of the day, by its hash."""
        content = journeys_csv(self.journeys) + duties_csv(self.duties)
        return f"{self.service_date} {hashlib.sha256(content.encode()).hexdigest()}"


@lru_cache(maxsize=2)
def _generated(service_date: date, seed: int, scale: float, known: Known) -> Generated:
    """A day and one of more demand, as scenarios of one day follow each other."""
    return generate_day(service_date, seed, scale=scale, known=known)


@dataclass(frozen=True, slots=True)
class GeneratedDay:
    """A day that whoever plans it makes first.

    ``scale`` is the generator's. Of ``contracts`` only the journeys and the duties from their bases are
    kept; empty keeps all.
    """

    service_date: date
    seed: int
    scale: float = 1.0
    known: Known = "all"
    contracts: tuple[str, ...] = ()

    def day(self, demand: float) -> StudyDay:
        """The day itself; above 1 with so many times the journeys. Less demand is left to thinning."""
        usual = _generated(self.service_date, self.seed, self.scale, self.known)
        journeys, duties = usual.journeys, usual.duties
        if self.contracts:
            duties = tuple(duty for duty in duties if contract_of_base()[duty.base] in self.contracts)
        if demand > 1:
            journeys = _generated(self.service_date, self.seed, self.scale * demand, self.known).journeys
        if self.contracts:
            journeys = tuple(journey for journey in journeys if journey.contract in self.contracts)
        return StudyDay(self.service_date, journeys, duties)

    @property
    def recipe(self) -> str:
        """What the generator makes the day of."""
        return f"generated {self.service_date} {self.seed} {self.scale!r} {self.known} {' '.join(self.contracts)}"


DaySource = StudyDay | GeneratedDay
