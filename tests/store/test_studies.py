"""What of single patients is in the folder of studies, and when it goes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pts_optimiser.store import Store, plans
from pts_optimiser.store.studies import forget_rows, studies_folder, study_files, tidy_studies
from pts_optimiser.store.words import PlanKind
from tests.store.examples import BY, DAY, NOW

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # it is about files

KEPT = {"report.html", "study.json", "tables/figures.parquet"}
ROWS = {"days/ab12/rides.parquet", "input-x/journeys.csv", "tables/rides.parquet", "travel/seconds.npy"}


def put_study(store: Store, name: str, first: date = DAY, paths: set[str] = KEPT | ROWS) -> Path:
    """A study with something in every place that there is."""
    study = studies_folder(store) / name
    for path in paths:
        (study / path).parent.mkdir(parents=True, exist_ok=True)
        (study / path).write_text(json.dumps({"first_day": first.isoformat()}))
    return study


def files_in(study: Path) -> set[str]:
    return {path.relative_to(study).as_posix() for path in study.rglob("*") if path.is_file()}


def ordered_study(store: Store) -> str:
    with store.write() as session:
        return plans.order_plan(session, PlanKind.STUDY, None, {}, by=BY, at=NOW)[0].plan_id


def stopped(store: Store, plan_id: str) -> None:
    with store.write() as session:
        plans.request_stop(session, plan_id, by=BY, at=NOW)


def test_rows_of_journeys_go_with_their_first_day_and_counts_stay(store: Store) -> None:
    old, new = put_study(store, "old", DAY - timedelta(days=1)), put_study(store, "new")
    assert forget_rows(store, DAY) == ["old"]
    assert (files_in(old), files_in(new)) == (KEPT, KEPT | ROWS)
    assert forget_rows(store, DAY) == []


@pytest.mark.parametrize("about", ["{", "[]", '{"first_day": 3}', '{"first_day": "soon"}'])
def test_what_somebody_may_be_copying_is_left_alone(store: Store, about: str) -> None:
    study = put_study(store, "half")
    (study / "study.json").write_text(about)
    assert forget_rows(store, DAY + timedelta(days=1)) == []
    assert files_in(study) == KEPT | ROWS


def test_what_killed_workers_left_of_studies_that_are_over_goes(store: Store) -> None:
    over, vain, running = (ordered_study(store) for _ in range(3))
    kept, nothing, going = put_study(store, over), put_study(store, vain, paths=ROWS), put_study(store, running)
    copied = put_study(store, "copied", paths=ROWS)
    for plan_id in (over, vain):
        stopped(store, plan_id)
    tidy_studies(store)
    assert (files_in(kept), nothing.exists()) == (KEPT, False)
    assert (files_in(going), files_in(copied)) == (KEPT | ROWS, ROWS)


def test_a_study_without_a_folder_is_no_matter(store: Store) -> None:
    stopped(store, ordered_study(store))
    tidy_studies(store)
    assert forget_rows(store, DAY) == []


def test_all_that_is_kept_of_studies_is_told_but_not_of_those_under_way(store: Store) -> None:
    put_study(store, "caps", paths=KEPT | ROWS | {"pictures/days/gain.svg"})
    put_study(store, "running")
    put_study(store, "no study", paths=ROWS)
    told = {name for name, _ in study_files(store, {"running"})}
    assert told == {f"caps/{path}" for path in KEPT | {"tables/rides.parquet", "pictures/days/gain.svg"}}


def test_a_folder_that_cannot_be_looked_into_is_told_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put_study(store, "caps", paths=KEPT)
    look = os.scandir

    def refused(path: str | Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "tables":
            raise PermissionError(13, "Permission denied", path)
        return look(path)

    monkeypatch.setattr(os, "scandir", refused)
    told = {name for name, _ in study_files(store, ())}
    assert told == {"caps/study.json", "caps/report.html", "caps/tables"}
