"""A session that ends while somebody works."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from api.settings import SESSION_LONGEST
from pts_optimiser.store.words import Role
from tests.page.conftest import Open, Service, Visit
from tests.page.seeded import DAY


@dataclass
class Clock:
    """A clock that can be put on."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0) + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


def sign_in(seen: Visit, service: Service) -> None:
    """As the organisation's account would."""
    person = {"name": "jane", "roles": [Role.PLANNER.value]}
    assert seen.page.context.request.post(f"{service.address}/sign-in/development", data=person).status == 204
    seen.page.reload()


def test_an_expired_session_says_so_and_who_signs_in_again_is_where_they_were(
    visit: Open, service: Service, clock: Clock
) -> None:
    seen = visit(None, f"#/plan/{DAY}/2")
    page = seen.page
    sign_in(seen, service)
    page.locator(".map-credit", has_text="Main roads").wait_for()
    page.wait_for_load_state("networkidle")  # or what is still being fetched says first that the session has ended
    clock.ahead = SESSION_LONGEST
    seen.expected.append("401")
    seen.publish(told="Your session has ended")
    assert page.get_by_role("dialog").count() == 0
    seen.picture("session-ended")
    assert not seen.serious_findings()
    sign_in(seen, service)
    page.wait_for_selector(".row")
    assert page.url.endswith(f"#/plan/{DAY}/2")
    page.get_by_text("not published", exact=True).wait_for()


def test_a_session_that_ends_while_a_plan_is_watched_says_so(visit: Open, service: Service, clock: Clock) -> None:
    seen = visit(None, f"#/plan/{DAY}/1")
    sign_in(seen, service)
    page = seen.page
    page.wait_for_selector(".row")
    clock.ahead = SESSION_LONGEST
    seen.expected.append("401")
    page.get_by_label("Version").select_option("2")
    page.get_by_text("Your session has ended").wait_for()
