"""Planners to compare with: what a person at a desk would do, and plain insertion. Neither searches."""

from collections.abc import Callable, Mapping, Sequence

from pts_optimiser.domain.journey import Journey
from pts_optimiser.planning.baselines.insertion import insertion
from pts_optimiser.planning.baselines.manual import manual
from solver import Problem, Sequences

BASELINES: Mapping[str, Callable[[Problem, Sequence[Journey]], Sequences]] = {"manual": manual, "insertion": insertion}
"""By the name of the engine."""
