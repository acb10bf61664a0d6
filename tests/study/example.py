"""A study of handfuls of journeys that was run once, to be copied to where one is wanted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from pts_optimiser.services import study as service
from pts_optimiser.services.study import StudyOrder, study
from tests.study.conftest import PLAN, Inline


def copy_study(to: Path) -> None:
    """Put the folder of the study at ``to``."""
    shutil.copytree(Path(_run().name, "out"), to, ignore=shutil.ignore_patterns("days"))


@cache
def _run() -> TemporaryDirectory[str]:
    """Gone with the process."""
    place = TemporaryDirectory()
    plan = Path(place.name, "plan.toml")
    plan.write_text(PLAN, encoding="utf-8")

    @contextmanager
    def here(_scheduler: str | None, workers: int) -> Iterator[tuple[Executor, int]]:
        yield Inline(), workers

    def undrawn(folder: Path) -> None:
        """Pictures take longer than these days."""
        (folder / "report.html").write_text("<!doctype html><title>A study</title>", encoding="utf-8")

    with patch.object(service, "cluster", here), patch.object(service, "write_report", undrawn):
        study(StudyOrder(plan, Path(place.name, "out")))
    return place
