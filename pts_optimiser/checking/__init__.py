"""The referee: recomputes a roster from the inputs and the travel times, and names every rule that it breaks.

Written from the design alone; shares no code with the solver or with planning.
"""

from pts_optimiser.checking.day import check_day
from pts_optimiser.checking.referee import check
from pts_optimiser.checking.travel_times import Travel, TravelTable, read_travel
from pts_optimiser.checking.violation import Code, Violation

__all__ = ["Code", "Travel", "TravelTable", "Violation", "check", "check_day", "read_travel"]
