"""The final timing of routes whose stops and order are fixed: when each stop begins, by linear programming."""

from solver.timing.holds import holds
from solver.timing.linear import RouteTiming
from solver.timing.prices import Prices, TimingWishes
from solver.timing.retime import retimed, retimed_route

__all__ = ["Prices", "RouteTiming", "TimingWishes", "holds", "retimed", "retimed_route"]
