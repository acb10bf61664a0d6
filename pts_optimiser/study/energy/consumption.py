"""What an electric vehicle uses on a leg, holds and takes at a charger. Tags: [R] read, [M] practice, [A] assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pts_optimiser.domain.roster import Aboard

KWH_PER_KM = 0.30
"""Of an empty van in summer: the low end of 0.30–0.40 kWh/km for large electric vans [M]."""

CAR_KWH_PER_KM = 0.18
"""Of an empty car in summer [A]."""

BATTERY_KWH, CAR_BATTERY_KWH = 68.0, 50.0
"""Usable. Of a van the low end of 68–75 kWh [M]: at 0.40 kWh/km 170 km, the 105 miles of the vehicle on trial [R33]."""

CHARGER_KW = 17.0
"""68 kWh in the four hours that the vehicle on trial needs [D from R33]."""

PER_PERSON = 0.02
"""More energy for each person aboard besides the crew [A]: a full van in winter then uses the 0.40 kWh/km of [M]."""

SEASON = (1.20, 1.20, 1.12, 1.06, 1.0, 1.0, 1.0, 1.0, 1.0, 1.06, 1.12, 1.20)
"""More energy by month from January, for heating and cold batteries [A]; its range is that of [M]."""

GRID_KG_PER_KWH = 0.205
"""CO₂e of UK grid electricity, 2024, without losses in the grid [M]."""


@dataclass(frozen=True, slots=True)
class Electric:
    """An electric vehicle: use of the empty vehicle in summer, usable battery, charger at base."""

    kwh_per_km: float = KWH_PER_KM
    battery_kwh: float = BATTERY_KWH
    charger_kw: float = CHARGER_KW

    def drive_kwh(self, metres: float, month: int, aboard: Aboard) -> float:
        """km × use of the empty vehicle × season × (1 + 2 % a person aboard)."""
        persons = aboard.seats + aboard.wheelchairs + aboard.stretchers
        return metres / 1000 * self.kwh_per_km * SEASON[month - 1] * (1 + PER_PERSON * persons)


VAN = Electric()
ELECTRIC: Mapping[str, Electric] = {"car": Electric(CAR_KWH_PER_KM, CAR_BATTERY_KWH)}
"""By vehicle type, where it is not a van."""


def electric_of(vehicle_type: str) -> Electric:
    return ELECTRIC.get(vehicle_type, VAN)
