"""The final timing of routes whose stops and order are fixed: when each stop begins, by linear programming."""

from solver.timing.holds import holds
from solver.timing.prices import Prices, TimingWishes
from solver.timing.retime import retimed

__all__ = ["Prices", "TimingWishes", "holds", "retimed"]
