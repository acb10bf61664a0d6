"""Travel times that the user names: a file of their own, or the roads of a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from geodata import TravelTimes
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.issue import Issue
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.legs import Leg, Way
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import RosteredDuty
from pts_optimiser.planning.places import places_of
from pts_optimiser.planning.travel_file import file_travel
from pts_optimiser.planning.travel_findings import travel_findings

if TYPE_CHECKING:
    from pts_optimiser.planning.network_travel import NetworkTravel


class Day(Protocol):
    """Whatever says between which places travel times are wanted, and when."""

    @property
    def service_date(self) -> date: ...
    @property
    def journeys(self) -> Sequence[Journey]: ...
    @property
    def duties(self) -> Sequence[Duty]: ...


@dataclass(frozen=True, slots=True, eq=False)
class GivenTravel:
    """Times between the places of a day, and what looks wrong in them; without ``times`` the formula is to be used."""

    times: TravelTimes | None = None
    issues: tuple[Issue, ...] = ()
    network: NetworkTravel | None = None

    @property
    def attribution(self) -> str:
        """What a map or report made with these times must say."""
        return self.network.attribution if self.network else ""

    def lines(self, duties: Sequence[RosteredDuty]) -> Mapping[Leg, Way]:
        """The way of every leg driven, where roads are known."""
        return self.network.lines(duties) if self.network else {}


def given_travel(file: Path | None, network: Path | None, day: Day, policy: Policy) -> GivenTravel:
    """Travel times from a file or a network, if either is named.

    Raises
    ------
    InputError
        Both are named.
    TravelTimesError
        A file or network that cannot be read, or lacks a place or a band.
    """
    if file is not None and network is not None:
        raise InputError("--travel and --network are two sources of travel times; name one of them")
    places = places_of(day.journeys, day.duties)
    if file is not None:
        times = file_travel(file, places, policy, day.service_date)
        return GivenTravel(times, travel_findings(times, places, file.name))
    if network is not None:
        from pts_optimiser.planning.network_travel import (  # noqa: PLC0415  (loads SciPy, which takes a quarter of a second)
            network_travel,
            off_road_issues,
        )

        by_road = network_travel(network, places, policy, day.service_date)
        return GivenTravel(by_road.times, tuple(off_road_issues(by_road, places, network.name)), by_road)
    return GivenTravel()
