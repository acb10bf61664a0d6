"""Whether «12 % - 36 %» and «close to 100 % of the activity» are reproduced, in sentences and in a table of counts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pts_optimiser.study.compare.distancing import LEAST, MOST, READINGS, SERVED

NAMES = {"relative": "a relative fall", "points": "a fall in percentage points", "level": "a fall to that level"}
UNITS = {"relative": " %", "points": " points", "level": " %"}


def verdict(found: pd.DataFrame) -> list[str]:
    """One sentence a reading of the headline figure U1 on nominal seats: which policies are inside, with intervals.

    Scenarios that were run on fewer days than others are passed over.
    """
    headline = _whole(found)
    headline = headline[(headline["definition"] == "U1") & (headline["seats"] == "nominal")]
    return [_sentence(reading, headline[headline["reading"] == reading]) for reading in READINGS]


def _sentence(reading: str, rows: pd.DataFrame) -> str:
    kept = rows[rows["inside"] & (rows["served_percent"] >= SERVED)]
    groups = (
        ("yes", kept),
        (f"inside, but with less than {SERVED:g} % served", rows[rows["inside"] & (rows["served_percent"] < SERVED)]),
        ("no", rows[~rows["inside"].astype(bool)]),
    )
    of_all = (
        "is reproduced" if len(kept) == len(rows) else "is reproduced in part" if len(kept) else "is not reproduced"
    )
    told = ". ".join(
        f"{name[0].upper()}{name[1:]}: " + "; ".join(_told(row, reading) for row in group.to_dict("records"))
        for name, group in groups
        if len(group)
    )
    return f"Read as {NAMES[reading]}, {LEAST:g}–{MOST:g} % {of_all}. {told}."


def _told(row: dict[str, object], reading: str) -> str:
    interval = "" if pd.isna(row["low"]) else f" ({row['low']:.1f} to {row['high']:.1f})"
    return f"{row['scenario']} {row['value']:.1f}{interval}{UNITS[reading]}"


def reproduced(found: pd.DataFrame) -> pd.DataFrame:
    """One row a definition and its seats: of how many scenarios each reading is inside with enough served."""
    whole = _whole(found)

    def rows() -> Iterator[dict[str, str]]:
        for (definition, seats), alike in whole.groupby(["definition", "seats"], sort=False):
            row = {"definition": str(definition), "seats": str(seats)}
            for reading in READINGS:
                of_reading = alike[alike["reading"] == reading]
                inside = of_reading["inside"].astype(bool) & (of_reading["served_percent"] >= SERVED)
                row[reading] = f"{inside.sum()} of {len(inside)}" if len(inside) else ""
            yield row

    return pd.DataFrame(rows())


def service(figures: pd.DataFrame) -> list[str]:
    """One sentence a level of demand with the day's own fleet: who is served least, and whether standards are met."""
    usual = figures[figures["fleet"] == 1.0]
    sentences = []
    for demand, alike in usual.groupby("demand"):
        by_policy = alike.groupby("distancing", sort=False).agg(
            served=("served", "sum"), journeys=("journeys", "sum"), days=("served", "size"),
            met=("standards_met", "sum"), of=("standards_with_target", "sum"),
        )  # fmt: skip
        percent = 100 * by_policy["served"] / by_policy["journeys"]
        enough = f"at least {SERVED:g} % is served under every policy"
        if percent.min() < SERVED:
            enough = f"less than {SERVED:g} % is served under {', '.join(percent.index[percent < SERVED])}"
        served = "; ".join(f"{policy} {value:.2f} %" for policy, value in percent.items())
        met = "; ".join(f"{policy} {100 * row.met / row.of:.1f} %" for policy, row in by_policy.iterrows())
        sentences.append(f"At {100 * demand:g} % of demand {enough} ({served}). Standards met: {met}.")
    return sentences


def _whole(found: pd.DataFrame) -> pd.DataFrame:
    return found[found["days"] == found["days"].max()]
