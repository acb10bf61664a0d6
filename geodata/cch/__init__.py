"""Exact travel times between any places of a road network: a hierarchy once, a metric for each set of speeds."""

from geodata.cch.hierarchy import Hierarchy, build, prepare
from geodata.cch.kernels.customise import CLOSED
from geodata.cch.matrix import Matrix
from geodata.cch.metric import Metric
from geodata.cch.path import Path
from geodata.cch.selection import Selection

__all__ = ["CLOSED", "Hierarchy", "Matrix", "Metric", "Path", "Selection", "build", "prepare"]
