"""Best known costs of public instances, from the literature."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


def best_known(name: str) -> float | None:
    """Least distance known of the instance called ``name``, None where the table has none."""
    return _table().get(name)


@cache
def _table() -> dict[str, float]:
    text = files("pts_optimiser.instances").joinpath("data/best_known.csv").read_text(encoding="utf-8")
    return {row["instance"]: float(row["cost"]) for row in csv.DictReader(text.splitlines())}
