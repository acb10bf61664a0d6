"""The databases of the store's tests, and the smallest day that keeps a search busy."""

from __future__ import annotations

import pytest

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.intake.policy_document import policy_toml
from pts_optimiser.store import Store, days
from tests.days import SmallDay, small_day
from tests.jobs.crew import BY, now
from tests.store.conftest import backend, postgres, store, upgraded, upgraded_file, url

__all__ = ["backend", "day", "postgres", "store", "upgraded", "upgraded_file", "url"]


@pytest.fixture
def day(store: Store) -> SmallDay:
    """A day in the store."""
    small = small_day(share=150)
    policy = policy_toml(load_policy())
    with store.write() as session:
        days.put_day(session, small.service_date, small.journeys, small.duties, policy, {}, by=BY, at=now())
    return small
