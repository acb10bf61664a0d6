"""Patients: a pseudonym, a home, and what they need on every journey."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pts_optimiser.demand.calibration import AMBER, ESCORT, MOBILITIES, OXYGEN, TRAVEL_ALONE
from pts_optimiser.demand.homes import Homes
from pts_optimiser.demand.streams import even
from pts_optimiser.domain.journey import Place


@dataclass(frozen=True, slots=True)
class Patient:
    """Nobody real: the reference is a pseudonym of six or seven digits, the home a rounded random point."""

    ref: str
    contract: str
    home: Place
    mobility: str
    escorts: int
    travel_alone: bool
    cohort: str
    skills: frozenset[str]

    @property
    def needs_special_vehicle(self) -> bool:
        """Whether only a stretcher, bariatric or HDU vehicle will do."""
        return self.mobility in {"stretcher", "bariatric", "hdu"}


def draw_patients(
    rng: np.random.Generator, homes: Homes, mobility: tuple[float, ...], first_number: int
) -> list[Patient]:
    """One patient a home, numbered from ``first_number``; ``mobility`` in the order of ``MOBILITIES``."""
    count = len(homes.place)
    codes = np.searchsorted(np.cumsum(mobility)[:-1], even(rng, count), side="right")
    escort, alone, amber, oxygen = rng.random((4, count)) < np.array([[ESCORT], [TRAVEL_ALONE], [AMBER], [OXYGEN]])
    return [
        Patient(
            ref=f"P-{first_number + i:06d}",
            contract=homes.contract[i],
            home=homes.place[i],
            mobility=MOBILITIES[codes[i]],
            escorts=int(escort[i]),
            travel_alone=bool(alone[i]),
            cohort="amber" if amber[i] else "",
            skills=frozenset({"oxygen"}) if oxygen[i] else frozenset(),
        )
        for i in range(count)
    ]
