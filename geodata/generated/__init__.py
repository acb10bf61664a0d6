"""A seeded synthetic region with roads on real settlement positions, for demonstrations, tests and benchmarks."""

from geodata.generated.roads import generate

__all__ = ["generate"]
