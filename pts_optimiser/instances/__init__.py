"""Public benchmark instances: read them, hand them to the solver, verify an answer in double precision."""

from pts_optimiser.instances.best_known import best_known
from pts_optimiser.instances.cordeau import read_cordeau
from pts_optimiser.instances.instance import Instance, Node, Request, Vehicle
from pts_optimiser.instances.mdhdarp import read_mdhdarp
from pts_optimiser.instances.problem import routes_from_solution, to_problem
from pts_optimiser.instances.verify import Verdict, verify

__all__ = [
    "Instance",
    "Node",
    "Request",
    "Vehicle",
    "Verdict",
    "best_known",
    "read_cordeau",
    "read_mdhdarp",
    "routes_from_solution",
    "to_problem",
    "verify",
]
