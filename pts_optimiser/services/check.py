"""``check``: the referee's verdict on a roster's folder, or on a roster with inputs of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pts_optimiser.checking import Violation, check, read_travel
from pts_optimiser.domain.errors import InputError, TravelTimesError
from pts_optimiser.domain.roster import Roster
from pts_optimiser.intake.day import read_day
from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.roster import read_roster, roster_folder


@dataclass(frozen=True, slots=True)
class Verdict:
    roster: Roster
    journeys: int
    violations: Sequence[Violation]


def check_roster(
    roster: Path, *, journeys: Path | None = None, duties: Path | None = None, policy: Path | None = None
) -> Verdict:
    """Judge a roster; what is not named is taken from the files beside it.

    Raises
    ------
    InputError
        The roster or an input cannot be read.
    TravelTimesError
        ``travel.npz`` is missing or unreadable.
    """
    plan = read_roster(roster)
    folder = roster_folder(roster)
    rules = load_policy(
        policy or _beside(folder, "policy.toml"),
        distancing=plan.policy.get("distancing"),
        standards=plan.policy.get("standards"),
    )
    day = read_day(
        journeys or _beside(folder, "journeys.csv"),
        duties or _beside(folder, "duties.csv"),
        rules,
        service_date=plan.service_date,
    )
    try:
        travel = read_travel(folder / Path(plan.travel.get("file", "travel.npz")).name)
    except (OSError, ValueError) as error:
        raise TravelTimesError(f"{folder / 'travel.npz'}: {error}") from error
    return Verdict(plan, len(day.journeys), check(plan, day.journeys, day.duties, rules, travel))


def _beside(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise InputError(f"{path} is missing. Name the file, or check the whole folder that plan wrote.")
    return path
