"""Frozen objects in the planner's words. No I/O, no search, no formulas of standards."""
