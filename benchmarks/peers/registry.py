"""The solvers to compare: where their code is, which package they need, in which variants they run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from benchmarks.peers.clock import Clock
from benchmarks.peers.shipments import Variant
from solver.problem import Problem

Solve = Callable[[Problem, Variant, Clock, int], list[list[int]]]


@dataclass(frozen=True, slots=True)
class Peer:
    """``module`` and ``function`` solve; ``parts`` is the number of requests to solve at once, 0 for all.

    ``exact`` peers keep every rule and run in one variant of that name.
    """

    name: str
    module: str
    package: str = ""
    function: str = "solve"
    parts: int = 0
    exact: bool = False

    @property
    def installed(self) -> bool:
        return not self.package or find_spec(self.package) is not None

    def variants(self, chosen: list[str]) -> list[str]:
        return ["exact"] if self.exact else chosen

    def load(self) -> Solve:
        """Import the peer and give its function, ready to run."""
        module = import_module(f"benchmarks.peers.{self.module}")
        if self.exact:
            module.warm()
        solve: Solve = getattr(module, self.function)
        return solve


PART = 150
OURS = "pts-optimiser"

PEERS = {peer.name: peer for peer in (
    Peer(OURS, "own", function="solve_hybrid", exact=True),
    Peer("ortools", "own", function="solve_ortools", exact=True),
    Peer("ortools-whole", "own", function="solve_ortools_whole", exact=True),
    Peer("vroom", "vroom_peer", "vroom"),
    Peer("vroom-parts", "vroom_peer", "vroom", parts=PART),
    Peer("pyvrp", "pyvrp_peer", "pyvrp"),
    Peer("pyvrp-parts", "pyvrp_peer", "pyvrp", parts=PART),
    Peer("vrp-cli", "vrp_cli_peer", "vrp_cli"),
    Peer("vrp-cli-parts", "vrp_cli_peer", "vrp_cli", parts=PART),
    Peer("commiv", "commiv_peer", "commiv"),
)}  # fmt: skip
DISTRIBUTIONS = {"vroom": "pyvroom", "pyvrp": "pyvrp", "vrp_cli": "vrp-cli", "commiv": "commiv"}
