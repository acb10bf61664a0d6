"""A plan that is still searched for, as the page shows it: the best roster that the referee has passed so far."""

from __future__ import annotations

from pts_optimiser.intake.policy import load_policy
from pts_optimiser.reporting.view import view_document
from pts_optimiser.reporting.views import compact
from pts_optimiser.services.hosted.caller import Caller
from pts_optimiser.store import Store, days, plans


def draft_view(store: Store, caller: Caller, plan_id: str) -> str | None:
    """The view's document; None while no roster has been passed.

    Raises
    ------
    NotFoundError
        There is no such plan.
    NotAllowedError
        The caller is limited to some contracts.
    """
    caller.must_see_all()
    with store.read() as session:
        plans.plan(session, plan_id)
        roster = plans.best_roster(session, plan_id)
        if roster is None:
            return None
        day = days.service_day(session, roster.service_date)
        rules = days.policy_toml(session, day.policy_sha256)
        journeys, duties = days.journeys(session, roster.service_date), days.duties(session, roster.service_date)
    policy = load_policy(rules.encode(), distancing=roster.policy.get("distancing"))
    return compact(view_document(roster, journeys, duties, policy))
