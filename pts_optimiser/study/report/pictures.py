"""The pictures of a study; each takes tables and returns a figure, or None where there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from pts_optimiser.study.areas import centres
from pts_optimiser.study.compare.verdict import headline
from pts_optimiser.study.report.shown import of_shown, shown
from pts_optimiser.study.report.style import bar, canvas, legend, line

Tables = Mapping[str, pd.DataFrame]


def seats_by_hour(tables: Tables) -> Figure | None:
    """Seats taken ÷ seats of vehicles in service by hour, a line a scenario."""
    figure, (axes,) = canvas()
    hours = of_shown(tables["hours"], tables)
    for number, (scenario, of_scenario) in enumerate(hours.groupby("scenario", sort=False)):
        seats = of_scenario.groupby("hour")[["taken", "in_service"]].sum()
        axes.plot(seats.index, 100 * seats["taken"] / seats["in_service"], label=scenario, **line(number))
    axes.set(
        xlabel="hour of the day",
        ylabel="seats taken, % of those in service",
        ylim=(0, None),
        xticks=range(0, int(hours["hour"].max()) + 2, 2),
    )
    legend(axes)
    return figure


def seats_by_vehicle(tables: Tables) -> Figure | None:
    """U1 by type of vehicle: seat-seconds taken ÷ offered while loaded, a bar a scenario."""
    figure, (axes,) = canvas()
    table = of_shown(tables["vehicle_types"], tables)
    kinds = sorted(table["vehicle_type"].unique())
    width = 0.8 / table["scenario"].nunique()
    for number, (scenario, of_scenario) in enumerate(table.groupby("scenario", sort=False)):
        seats = of_scenario.groupby("vehicle_type")[["seats_taken_s", "seats_offered_s"]].sum().reindex(kinds)
        height = 100 * seats["seats_taken_s"] / seats["seats_offered_s"]
        axes.bar(np.arange(len(kinds)) + (number + 0.5) * width - 0.4, height, width, label=scenario, **bar(number))
    axes.set_xticks(range(len(kinds)), [kind.replace("_", " ") for kind in kinds])
    axes.set(ylabel="U1 on nominal seats, %")
    legend(axes)
    return figure


def utilisation(tables: Tables) -> Figure | None:
    """U1 of every scenario with its interval over days."""
    return _intervals(tables["means"], "U1", "U1 on nominal seats, %", 100.0)


def served(tables: Tables) -> Figure | None:
    """Served of every scenario with its interval over days."""
    return _intervals(tables["means"], "served_percent", "journeys served, %", 1.0)


def vehicle_hours(tables: Tables) -> Figure | None:
    """Hours of vehicles in service of every scenario with their interval over days."""
    return _intervals(tables["means"], "service_hours", "vehicle-hours in service a day", 1.0)


def distancing(tables: Tables) -> Figure | None:
    """The three readings of the fall of U1 side by side, the band of 12 to 36 % behind them."""
    found = tables["distancing"]
    if found.empty:
        return None
    found = headline(found)
    names = {"relative": "relative fall, %", "points": "fall in points", "level": "level, %"}
    scenarios = list(dict.fromkeys(found["scenario"]))
    figure, panels = canvas(9, 1.2 + 0.22 * len(scenarios), 3)
    for number, (axes, (reading, label)) in enumerate(zip(panels, names.items(), strict=True)):
        of_reading = found[found["reading"] == reading].set_index("scenario").loc[scenarios]
        axes.axvspan(12, 36, facecolor="#eeeeee", edgecolor="#999999", hatch="//", linewidth=0)
        _points(axes, of_reading["value"], of_reading["low"], of_reading["high"], scenarios if number == 0 else None)
        axes.set_xlabel(label)
    return figure


def frontier(tables: Tables) -> Figure | None:
    """Served and standards met against the duties offered, a line a policy of distancing."""
    found = tables["frontier"]
    if found.empty:
        return None
    figure, panels = canvas(9, 4, 2)
    measures = (("served_percent", "journeys served, %"), ("standards_met", "standards met"))
    for axes, (column, label) in zip(panels, measures, strict=True):
        for number, ((policy, demand), alike) in enumerate(found.groupby(["distancing", "demand"], sort=False)):
            axes.plot(alike["duties_offered"], alike[column], label=f"{policy}, demand {demand:g}", **line(number))
        axes.set(xlabel="duties offered a day", ylabel=label)
    legend(panels[0])
    return figure


def standards(tables: Tables) -> Figure | None:
    """Observed percentages over all days against their targets, a mark a scenario."""
    table = of_shown(tables["standards"], tables).dropna(subset=["target_percent"])
    if table.empty:
        return None
    rows = list(table.groupby(["profile", "category", "measure"], sort=False).groups)
    figure, (axes,) = canvas(7.5, 1.2 + 0.24 * len(rows))
    for number, (scenario, of_scenario) in enumerate(table.groupby("scenario", sort=False)):
        sums = of_scenario.groupby(["profile", "category", "measure"])[["journeys_counted", "missed"]].sum()
        observed = 100 * (1 - sums["missed"] / sums["journeys_counted"])
        look = line(number) | {"linestyle": "none"}
        axes.plot(observed.reindex(rows), range(len(rows)), label=scenario, fillstyle="none", **look)
    targets = table.groupby(["profile", "category", "measure"])["target_percent"].first()
    axes.plot(targets.reindex(rows), range(len(rows)), "k|", markersize=14, label="target")
    axes.set_yticks(range(len(rows)), [f"{category} · {measure} ({profile})" for profile, category, measure in rows])
    axes.invert_yaxis()
    axes.set(xlabel="within the target, % of journeys counted", xlim=(None, 101))
    legend(axes)
    return figure


def area_map(tables: Tables) -> Figure | None:
    """Time aboard ÷ direct drive by postcode district, of the first scenario shown.

    Darker is longer, larger is more journeys, a square is in the country.
    """
    areas = tables["by_area"]
    scenario = shown(tables)[0]
    areas = areas[(areas["scenario"] == scenario) & areas["area"].isin(centres())]
    if areas.empty or "detour_ratio_mean" not in areas:
        return None
    figure, (axes,) = canvas(7.5, 6)
    shades = Normalize(areas["detour_ratio_mean"].min(), areas["detour_ratio_mean"].max())
    for kind, marker, chosen in (
        ("town", "o", areas["rural_percent"] <= 50),
        ("country", "s", areas["rural_percent"] > 50),
    ):
        of_kind = areas[chosen]
        lat, lon = np.array([centres()[area] for area in of_kind["area"]]).reshape(-1, 2).T
        size = 4 + 160 * of_kind["journeys"] / areas["journeys"].max()
        look: dict[str, Any] = {
            "cmap": "Greys",
            "norm": shades,
            "edgecolors": "black",
            "linewidths": 0.4,
            "marker": marker,
        }
        axes.scatter(lon, lat, size, of_kind["detour_ratio_mean"], label=kind, **look)
    legend(axes)
    figure.colorbar(ScalarMappable(shades, "Greys"), ax=axes, label="time aboard ÷ direct drive, mean", shrink=0.6)
    axes.set(xlabel="longitude", ylabel="latitude", aspect=1.65, title=scenario)
    return figure


PICTURES: Mapping[str, tuple[str, Callable[[Tables], Figure | None]]] = {
    "utilisation": ("Seat utilisation by scenario", utilisation),
    "distancing": ("The three readings of 12–36 %", distancing),
    "served": ("Service by scenario", served),
    "vehicle_hours": ("Vehicle-hours by scenario", vehicle_hours),
    "frontier": ("Service against the number of duties", frontier),
    "standards": ("Standards against their targets", standards),
    "seats_by_hour": ("Seats over the day", seats_by_hour),
    "seats_by_vehicle": ("Seats by type of vehicle", seats_by_vehicle),
    "map": ("Service by area", area_map),
}
"""File name → heading and what draws it."""


def _intervals(means: pd.DataFrame, name: str, label: str, scale: float) -> Figure | None:
    found = means[means["figure"] == name]
    if found.empty:
        return None
    figure, (axes,) = canvas(7.5, 1.2 + 0.22 * len(found))
    _points(axes, scale * found["mean"], scale * found["mean_low"], scale * found["mean_high"], list(found["scenario"]))
    axes.set_xlabel(label)
    return figure


def _points(axes: Axes, value: pd.Series, low: pd.Series, high: pd.Series, names: list[str] | None) -> None:
    """Values with their intervals, one below the other."""
    low, high = low.astype(float).fillna(value), high.astype(float).fillna(value)
    places = range(len(value))
    axes.errorbar(value, places, xerr=[value - low, high - value], fmt="ko", markersize=4, capsize=3)
    axes.set_yticks(places, names if names is not None else [""] * len(value))
    axes.invert_yaxis()
