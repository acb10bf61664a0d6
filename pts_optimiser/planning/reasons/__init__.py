"""Why journeys are not served: a code, a sentence and something a planner can do about it."""

from pts_optimiser.planning.reasons.telling import unserved

__all__ = ["unserved"]
