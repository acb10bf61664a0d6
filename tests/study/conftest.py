"""Plans of a handful of short days, and a pool that solves in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pts_optimiser.services import study as service

PLAN = """
title = "Two days with and without distancing"
[days.generate]
first = 2026-11-24
last = 2026-11-25
scale = 0.15
contracts = ["sandwell"]
[defaults]
budget = 4
fleet = 0.3
[[scenarios]]
distancing = ["off", "one_party"]
[[scenarios]]
name = "more"
fleet = 0.5
days = 1
[compare]
over = "distancing"
baseline = "off"
"""


class Inline(Executor):
    """Solves what it is given before it returns; ``told`` hears every call."""

    def __init__(self, told: Callable[..., Any] = lambda *_args: None) -> None:
        self.told = told

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.told(*args)
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # as a pool does
            future.set_exception(error)
        return future


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """No cluster: days are solved here. The list gets every task that is solved."""
    solved: list[Any] = []

    @contextmanager
    def here(_scheduler: str | None, workers: int) -> Iterator[tuple[Executor, int]]:
        yield Inline(lambda task, _before: solved.append(task)), workers

    monkeypatch.setattr(service, "cluster", here)
    return solved


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    return path
