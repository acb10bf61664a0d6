"""``/v1/days/{date}/moves``: a journey moved by hand, tried and then done."""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask import APIBlueprint

from api.context import caller, now
from api.kept import live
from api.manners import etags
from api.manners.idempotency import idempotent
from api.manners.problems import Problem
from api.models.live import as_of
from api.models.moves import MovedOut, MoveIn, WhatIfOut
from api.who.roles import allows
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("moves", __name__)


@blueprint.post("/days/<day:service_date>/moves/what-if")
@allows(Role.CONTROLLER, Role.PLANNER)
@blueprint.input(MoveIn)
@blueprint.output(WhatIfOut)
@blueprint.doc(summary="Try a move", operation_id="tryMove")
def what_if(service_date: date, json_data: MoveIn) -> Any:
    """What it would come to if a journey went to a duty: whether it can, what it costs, whom it touches."""
    from pts_optimiser.services.hosted import moves  # noqa: PLC0415  loads the solver

    found = moves.what_if(live(), caller(), service_date, moves.MoveOrder(**dict(json_data)))
    publication = found.standing.in_force.publication
    shown = {
        "as_of": as_of(found.standing.state.now, found.standing.position, publication),
        "feasible": found.feasible,
        "diff": found.diff if found.feasible else None,
        "toll": found.toll if found.feasible else None,
        "reasons": found.reasons,
        "broken": found.broken,
    }
    return shown, etags.tag(publication.etag)


@blueprint.post("/days/<day:service_date>/moves")
@allows(Role.CONTROLLER)
@idempotent
@blueprint.input(MoveIn)
@blueprint.output(MovedOut, status_code=201)
@blueprint.doc(summary="Move a journey", operation_id="move")
def move(service_date: date, json_data: MoveIn) -> Any:
    """Put a journey on a duty, in a new version of the published roster that the referee has passed.

    `If-Match` with the ETag of what is published. The journey stays there until it is released.
    """
    from pts_optimiser.services.hosted import moves  # noqa: PLC0415  loads the solver

    seen = etags.required()
    if seen is None:
        raise Problem(412, "changed_meanwhile", "If-Match needs the tag of what is published")
    done = moves.move(live(), caller(), service_date, moves.MoveOrder(**dict(json_data)), etag=seen, at=now())
    return done, etags.tag(done.publication.etag)
