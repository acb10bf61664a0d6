"""Whether «12 % - 36 %» and «close to 100 % of the activity» are reproduced, in sentences and in a table of counts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pts_optimiser.study.compare.distancing import LEAST, MOST, READINGS, SERVED

NAMES = {"relative": "a relative fall", "points": "a fall in percentage points", "level": "a fall to that level"}


def headline(found: pd.DataFrame) -> pd.DataFrame:
    """The readings of U1 on nominal seats; scenarios that were run on fewer days than others are passed over."""
    whole = _whole(found)
    return whole[(whole["definition"] == "U1") & (whole["seats"] == "nominal")]


def verdict(found: pd.DataFrame) -> list[str]:
    """One sentence a reading of the headline figure."""
    rows = headline(found)
    return [_sentence(name, rows[rows["reading"] == reading]) for reading, name in NAMES.items()]


def _sentence(name: str, rows: pd.DataFrame) -> str:
    kept = rows[rows["inside"] & (rows["served_percent"] >= SERVED)]
    partly = rows[rows["inside"] & (rows["served_percent"] < SERVED)]
    by = f"by {len(kept)} of {len(rows)} scenarios: {'; '.join(kept['scenario'])}" if len(kept) else "by no scenario"
    more = f" Inside, but with less than {SERVED:g} % served: {'; '.join(partly['scenario'])}." if len(partly) else ""
    return f"Read as {name}, {LEAST:g}–{MOST:g} % is reproduced {by}.{more}"


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
