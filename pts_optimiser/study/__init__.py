"""Many days × scenarios → tables, comparisons with intervals, and pictures."""
