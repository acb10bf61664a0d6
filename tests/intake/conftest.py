"""The default policy, read once."""

from __future__ import annotations

import pytest

from pts_optimiser.domain.policy import Policy
from pts_optimiser.intake.policy import load_policy


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy(None)
