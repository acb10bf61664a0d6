"""The output folder of ``plan``: every file in one go, or nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.roster_json import roster_document
from pts_optimiser.reporting import tables
from pts_optimiser.reporting.csv_text import csv_text
from pts_optimiser.reporting.geojson import map_document
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.report import report
from pts_optimiser.reporting.run_sheets import run_sheets
from pts_optimiser.reporting.workbook import workbook_bytes

Content = str | bytes | Callable[[Path], object]


def write_folder(out: Path, publication: Publication) -> None:
    """Write every file beside ``out``, then put the folder in its place by renaming.

    A folder that is empty or holds a ``roster.json`` is replaced, whole. Whatever goes wrong before the end leaves
    ``out`` as it was.

    Raises
    ------
    InputError
        ``out`` is a file, or a folder that holds something else than a roster.
    """
    out = out.resolve()
    refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as workplace:
        fresh, former = Path(workplace, "fresh"), Path(workplace, "former")
        fresh.mkdir()
        for name, content in _contents(publication).items():
            _write(fresh / name, content)
        if out.exists():
            out.rename(former)
        try:
            fresh.rename(out)
        except OSError:
            if former.exists():
                former.rename(out)
            raise


def refuse_foreign(out: Path) -> None:
    """Raise InputError where writing to ``out`` would replace something that is not a roster's folder."""
    if not out.exists():
        return
    if not out.is_dir():
        raise InputError(f"{out} is a file; name a folder to write the roster to")
    if any(out.iterdir()) and not (out / "roster.json").is_file():
        raise InputError(f"{out} holds other files and no roster.json; name a new or empty folder")


def _contents(publication: Publication) -> dict[str, Content]:
    roster = publication.roster
    contents: dict[str, Content] = {
        "roster.json": _json(roster_document(roster)),
        "travel.npz": publication.travel_npz,
        "journeys.csv": publication.journeys_csv,
        "duties.csv": publication.duties_csv,
        "policy.toml": publication.policy_toml,
        "roster.csv": csv_text(tables.stops(publication)),
        "unserved.csv": csv_text(tables.unserved(publication)),
        "kpis.json": _json(roster.kpis),
        "roster.xlsx": workbook_bytes(publication),
        "map.geojson": _compact(map_document(publication)),
        "report.html": report(publication),
        "run_sheets.html": run_sheets(publication),
        "plan.log.jsonl": "".join(_compact(line) for line in publication.progress),
    }
    if publication.issues:
        contents["issues.csv"] = csv_text(tables.issues(publication.issues))
    return contents | dict(publication.rejected)


def _write(path: Path, content: Content) -> None:
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8", newline="")
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        content(path)


def _json(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _compact(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
