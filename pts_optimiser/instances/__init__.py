"""Public benchmark instances: read them, hand them to the solver, verify an answer in double precision."""

from pts_optimiser.instances.best_known import BestKnown, best_known
from pts_optimiser.instances.cordeau import read_cordeau
from pts_optimiser.instances.instance import Break, Instance, Node, Request, Vehicle, euclidean
from pts_optimiser.instances.lilim import read_lilim
from pts_optimiser.instances.mdhdarp import read_mdhdarp
from pts_optimiser.instances.problem import routes_from_solution, to_problem
from pts_optimiser.instances.sartori import read_sartori
from pts_optimiser.instances.verify import Verdict, verify
from pts_optimiser.instances.vroom import read_vroom

__all__ = [
    "BestKnown",
    "Break",
    "Instance",
    "Node",
    "Request",
    "Vehicle",
    "Verdict",
    "best_known",
    "euclidean",
    "read_cordeau",
    "read_lilim",
    "read_mdhdarp",
    "read_sartori",
    "read_vroom",
    "routes_from_solution",
    "to_problem",
    "verify",
]
