"""The output folder of ``plan``: first the roster with what it stands on, then everything made from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pts_optimiser.domain.errors import InputError
from pts_optimiser.domain.roster_json import roster_document
from pts_optimiser.reporting import tables
from pts_optimiser.reporting.csv_text import csv_text
from pts_optimiser.reporting.publication import Publication
from pts_optimiser.reporting.views import VIEWS, by_line, compact

Content = str | bytes | Callable[[Path], object]


def write_roster(out: Path, publication: Publication) -> None:
    """Put a folder in place with the roster and what the referee needs to check it again, in one go or not at all.

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
        for name, content in _core(publication).items():
            _write(fresh / name, content)
        if out.exists():
            out.rename(former)
        try:
            fresh.rename(out)
        except OSError:
            if former.exists():
                former.rename(out)
            raise


def complete_folder(out: Path, publication: Publication) -> None:
    """Add every other file to the folder of ``write_roster``; ``roster.json`` is replaced, last and in one step."""
    with TemporaryDirectory(dir=out.resolve().parent, prefix=f".{out.name}-") as workplace:
        contents = _views(publication) | {"roster.json": by_line(roster_document(publication.roster))}
        for name, content in contents.items():
            _write(Path(workplace, name), content)
        for name in contents:
            Path(workplace, name).replace(out / name)


def refuse_foreign(out: Path) -> None:
    """Raise InputError where writing to ``out`` would replace something that is not a roster's folder."""
    if not out.exists():
        return
    if not out.is_dir():
        raise InputError(f"{out} is a file; name a folder to write the roster to")
    if any(out.iterdir()) and not (out / "roster.json").is_file():
        raise InputError(f"{out} holds other files and no roster.json; name a new or empty folder")


def _core(publication: Publication) -> dict[str, Content]:
    return {
        "roster.json": by_line(roster_document(publication.roster)),
        "travel.npz": publication.travel_npz,
        "journeys.csv": publication.journeys_csv,
        "duties.csv": publication.duties_csv,
        "policy.toml": publication.policy_toml,
    }


def _views(publication: Publication) -> dict[str, Content]:
    contents: dict[str, Content] = {name: view(publication) for name, view in VIEWS.items()}
    contents["plan.log.jsonl"] = "".join(compact(line) for line in publication.progress)
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
