"""A lower bound on the driving of a plan."""

from solver.bound.bound import driving_lower_bound

__all__ = ["driving_lower_bound"]
