"""Amounts and capacities of a VROOM problem, all of one length."""

from __future__ import annotations

from dataclasses import dataclass

from pts_optimiser.instances.text import malformed, unsupported
from pts_optimiser.instances.vroom_file import Amounts, File

Amount = tuple[int, ...]
SHARED_HINT = "Give all vehicles one place there, or make the jobs shipments."


@dataclass(frozen=True, slots=True)
class Loads:
    """By job what it is brought and what it gives, by shipment and by vehicle; never of length 0."""

    deliveries: tuple[Amount, ...]
    pickups: tuple[Amount, ...]
    shipments: tuple[Amount, ...]
    capacities: tuple[Amount, ...]


def loads_of(file: str, problem: File) -> Loads:
    """Read them; those of jobs are 0 where everything together fits every vehicle.

    Raises
    ------
    InputError
        Where lengths differ, or vehicles to be loaded for jobs do not share the place where that happens.
    """
    size = len(problem.vehicles[0].capacity)

    def amount(field: str, given: Amounts, *, may_be_absent: bool = True) -> Amount:
        if len(given) != size and (given or not may_be_absent):
            raise malformed(file, None, f"{len(given)} amounts where the first vehicle has {size}", field)
        return tuple(given) or (0,) * max(size, 1)

    vehicles = [(f"vehicles[{i}].capacity", vehicle.capacity) for i, vehicle in enumerate(problem.vehicles)]
    capacities = tuple(amount(field, given, may_be_absent=False) for field, given in vehicles)
    deliveries = tuple(amount(f"jobs[{i}].delivery", job.delivery) for i, job in enumerate(problem.jobs))
    pickups = tuple(amount(f"jobs[{i}].pickup", job.pickup) for i, job in enumerate(problem.jobs))
    shipments = tuple(amount(f"shipments[{i}].amount", step.amount) for i, step in enumerate(problem.shipments))
    together = map(sum, zip(*deliveries, *pickups, *shipments, strict=True))
    if all(total <= min(room) for total, room in zip(together, zip(*capacities, strict=True), strict=True)):
        nothing = ((0,) * max(size, 1),) * len(problem.jobs)
        return Loads(nothing, nothing, shipments, capacities)
    for name, amounts in (("delivery", deliveries), ("pickup", pickups)):
        where = "start" if name == "delivery" else "end"
        places = {(getattr(car, where), getattr(car, f"{where}_index")) for car in problem.vehicles}
        loaded = [i for i, job in enumerate(amounts) if any(job)]
        if loaded and len(places) > 1:
            field = f"jobs[{loaded[0]}].{name}"
            raise unsupported(file, field, f"vehicles {where} at different places", SHARED_HINT)
    return Loads(deliveries, pickups, shipments, capacities)
