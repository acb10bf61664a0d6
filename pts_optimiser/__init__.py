"""Route optimisation for non-emergency patient transport: journeys, duties, standards, rosters."""
