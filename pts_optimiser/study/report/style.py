"""How pictures look: readable in black and white by line, marker and hatch, the same bytes from the same tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

GREYS = ("#000000", "#555555", "#8a8a8a", "#b5b5b5")
LINES = ("-", "--", "-.", ":")
MARKERS = "osD^vPX*<>"
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "+++", "ooo", "---")
LONG_NAME = 36
SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "study",
    "svg.fonttype": "none",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "legend.frameon": False,
}


def canvas(width: float = 7.5, height: float = 4.2, columns: int = 1) -> tuple[Figure, Sequence[Axes]]:
    """A figure with axes side by side."""
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, list(figure.subplots(1, columns, squeeze=False)[0])


def line(number: int) -> dict[str, Any]:
    """The look of the ``number``-th line of a picture."""
    return {
        "color": GREYS[number % len(GREYS)],
        "linestyle": LINES[number % len(LINES)],
        "marker": MARKERS[number % len(MARKERS)],
        "markersize": 4,
    }


def bar(number: int) -> dict[str, Any]:
    """The look of the ``number``-th bar of a group."""
    return {"facecolor": "white", "edgecolor": "black", "hatch": HATCHES[number % len(HATCHES)], "linewidth": 0.8}


def legend(axes: Axes) -> None:
    """Names below the picture, where they hide nothing."""
    names = axes.get_legend_handles_labels()[1]
    columns = 2 if max(map(len, names)) <= LONG_NAME else 1
    axes.legend(fontsize=7, loc="upper left", bbox_to_anchor=(0, -0.14), ncols=columns)


def save(figure: Figure, folder: Path, name: str) -> str:
    """Write ``name.png`` and ``name.svg``, and return the SVG's text."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    svg = text.getvalue()
    (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    figure.savefig(folder / f"{name}.png", dpi=150, metadata={"Software": None})
    return svg[svg.index("<svg") :]


def settings() -> AbstractContextManager[None]:
    """The settings in force while pictures are drawn."""
    return mpl.rc_context(SETTINGS)
