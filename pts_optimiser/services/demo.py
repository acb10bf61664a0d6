"""``demo``: a generated weekday of the whole region on generated roads, planned, checked and reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pts_optimiser.planning.day import Search
from pts_optimiser.services.generate import Known, generate
from pts_optimiser.services.network import generate_network
from pts_optimiser.services.plan import OnProgress, Order, Outcome, plan
from pts_optimiser.services.sources import read_source

DAY = date(2026, 9, 15)
"""A Tuesday like most."""

SEED = 1
JUNCTIONS = 100_000
"""Enough for a region that looks like one; made in 10 s and kept."""

KNOWN: Known = "all"


def demo(out: Path, search: Search, on_progress: OnProgress) -> Outcome:
    """Generate into ``out/input`` and ``out/roads``, plan into ``out/plan``."""
    roads = generate_network(JUNCTIONS, SEED, out / "roads").folder
    day = generate(DAY, SEED, out / "input", known=KNOWN)[0].folder
    order = Order(
        journeys=read_source(day / "journeys.csv"),
        duties=read_source(day / "duties.csv"),
        out=out / "plan",
        search=search,
        network=roads,
    )
    return plan(order, on_progress)
