"""VROOM problems solved in a process of its own, its kernels loaded once."""

from __future__ import annotations

import json
from time import perf_counter

from pts_optimiser.instances.problem import to_problem
from pts_optimiser.instances.text import unsupported
from pts_optimiser.instances.vroom import vroom_case
from pts_optimiser.instances.vroom_answer import vroom_answer
from pts_optimiser.instances.vroom_file import parse_file
from pts_optimiser.planning.day import Search
from pts_optimiser.services.hosted.child import serve
from solver.progress import silent

MEMORY = 4 << 30
NAME = "problem"


def answer(request: bytes) -> bytes:
    """One problem, in VROOM's JSON, behind a line of JSON with budget, seed and most tasks and vehicles.

    Raises
    ------
    InputError
        A field that is malformed or that the solver has no rule for, or a problem that is too large.
    """
    began = perf_counter()
    line, _, text = request.partition(b"\n")
    how = json.loads(line)
    problem = parse_file(NAME, text)
    for field, count, most in (
        ("jobs", sum(1 for _ in problem.tasks()), how["tasks"]),
        ("vehicles", len(problem.vehicles), how["vehicles"]),
    ):
        if count > most:
            raise unsupported(NAME, field, f"{count} where at most {most} are solved while you wait", "Split it.")
    case = vroom_case(NAME, problem, NAME)
    arrays, _ = to_problem(case.instance)
    loaded = perf_counter()
    search = Search(workers=1, budget_s=how["budget_s"], seed=how["seed"])
    found = vroom_answer(case, arrays, search.solve(arrays, silent))
    took = {"loading": round(1000 * (loaded - began)), "solving": round(1000 * (perf_counter() - loaded)), "routing": 0}
    found["summary"]["computing_times"] = took
    return json.dumps(found).encode()


def warm() -> None:
    """Solve a small problem, so that every kernel is loaded before somebody waits for an answer."""
    jobs = [{"id": i, "location": [-2.5 + i % 6 / 40, 53.0 + i / 150], "delivery": [1]} for i in range(30)]
    pause = {"service": 600, "time_windows": [[3000, 9000]]}
    cars = [{"id": i, "start": [-2.4, 53.1], "capacity": [12], "breaks": [pause]} for i in range(4)]
    how = {"budget_s": 0.2, "seed": 1, "tasks": 30, "vehicles": 4}
    answer(json.dumps(how).encode() + b"\n" + json.dumps({"jobs": jobs, "vehicles": cars}).encode())


if __name__ == "__main__":
    serve(answer, MEMORY, warm)
