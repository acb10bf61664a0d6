"""Answers on disk by their content address, as Parquet: a stopped study goes on where it was.

An answer is written to a folder of a temporary name, which is then renamed: it is there whole or not at all.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pts_optimiser.study.recurring import Habit
from pts_optimiser.study.solve_day import Answer

HABITS = pa.schema(
    [("duty", pa.string()), ("journey", pa.string()), ("pickup", pa.bool_())]
    + [(name, pa.int32()) for name in ("begin_s", "depart_s")]
)
ABSENT = {"standards": pa.string(), "electric": pa.float64()}
"""Columns that may have no value, and their types all the same."""


class Results:
    """The answers of all studies that share a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __contains__(self, key: str) -> bool:
        return (self.folder / key).is_dir()

    def keep(self, key: str, answer: Answer) -> None:
        """Write an answer; one that is there already stays."""
        scratch = Path(mkdtemp(prefix="unfinished-", dir=self.folder))
        for name, table in answer.tables.items():
            pq.write_table(table, scratch / f"{name}.parquet")
        if answer.habits:
            pq.write_table(pa.Table.from_pylist(list(map(asdict, answer.habits)), HABITS), scratch / "habits.parquet")
        with suppress(OSError):
            scratch.rename(self.folder / key)
        shutil.rmtree(scratch, ignore_errors=True)

    def habits(self, key: str) -> tuple[Habit, ...]:
        """What of a day's plan may come again a week later."""
        return tuple(Habit(**row) for row in pq.read_table(self.folder / key / "habits.parquet").to_pylist())

    def together(self, name: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> pa.Table:
        """One table of many days, in the order of ``rows``: the key of each, and the columns to put before its own."""
        parts = []
        for key, columns in rows:
            part = pq.read_table(self.folder / key / f"{name}.parquet")
            for place, (column, value) in enumerate(columns.items()):
                part = part.add_column(place, column, pa.array([value] * len(part), ABSENT.get(column)))
            parts.append(part)
        return pa.concat_tables(parts, promote_options="permissive").combine_chunks()

    def sweep(self) -> None:
        """Remove what a stopped study left unfinished."""
        for leftover in self.folder.glob("unfinished-*"):
            shutil.rmtree(leftover, ignore_errors=True)
