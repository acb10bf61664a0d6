"""What can stand in the way of a request on a vehicle, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of rules, those first that say least about what to do: of two sets that clash the later kinds are kept."""

    TARGET = "target"  # windows and ride limit that a served request need not miss
    RIDE = "ride"  # hard limit of the time aboard
    EARLIEST = "earliest"  # hard lower ends of a request's windows
    LATEST = "latest"  # hard upper ends of a request's windows
    DISTANCE = "distance"  # metres a day
    SHARING = "sharing"  # groups and exclusive rides
    ROOM = "room"  # places of the layouts
    BREAK = "break"  # window of the break
    DURATION = "duration"  # time between departure and return
    START = "start"  # earliest departure
    END = "end"  # latest return


@dataclass(frozen=True, slots=True)
class Rule:
    """``request`` is None where the rule belongs to the vehicle."""

    kind: Kind
    request: int | None = None


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Giving way on this one rule, by ``amount`` seconds (0 where it holds or not), lets the request in."""

    rule: Rule
    amount: int


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules of which an insertion into the vehicle's route can keep all but one, but not all.

    ``rules`` is empty where an insertion keeps everything. ``relaxations`` are in the order of ``rules``. ``misses``
    are the fewest served requests whose targets have to give way for the request to come in, none where that alone
    does not do.
    """

    vehicle: int
    rules: tuple[Rule, ...]
    relaxations: tuple[Relaxation, ...]
    misses: tuple[int, ...]
