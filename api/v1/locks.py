"""``/v1/days/{date}/locks``: journeys that stay on their duty."""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import url_for

from api.context import caller, now
from api.kept import live
from api.manners.idempotency import idempotent
from api.models.live import NowIn
from api.models.locks import HeldListOut, HeldOut, LockIn, ReleaseIn
from api.who.roles import READERS, allows
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("locks", __name__)


@blueprint.get("/days/<day:service_date>/locks")
@allows(*READERS)
@blueprint.input(NowIn, location="query")
@blueprint.output(HeldListOut)
@blueprint.doc(summary="List the locks", operation_id="listLocks")
def index(service_date: date, query_data: NowIn) -> Any:
    """The journeys of the contracts that you see that are held on their duty, by a lock or by a move."""
    from pts_optimiser.services.hosted import locks  # noqa: PLC0415  loads the solver

    return {"items": locks.held(live(), caller(), service_date, now=query_data.now)}


@blueprint.post("/days/<day:service_date>/locks")
@allows(Role.CONTROLLER)
@idempotent
@blueprint.input(LockIn)
@blueprint.output(HeldOut, status_code=201)
@blueprint.doc(summary="Lock a journey", operation_id="lock")
def lock(service_date: date, json_data: LockIn) -> Any:
    """Hold a journey on a duty, or where it is: no re-plan moves it until it is released."""
    from pts_optimiser.services.hosted import locks  # noqa: PLC0415  loads the solver

    held = locks.lock(
        live(),
        caller(),
        service_date,
        json_data.journey_id,
        duty_id=json_data.duty_id,
        reason=json_data.reason,
        at=now(),
        now=json_data.now,
    )
    return held, {"Location": url_for("v1.locks.index", service_date=service_date)}


@blueprint.post("/days/<day:service_date>/locks/release")
@allows(Role.CONTROLLER)
@idempotent
@blueprint.input(ReleaseIn)
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="Release a journey", operation_id="releaseLock")
def release(service_date: date, json_data: ReleaseIn) -> Any:
    """Let a journey be moved again, whether a lock or a move holds it."""
    from pts_optimiser.services.hosted import locks  # noqa: PLC0415  loads the solver

    asked, reason, moment = json_data.journey_id, json_data.reason, json_data.now
    locks.release(live(), caller(), service_date, asked, reason=reason, at=now(), now=moment)
    return ""
