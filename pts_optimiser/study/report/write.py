"""``report.html`` and ``pictures/`` from the tables of a study."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from pts_optimiser.reporting.page import fill
from pts_optimiser.study.compare.gain import told
from pts_optimiser.study.compare.verdict import headline, service, verdict
from pts_optimiser.study.outcome import read_tables
from pts_optimiser.study.report.pictures import PICTURES, Tables
from pts_optimiser.study.report.shown import of_shown, shown
from pts_optimiser.study.report.style import save, settings
from pts_optimiser.study.report.tables import (
    comparison_table,
    distancing_table,
    duty_mix_tables,
    equity_table,
    fairness_table,
    frontier_table,
    headline_table,
    longest_rides_table,
    reproduced_table,
    scenario_table,
)
from pts_optimiser.study.report.words import LIMITS


def write_report(folder: Path) -> None:
    """Draw the pictures and write the page; both from the folder's tables alone."""
    tables = read_tables(folder / "tables")
    about = json.loads((folder / "study.json").read_text(encoding="utf-8"))
    drawn = _draw(tables, folder / "pictures")
    data = files("pts_optimiser.study.report") / "data"
    page = fill(
        (data / "report.html").read_text(encoding="utf-8"),
        {
            "title": escape(about["title"]),
            "css": (data / "report.css").read_text(encoding="utf-8"),
            "about": _about(about, tables),
            "verdict": _verdict(tables),
            "scenarios": scenario_table(tables["means"]),
            "gain": _gain(tables["gains"]),
            "comparison": comparison_table(tables["differences"]),
            "duty_mix": duty_mix_tables(tables["duty_mix_week"], tables["duty_mix"]),
            "distancing": distancing_table(tables["distancing"]),
            "frontier": frontier_table(tables["frontier"]),
            "equity": "".join(
                equity_table(of_shown(tables[name], tables), column)
                for name, column in (
                    ("by_place", "rural"),
                    ("by_category", "category"),
                    ("by_deprivation", "deprivation"),
                )
            ),
            "shown": escape("; ".join(shown(tables))),
            "longest": longest_rides_table(of_shown(tables["by_area"], tables)),
            "fairness": fairness_table(tables["fairness"]),
            "limits": "".join(f"<li>{escape(said)}</li>" for said in LIMITS),
            **{f"picture {name}": drawn.get(name, "") for name in PICTURES},
        },
    )
    (folder / "report.html").write_text(page, encoding="utf-8")


def _draw(tables: Tables, folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.svg"), *folder.glob("*.png")]:
        old.unlink()
    drawn = {}
    with settings():
        for name, (heading, draw) in PICTURES.items():
            figure = draw(tables)
            if figure is not None:
                figcaption = f"<figcaption>{escape(heading)}</figcaption>"
                drawn[name] = f"<figure>{save(figure, folder, name)}{figcaption}</figure>"
    return drawn


def _about(about: dict[str, Any], tables: Tables) -> str:
    journeys = int(tables["figures"]["journeys"].sum())
    compare = about["compare"]
    said = [
        f"{about['days']} days from {about['first_day']} to {about['last_day']}, {len(about['scenarios'])} scenarios,"
        f" {about['solved']:,} days solved, {journeys:,} journeys planned; every plan passed by the referee.",
        f"Engine {about['engine']}; budgets in iterations, so the same plan gives the same tables.",
    ]
    if compare:
        said.append(
            f"Compared over {compare['over']}, baseline {compare['baseline']}, day by day on the same journeys."
        )
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in said)


def _verdict(tables: Tables) -> str:
    found: pd.DataFrame = tables["distancing"]
    if found.empty:
        return ""
    baseline = "; ".join(dict.fromkeys(headline(found)["baseline"]))
    return (
        "<h2>Is «reduced seat utilisation between 12 % - 36 %» reproduced?</h2>"
        f"<p>By U1 on nominal seats: the whole 95 % interval inside 12–36, and at least 99 % of the journeys served."
        f" Baseline: {escape(baseline)}.</p>{_list(verdict(found))}{headline_table(found)}"
        f"<h3>Scenarios that reproduce it, by every definition and reading</h3>{reproduced_table(found)}"
        f"<h2>Is «close to 100 % of the activity» served?</h2>{_list(service(tables['figures']))}"
    )


def _gain(found: pd.DataFrame) -> str:
    return "" if found.empty else f"<h2>Saved at equal or better service</h2>{_list(told(found))}"


def _list(sentences: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in sentences)}</ul>"
