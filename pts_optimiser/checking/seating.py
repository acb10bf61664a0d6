"""Whether all who ride in one run find places far enough from other parties, and keep them for the whole ride."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot

from pts_optimiser.checking.case import Case
from pts_optimiser.checking.course import Course, Visit
from pts_optimiser.checking.violation import Code, Violation
from pts_optimiser.domain.policy import Layout
from pts_optimiser.domain.roster import StopKind

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Party:
    """Aboard from visit ``on`` to visit ``off``, the patient on a ``place`` of that kind and the escorts on seats."""

    place: str
    escorts: int
    on: int
    off: int

    def meets(self, other: Party) -> bool:
        return self.on < other.off and other.on < self.off


def check_seating(case: Case) -> Iterator[Violation]:
    """Under a seat graph only. Runs of a named cohort are exempt, and members of one party to each other."""
    distancing = case.policy.distancing
    if distancing is None or distancing.least_distance_m is None:
        return
    for course in case.courses:
        runs: dict[int, list[Visit]] = {}
        for visit in course.visits:
            if visit.run is not None and visit.journey is not None and not visit.journey.cohort:
                runs.setdefault(visit.run, []).append(visit)
        for visits in runs.values():
            yield from _run(case, course, visits, distancing.least_distance_m)


def _run(case: Case, course: Course, visits: Sequence[Visit], least_m: float) -> Iterator[Violation]:
    vehicle, index = case.vehicle(course), visits[0].stop.layout
    if vehicle is None or index is None or not 0 <= index < len(vehicle.layouts):
        return  # told elsewhere
    if index >= len(vehicle.seat_positions_m):
        yield course.finding(Code.INPUT_GAP, f"the policy has no seat positions of {vehicle.name}", visits[0])
        return
    parties = []
    for visit in visits:
        ends = [v.index for v in visits if v.journey == visit.journey and v.stop.kind is StopKind.DROPOFF]
        if visit.stop.kind is StopKind.PICKUP and visit.journey is not None and ends:
            mobility = case.mobility(visit.journey)
            place = "seat" if mobility is None else mobility.place
            parties.append(Party(place, visit.journey.escorts, visit.index, ends[0]))
    if not find_places(parties, vehicle.layouts[index], vehicle.seat_positions_m[index], least_m):
        text = f"{len(parties)} parties of a run find no places {least_m:g} m apart in layout {index}"
        yield course.finding(Code.SEAT_DISTANCE, text, visits[0])


def find_places(parties: Sequence[Party], layout: Layout, at: Sequence[Point], least_m: float) -> bool:
    """Try all places for one party after the other, in the order of boarding."""
    kinds = ["seat"] * layout.seats + ["wheelchair"] * layout.wheelchairs + ["stretcher"] * layout.stretchers

    def seat(waiting: Sequence[Party], seated: list[tuple[Party, tuple[int, ...]]]) -> bool:
        if not waiting:
            return True
        party, *others = waiting
        taken = [at[place] for other, places in seated if other.meets(party) for place in places]
        free = [k for k, (x, y) in enumerate(at) if all(hypot(x - a, y - b) >= least_m for a, b in taken)]
        return any(
            seat(others, [*seated, (party, (own, *beside))])
            for own in free
            if kinds[own] == party.place
            for beside in combinations([k for k in free if kinds[k] == "seat" and k != own], party.escorts)
        )

    return seat(sorted(parties, key=lambda party: party.on), [])
