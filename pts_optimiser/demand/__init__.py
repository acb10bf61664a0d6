"""Seeded, synthetic demand: journeys, duties and on-the-day events that resemble a real service without its data."""
