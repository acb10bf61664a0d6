"""``/v1/days/{date}/reoptimise`` and ``/proposals``: the rest of the day planned anew, then accepted or rejected."""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask import APIBlueprint

from api.context import caller, now, store
from api.kept import live
from api.manners import etags
from api.manners.idempotency import idempotent
from api.manners.paging import PageIn, part_of
from api.manners.problems import Problem, issue_of
from api.models.proposals import AcceptedOut, AcceptIn, OrderedOut, ProposalOut, ProposalsOut, ReoptimiseIn
from api.who.roles import READERS, allows
from pts_optimiser.jobs.orders import ReoptimiseOrder, order_reoptimise
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("proposals", __name__)
_ONE = "/days/<day:service_date>/proposals/<proposal_id>"


@blueprint.post("/days/<day:service_date>/reoptimise")
@allows(Role.CONTROLLER)
@idempotent
@blueprint.input(ReoptimiseIn)
@blueprint.output(OrderedOut, status_code=202)
@blueprint.doc(summary="Re-optimise a day", operation_id="reoptimise")
def reoptimise(service_date: date, json_data: ReoptimiseIn) -> Any:
    """Have the rest of the day planned anew from what has happened. One at a time a day: who asks meanwhile joins."""
    caller().must_see_all()
    order = ReoptimiseOrder(json_data.now, json_data.budget_s, json_data.most_changes_percent)
    plan, new = order_reoptimise(store(), caller().name, service_date, order)
    shown = {"plan_id": plan.plan_id, "status": plan.status, "joined": not new}
    return shown, {"Location": f"/v1/plans/{plan.plan_id}"}


@blueprint.get("/days/<day:service_date>/proposals")
@allows(*READERS)
@blueprint.input(PageIn, location="query")
@blueprint.output(ProposalsOut)
@blueprint.doc(summary="List proposals", operation_id="listProposals")
def index(service_date: date, query_data: PageIn) -> Any:
    """A day's proposals, latest first, with the changes of the journeys that you see."""
    from pts_optimiser.services.hosted import proposals  # noqa: PLC0415  loads the solver

    return part_of(query_data, proposals.listed(store(), caller(), service_date))


@blueprint.get(_ONE)
@allows(*READERS)
@blueprint.output(ProposalOut)
@blueprint.doc(summary="Read a proposal", operation_id="getProposal")
def show(service_date: date, proposal_id: str) -> Any:
    """A proposal with the changes of the journeys that you see."""
    from pts_optimiser.services.hosted import proposals  # noqa: PLC0415  loads the solver

    return proposals.read(store(), caller(), service_date, proposal_id)


@blueprint.post(f"{_ONE}/accept")
@allows(Role.CONTROLLER)
@idempotent
@blueprint.input(AcceptIn)
@blueprint.output(AcceptedOut)
@blueprint.doc(summary="Accept a proposal", operation_id="acceptProposal")
def accept(service_date: date, proposal_id: str, json_data: AcceptIn) -> Any:
    """Publish a proposal, or only its changes of some journeys, the rest staying as it stands."""
    from pts_optimiser.services.hosted import proposals  # noqa: PLC0415  loads the solver

    journeys, moment = json_data.journeys, json_data.now
    try:
        accepted = proposals.accept(
            live(), caller(), service_date, proposal_id, at=now(), journeys=journeys, now=moment
        )
    except proposals.ContradictedError as error:
        raise Problem(409, "contradicted", str(error), list(map(issue_of, error.issues))) from None
    return accepted, etags.tag(accepted.publication.etag)


@blueprint.post(f"{_ONE}/reject")
@allows(Role.CONTROLLER)
@idempotent
@blueprint.output(ProposalOut)
@blueprint.doc(summary="Reject a proposal", operation_id="rejectProposal")
def reject(service_date: date, proposal_id: str) -> Any:
    """Turn a proposal down; what is published stays."""
    from pts_optimiser.services.hosted import proposals  # noqa: PLC0415  loads the solver

    return proposals.reject(store(), caller(), service_date, proposal_id, at=now())
