"""The tables of the page, as HTML: numbers with their intervals, empty where there is nothing to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd

from pts_optimiser.study.compare.distancing import READINGS, SERVED
from pts_optimiser.study.compare.verdict import headline, reproduced

SHOWN = {
    "served_percent": ("served, %", 1), "standards_met": ("standards met", 1),
    "targets_percent": ("within targets, %", 1), "U1": ("U1", 3),
    "U5": ("patients a run", 2),
    "service_hours": ("vehicle-hours", 0), "paid_hours": ("paid hours", 0), "driven_hours": ("driven hours", 0),
    "empty_km_percent": ("empty km, %", 1),
    "aboard_mean_min": ("aboard, min", 1), "wait_p90_min": ("wait p90, min", 0),
    "cost_per_journey": ("£ a journey", 2), "co2e_per_journey_kg": ("kg CO₂e a journey", 2),
}  # fmt: skip
"""Figure → its heading and decimals."""

AREA_FIGURES = ("journeys", "rural_percent", "served_percent", "aboard_p90_min", "detour_ratio_mean", "wait_p90_min")
LEAST_JOURNEYS = 20
"""Of an area before its figures are ranked."""


def scenario_table(means: pd.DataFrame) -> str:
    """Means over days ± half the interval, a row a scenario."""
    rows = []
    for scenario, of_scenario in means.groupby("scenario", sort=False):
        of_figure = of_scenario.set_index("figure")
        cells = [str(scenario), str(int(of_scenario["days"].max()))]
        for figure, (_, decimals) in SHOWN.items():
            cells.append(_plus_minus(of_figure.loc[figure], decimals) if figure in of_figure.index else "")
        rows.append(cells)
    return _table(["scenario", "days", *(heading for heading, _ in SHOWN.values())], rows)


def comparison_table(differences: pd.DataFrame) -> str:
    """Change in percent of the baseline, with its interval."""
    if differences.empty:
        return ""
    rows = []
    for (scenario, baseline), of_pair in differences.groupby(["scenario", "baseline"], sort=False):
        of_figure = of_pair.set_index("figure")
        cells = [str(scenario), str(baseline), str(int(of_pair["days"].max()))]
        cells += [_change(of_figure.loc[figure]) if figure in of_figure.index else "" for figure in SHOWN]
        rows.append(cells)
    return "<h2>Change from the baseline, %</h2>" + _table(
        ["scenario", "baseline", "days", *(heading for heading, _ in SHOWN.values())], rows
    )


def headline_table(found: pd.DataFrame) -> str:
    """The three readings of U1 on nominal seats, a row a scenario, with what was served."""
    rows = []
    for scenario, alike in headline(found).groupby("scenario", sort=False):
        of_reading = alike.set_index("reading")
        one = of_reading.iloc[0]
        cells = [str(scenario), f"{one['baseline_mean']:.3f}", f"{one['mean']:.3f}"]
        cells += [_inside(of_reading.loc[name]) for name in READINGS]
        rows.append([*cells, f"{one['served_percent']:.2f}"])
    heading = ["scenario", "U1 without", "U1 with", "relative fall, %", "fall, points", "level, %", "served, %"]
    said = f"● the whole interval inside 12–36, ○ so with less than {SERVED:g} % served."
    return f"<p>{said}</p>{_table(heading, rows)}"


def reproduced_table(found: pd.DataFrame) -> str:
    """By which definition and reading how many scenarios are inside 12–36 with enough served."""
    heading = ["figure", "seats", "relative fall", "fall in points", "level"]
    return _table(heading, reproduced(found).itertuples(index=False))


def distancing_table(found: pd.DataFrame) -> str:
    """The three readings together, of every definition on nominal and on permitted seats."""
    if found.empty:
        return ""
    rows = []
    keys = ["scenario", "baseline", "definition", "seats"]
    for key, alike in found.groupby(keys, sort=False):
        of_reading = alike.set_index("reading")
        cells = [*map(str, key), f"{alike['baseline_mean'].iloc[0]:.3f}", f"{alike['mean'].iloc[0]:.3f}"]
        cells += [_inside(of_reading.loc[name]) if name in of_reading.index else "" for name in READINGS]
        rows.append([*cells, f"{alike['served_percent'].iloc[0]:.1f}"])
    heading = ["scenario", "baseline", "figure", "seats", "baseline is", "is", "relative fall, %", "fall, points",
               "level, %", "served, %"]  # fmt: skip
    return (
        f"<details><summary>All definitions of utilisation and all scenarios</summary>{_table(heading, rows)}</details>"
    )


def duty_mix_tables(week: pd.DataFrame, duties: pd.DataFrame) -> str:
    """What today's duties and the chosen ones take in a week, and all of both."""
    if week.empty:
        return ""
    sums = [
        [
            row["scenario"],
            row["figure"],
            *(_plain(row[side]) for side in ("today", "chosen")),
            _plain(row["change_percent"]),
        ]
        for row in week.to_dict("records")
    ]
    columns = ["scenario", *(name for name in duties.columns if name != "scenario")]
    each = [
        [_plain(row[name]) if name in {"hours", "today", "chosen"} else str(row[name]) for name in columns]
        for row in duties.to_dict("records")
    ]
    return (
        "<h2>Today's duties and the chosen ones</h2>"
        + _table(["scenario", "a week", "today", "chosen", "change, %"], sums)
        + "<details><summary>Every duty: how many a day</summary>"
        + _table([name.replace("_", " ") for name in columns], each)
        + "</details>"
    )


def frontier_table(found: pd.DataFrame) -> str:
    """Service by the number of duties; ● the least that is enough."""
    if found.empty:
        return ""
    rows = [
        [
            f"{row.distancing}, demand {row.demand:g}", f"{row.duties_offered:.0f}", f"{row.duties_used:.0f}",
            f"{row.served_percent:.1f}", f"{row.standards_met:.1f}", f"{row.service_hours:,.0f}",
            f"{row.cost:,.0f}", "●" if row.least else "",
        ]
        for row in found.itertuples()
    ]  # fmt: skip
    heading = ["policy", "duties offered", "used", "served, %", "standards met", "vehicle-hours", "£ a day", "enough"]
    return "<h2>How many vehicles for the same service</h2>" + _table(heading, rows)


def equity_table(found: pd.DataFrame, column: str) -> str:
    """Service by a group of patients."""
    if found.empty:
        return ""
    figures = [name for name in found.columns if name not in {"scenario", column, "journeys", "rural_percent"}]
    rows = [
        [row["scenario"], _group(row[column]), f"{row['journeys']:,}", *(_plain(row[name]) for name in figures)]
        for row in found.to_dict("records")
    ]
    heading = ["scenario", column, "journeys", *(name.replace("_", " ") for name in figures)]
    return f"<h3>By {escape(column)}</h3>" + _table(heading, rows)


def longest_rides_table(found: pd.DataFrame) -> str:
    """The areas with the longest rides, of each scenario the three."""
    if found.empty:
        return ""
    known = found[found["journeys"] >= LEAST_JOURNEYS]
    rows = [
        [row["scenario"], row["area"], *(_plain(row[name]) for name in AREA_FIGURES)]
        for _, of_scenario in known.groupby("scenario", sort=False)
        for row in of_scenario.nlargest(3, "aboard_p90_min").to_dict("records")
    ]
    return "<h3>Areas with the longest rides</h3>" + _table(
        ["scenario", "area", *(name.replace("_", " ") for name in AREA_FIGURES)], rows
    )


def fairness_table(found: pd.DataFrame) -> str:
    """How the burden is spread over patients who come again."""
    if found.empty:
        return ""
    rows = [[row["scenario"], *(_plain(row[name]) for name in found.columns[1:])] for row in found.to_dict("records")]
    return _table([name.replace("_", " ") for name in found.columns], rows)


def _plus_minus(row: pd.Series, decimals: int) -> str:
    half = "" if pd.isna(row["mean_high"]) else f" ±{row['mean_high'] - row['mean']:,.{decimals}f}"
    return f"{row['mean']:,.{decimals}f}{half}"


def _change(row: pd.Series) -> str:
    if pd.isna(row.get("percent")):
        return ""
    interval = "" if pd.isna(row["percent_low"]) else f" ({row['percent_low']:+.1f} to {row['percent_high']:+.1f})"
    return f"{row['percent']:+.1f}{interval}"


def _inside(row: pd.Series) -> str:
    interval = "" if pd.isna(row["low"]) else f" ({row['low']:.1f} to {row['high']:.1f})"
    mark = "" if not row["inside"] else " ●" if row["served_percent"] >= SERVED else " ○"
    return f"{row['value']:.1f}{interval}{mark}"


def _group(value: object) -> str:
    return {True: "country", False: "town"}[value] if isinstance(value, bool) else str(value)


def _plain(value: float) -> str:
    return "" if pd.isna(value) else f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th scope=col>{escape(name)}</th>" for name in heading)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<div class=wide><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
