"""Plots for the documentation, as SVG files that are the same for the same figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.peers.result import Result

HOLDS, BREAKS = "-", ":"


def quality_over_time(results: Sequence[Result], file: Path) -> Path:
    """Service and driving (gap on public instances) against the CPU really used.

    A colour a solver, a line a variant: solid and with filled markers where the plans break no rule, else dotted.
    """
    is_day = results[0].verified is None
    peers = list(dict.fromkeys(r.peer for r in results))
    budgets = sorted({r.seconds * r.cores for r in results})
    panels: list[tuple[str, Callable[[Result], float | None]]] = [
        ("served, %", lambda r: 100 * r.served / r.requests),
        ("minutes of driving a served journey", lambda r: r.minutes)
        if is_day
        else ("over the best known cost, %", lambda r: r.gap),
    ]
    mpl.rcParams["svg.hashsalt"] = "pts"
    figure = Figure(figsize=(11, 4.8), layout="constrained")
    for axes, (label, value) in zip(figure.subplots(1, 2), panels, strict=True):
        axes.set_xscale("log")
        axes.set_xlabel("CPU seconds used")
        axes.set_ylabel(label)
        axes.grid(visible=True, alpha=0.3)
        axes.set_xticks(budgets, [f"{budget:g}" for budget in budgets])
        axes.minorticks_off()
        for peer, variant in dict.fromkeys((r.peer, r.variant) for r in results):
            mine = [r for r in results if (r.peer, r.variant) == (peer, variant) and value(r) is not None and r.served]
            if mine:
                _line(axes, mine, value, f"{peer} ({variant})", f"C{peers.index(peer) % 10}")
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, fontsize="small")
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Date": None})
    return file


def _line(axes: Any, mine: Sequence[Result], value: Callable[[Result], Any], label: str, colour: str) -> None:
    """Medians over runs of the same budget."""
    budgets = sorted({r.seconds for r in mine})
    runs = [[r for r in mine if r.seconds == budget] for budget in budgets]
    x = [median(r.cpu_s for r in some) for some in runs]
    y = [median(value(r) for r in some) for some in runs]
    axes.plot(x, y, HOLDS if not any(r.broken for r in mine) else BREAKS, color=colour, label=label)
    for some, at, height in zip(runs, x, y, strict=True):
        sound = not any(r.broken for r in some)
        axes.plot([at], [height], "o", color=colour, markerfacecolor=colour if sound else "white", markersize=5)
