"""Best known answers of public instances, from the literature."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class BestKnown:
    """``vehicles`` is None where their number does not matter."""

    cost: float
    vehicles: int | None


def best_known(name: str) -> BestKnown | None:
    """The best answer known of the instance called ``name``, None where the table has none."""
    return _table().get(name)


@cache
def _table() -> dict[str, BestKnown]:
    text = files("pts_optimiser.instances").joinpath("data/best_known.csv").read_text(encoding="utf-8")
    return {
        row["instance"]: BestKnown(float(row["cost"]), int(row["vehicles"]) if row["vehicles"] else None)
        for row in csv.DictReader(text.splitlines())
    }
