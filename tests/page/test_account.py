"""Who is signed in, and where."""

from __future__ import annotations

from pts_optimiser.store.words import Role
from tests.page.conftest import Open, Service
from tests.page.test_session import sign_in


def test_people_end_their_other_sessions_and_sign_out(visit: Open, service: Service) -> None:
    lost, here = visit(None), visit(None)
    for seen in (lost, here):
        sign_in(seen, service)
    page = here.page
    page.get_by_role("button", name="jane").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("this one").wait_for()
    rows = dialog.locator("tbody tr")
    assert rows.count() == 2
    assert {"Chrome on Linux"} == {text.split("\t")[0] for text in rows.all_inner_texts()}
    here.picture("sessions")
    assert not here.serious_findings()
    dialog.get_by_role("button", name="End", exact=True).click()
    dialog.locator("tbody tr + tr").wait_for(state="detached")
    assert rows.count() == 1
    dialog.get_by_role("button", name="Close").click()
    lost.expected.append("401")
    lost.page.reload()
    lost.page.get_by_label("API key").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("API key").wait_for()
    assert page.get_by_text("Your session has ended").count() == 0


def test_a_key_has_no_sessions_to_show(visit: Open) -> None:
    page = visit(Role.PLANNER).page
    page.get_by_role("button", name="key:").click()
    page.get_by_role("dialog").get_by_text("You are here with an API key").wait_for()


def test_who_cannot_be_signed_out_is_told_so(visit: Open, service: Service) -> None:
    seen = visit(None)
    sign_in(seen, service)
    seen.page.route("**/sign-out", lambda route: route.abort())
    seen.expected.append("ERR_FAILED")
    seen.page.get_by_role("button", name="Sign out").click()
    seen.page.get_by_text("The service does not answer").wait_for()
    assert seen.page.get_by_role("button", name="jane").count() == 1
