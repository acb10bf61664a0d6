"""The rest of the day planned anew from where it stands, with small changes, each for a reason."""

from pts_optimiser.planning.replan.reoptimise import Proposal, Replanner
from pts_optimiser.planning.replan.searching import Replanning

__all__ = ["Proposal", "Replanner", "Replanning"]
