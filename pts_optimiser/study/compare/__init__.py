"""Scenarios side by side: means, paired differences with intervals, the readings of distancing, equity and fairness."""
