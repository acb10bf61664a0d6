"""A plan is started, watched, stopped; the connection breaks and comes back."""

from __future__ import annotations

from pts_optimiser.store import plans
from pts_optimiser.store.words import PlanStatus
from tests.page.conftest import Open, Visit
from tests.page.seeded import DAY, Worker


def _start(seen: Visit) -> Worker:
    page = seen.page
    page.wait_for_selector(".row")
    page.get_by_role("button", name="Plan…").click()
    page.get_by_role("dialog").get_by_role("button", name="Start").click()
    page.wait_for_selector(".solve")
    with seen.service.store.read() as session:
        [ordered] = plans.plans(session, service_date=DAY)
    return Worker(seen.service.store, ordered.plan_id)


def test_a_plan_is_watched_and_stopped_with_its_best_kept(visit: Open) -> None:
    seen = visit(where=f"#/plan/{DAY}/1")
    page = seen.page
    worker = _start(seen)
    worker.tell(2, 80, iterations=0)
    page.locator(".solve", has_text="80 of").wait_for()
    worker.tell(6, 95)
    page.locator(".solve", has_text="95 of").wait_for()
    seen.picture("watching")
    assert not seen.serious_findings()
    page.get_by_role("button", name="Stop and keep the best").click()
    page.get_by_text("Stopping, keeping the best").wait_for()
    assert worker.tell(8, 96)
    worker.finish(PlanStatus.STOPPED, 300)
    page.locator(".toast", has_text="version 3").wait_for()
    page.wait_for_url(f"**/#/plan/{DAY}/3")
    page.wait_for_selector(".solve", state="detached")


def test_a_page_that_lost_its_connection_says_so_and_catches_up(visit: Open) -> None:
    seen = visit(where=f"#/plan/{DAY}/1")
    seen.expected += ["Failed to load resource", "ERR_INTERNET_DISCONNECTED"]
    page = seen.page
    worker = _start(seen)
    worker.tell(2, 80)
    page.locator(".solve", has_text="80 of").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="Stop and keep the best").click()
    page.locator(".toast", has_text="does not answer").wait_for()
    page.context.set_offline(False)
    worker.finish(PlanStatus.COMPLETE, 300)
    page.wait_for_url(f"**/#/plan/{DAY}/3")


def test_who_opens_the_page_later_finds_the_plan_under_way(visit: Open) -> None:
    worker = _start(visit(where=f"#/plan/{DAY}/1"))
    worker.tell(3, 85)
    late = visit(where=f"#/plan/{DAY}")
    late.page.locator(".solve", has_text="85 of").wait_for()
