"""Electric vehicles: energy by distance, season and load, charge along a planned day, and the figures of both."""
