"""Places and roads: travel times, distances and where a postcode lies. Knows nothing of journeys or vehicles."""

from geodata.travel_times import TravelTimes

__all__ = ["TravelTimes"]
