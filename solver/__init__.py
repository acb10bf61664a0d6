"""Heterogeneous dial-a-ride on arrays: requests, vehicles, routes. Integer seconds and metres throughout.

``Problem`` holds the rules, ``Solution`` an answer, ``engine.solve`` finds one, ``reference`` judges a route plainly.
"""

from solver.problem import NEVER, Problem
from solver.solution import Route, Sequences, Solution

__all__ = ["NEVER", "Problem", "Route", "Sequences", "Solution"]
