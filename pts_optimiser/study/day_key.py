"""The content address of an answer: SHA-256 over everything that makes it.

The same day, scenario, policy and code have the same address in every study; anything else has another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.intake.writing import duties_csv
from pts_optimiser.study.scenario import DIMENSIONS, Scenario

ROOMS = (
    ("solver", ""),
    ("geodata", ""),
    *(("pts_optimiser", room) for room in ("domain", "checking", "intake", "demand", "planning", "reporting", "study")),
)
"""Packages whose code makes an answer; what only shows it is left out."""

ONLY_SHOWS = ("study/report", "study/data", "study/compare", "study/outcome.py", "reporting/data")
LIBRARIES = ("numpy", "numba", "ortools", "scipy")


def scenario_key(scenario: Scenario, policy: Policy, network: str = "") -> str:
    """The part of the address that all days of a scenario share, worked out once for them; a name is no part of it."""
    return _hashed(
        {
            "engine": engine_version(),
            "scenario": {name: getattr(scenario, name) for name in DIMENSIONS if name != "duties_file"},
            "duties": None if scenario.duties is None else duties_csv(scenario.duties),
            "chosen": None if scenario.chosen is None else [duties_csv(duties) for duties in scenario.chosen.values()],
            "policy": policy_toml(policy),
            "network": network,
        }
    )


def day_key(recipe: str, scenario: str, after: str = "") -> str:
    """The address of one day, by its recipe, of one scenario, by its key: 64 hexadecimal digits."""
    return _hashed({"day": recipe, "scenario": scenario, "after": after})


def _hashed(parts: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def engine_version() -> str:
    """A hash of the code and data that make an answer, and of the versions of the libraries that they stand on."""
    digest = hashlib.sha256()
    for package, room in ROOMS:
        root = Path(str(import_module(package).__file__)).parent
        for file in sorted((root / room).rglob("*")):
            name = file.relative_to(root).as_posix()
            if file.suffix in {".py", ".csv", ".toml", ".json"} and not name.startswith(ONLY_SHOWS):
                digest.update(f"{package}/{name}".encode() + file.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    return digest.hexdigest()[:16]


def folder_hash(folder: Path) -> str:
    """A hash of all files of a road network's folder."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        with file.open("rb") as content:
            digest.update(file.name.encode() + hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()
