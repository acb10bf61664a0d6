"""Exports and when they go; how they are made is in ``tests/jobs``."""

from __future__ import annotations

import os
from datetime import timedelta

from pts_optimiser.services.hosted.exports import KEPT, folder, place, remove_old
from pts_optimiser.store import Store, plans
from pts_optimiser.store.words import PlanKind
from tests.store.examples import BY, DAY, NOW, later, put


def an_export(store: Store) -> str:
    with store.write() as session:
        put(session)
        plan_id = plans.order_plan(session, PlanKind.EXPORT, DAY, {}, by=BY, at=NOW)[0].plan_id
    folder(store).mkdir(parents=True)
    place(store, plan_id).touch()
    os.utime(place(store, plan_id), (NOW.timestamp(), NOW.timestamp()))
    return plan_id


def test_an_export_is_kept_for_a_day(store: Store) -> None:
    made = place(store, an_export(store))
    remove_old(store, at=NOW + KEPT)
    assert made.exists()
    remove_old(store, at=later(1) + KEPT)
    assert not made.exists()


def test_an_export_of_a_day_that_was_forgotten_goes_at_once(store: Store) -> None:
    an_export(store)
    gone = place(store, "0" * 32)
    gone.touch()
    remove_old(store, at=NOW)
    assert [path for path in folder(store).iterdir() if path == gone] == []
    assert len(list(folder(store).iterdir())) == 1


def test_what_a_killed_worker_left_of_an_export_goes_after_a_day(store: Store) -> None:
    left = folder(store) / "tmpab12"
    (left / "roster").mkdir(parents=True)
    (left / "roster" / "journeys.csv").touch()
    os.utime(left, (NOW.timestamp(), NOW.timestamp()))
    remove_old(store, at=NOW + KEPT)
    assert left.exists()
    remove_old(store, at=NOW + KEPT + timedelta(seconds=1))
    assert not left.exists()
