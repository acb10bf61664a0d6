"""Engine (b): OR-Tools routing on parts of a day of up to about 100 requests, put together by decomposition."""

from solver.routing.decompose import solve_decomposed
from solver.routing.solve import solve_routing
from solver.subproblem import subproblem

__all__ = ["solve_decomposed", "solve_routing", "subproblem"]
