"""One search of OR-Tools on a model: ruin and recreate from given routes, or from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2, routing_heuristic_parameters_pb2
from ortools.util import optional_boolean_pb2

from solver.routing.model import Model

STRING, REMOVED, BYPASS = 10, 30, 0.01  # longest string of visits and mean number of visits that a ruin removes
HOT, COLD = 600.0, 10.0  # annealing temperatures in seconds of driving

_Insertion = routing_heuristic_parameters_pb2.LocalCheapestInsertionParameters


def ruin_and_recreate(model: Model, start: Sequence[Sequence[int]], iterations: int, seconds: float) -> Any | None:
    """Iterated local search by SISR with annealing from routes of indices, for so many iterations or seconds.

    Whoever they leave out is inserted first, so they may be empty. They are given as locks, which hold for the first
    solution only: it is the one way to start an iterated local search of OR-Tools from a plan. Descents between the
    ruins, which take seconds each, are left out. None where the model does not take the start.
    """
    parameters = _parameters(seconds, iterations)
    model.routing.CloseModelWithParameters(parameters)
    if not model.routing.ApplyLocksToAllVehicles([list(row) for row in start], True):
        return None
    return model.routing.SolveWithIteratedLocalSearch(parameters)


def _parameters(seconds: float, iterations: int) -> Any:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.time_limit.FromMilliseconds(max(1, int(seconds * 1000)))
    parameters.solution_limit = iterations
    operators = parameters.local_search_operators
    for field in operators.DESCRIPTOR.fields:
        setattr(operators, field.name, optional_boolean_pb2.BOOL_FALSE)
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.LOCAL_CHEAPEST_INSERTION
    insertion = parameters.local_cheapest_insertion_parameters
    insertion.pickup_delivery_strategy = _Insertion.BEST_PICKUP_DELIVERY_PAIR_MULTITOUR
    parameters.use_iterated_local_search = True
    again = parameters.iterated_local_search_parameters
    again.improve_perturbed_solution = False
    again.perturbation_strategy = 1  # ruin and recreate
    sisr = again.ruin_recreate_parameters.ruin_strategies.add().sisr
    sisr.max_removed_sequence_size = STRING
    sisr.avg_num_removed_visits = REMOVED
    sisr.bypass_factor = BYPASS
    annealing = again.reference_solution_acceptance_strategy.simulated_annealing
    annealing.initial_temperature, annealing.final_temperature = HOT, COLD
    return parameters
