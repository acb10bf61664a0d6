"""Why journeys are not served: a code, a sentence and something a planner can do about it."""

from pts_optimiser.planning.reasons.telling import LOOKED_INTO, unserved

__all__ = ["LOOKED_INTO", "unserved"]
