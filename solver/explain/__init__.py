"""Why a request is not served: the smallest sets of rules that clash on the vehicles nearest to taking it."""

from solver.explain.nearest import Gaps, gaps
from solver.explain.request import explain
from solver.explain.rules import Clash, Kind, Relaxation, Rule

__all__ = ["Clash", "Gaps", "Kind", "Relaxation", "Rule", "explain", "gaps"]
