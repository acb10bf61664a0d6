"""The referee's one entry: every theme looks at the roster, and all that they find is reported."""

from __future__ import annotations

from collections.abc import Sequence

from pts_optimiser.checking.breaks import check_breaks
from pts_optimiser.checking.case import open_case
from pts_optimiser.checking.completeness import check_completeness
from pts_optimiser.checking.crew import check_crew
from pts_optimiser.checking.inputs import check_inputs
from pts_optimiser.checking.loads import check_loads
from pts_optimiser.checking.seating import check_seating
from pts_optimiser.checking.sharing import check_sharing
from pts_optimiser.checking.structure import check_structure
from pts_optimiser.checking.timing import check_timing
from pts_optimiser.checking.travel import check_travel
from pts_optimiser.checking.travel_times import Travel
from pts_optimiser.checking.violation import Violation
from pts_optimiser.checking.windows import check_windows
from pts_optimiser.domain.duty import Duty
from pts_optimiser.domain.journey import Journey
from pts_optimiser.domain.policy import Policy
from pts_optimiser.domain.roster import Roster

THEMES = (
    check_inputs,
    check_completeness,
    check_structure,
    check_travel,
    check_timing,
    check_windows,
    check_loads,
    check_sharing,
    check_seating,
    check_breaks,
    check_crew,
)


def check(
    roster: Roster, journeys: Sequence[Journey], duties: Sequence[Duty], policy: Policy, travel: Travel
) -> list[Violation]:
    """Recompute the roster and name every rule that it breaks.

    Parameters
    ----------
    roster
        The plan, however damaged: no roster makes the referee raise.
    journeys, duties, policy
        The inputs of the plan, whole: a journey that is in neither list of the roster is found only so.
    travel
        The travel times of the plan, as ``read_travel`` gives them.

    Returns
    -------
    list of Violation
        Empty when the roster keeps every rule; by theme, then in the order of the roster.
    """
    case = open_case(roster, journeys, duties, policy, travel)
    return [violation for theme in THEMES for violation in theme(case)]
