"""``/v1/me/sessions`` and ``/v1/sessions``: who has signed in where, and an end to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apiflask import APIBlueprint

from api.context import caller, now, settings, store
from api.models.sessions import EndedOut, EndIn, SessionsOut, WhoseIn
from api.who.roles import READERS, allows
from api.who.sessions import current_session
from pts_optimiser.services.hosted import sign_ins
from pts_optimiser.store.sign_ins import SignIn
from pts_optimiser.store.words import Role

blueprint = APIBlueprint("sessions", __name__)


@blueprint.get("/me/sessions")
@allows(*READERS)
@blueprint.output(SessionsOut)
@blueprint.doc(summary="List your sessions", operation_id="listMySessions")
def mine() -> Any:
    """Where you are signed in. A key has no sessions."""
    return _listed(sign_ins.own_sessions(store(), caller(), idle=settings().session_idle, at=now()))


@blueprint.delete("/me/sessions")
@allows(*READERS)
@blueprint.output(EndedOut)
@blueprint.doc(summary="End your other sessions", operation_id="endMyOtherSessions")
def end_my_others() -> Any:
    """All but the one that asks."""
    return {"ended": sign_ins.end_other_sessions(store(), caller(), _asking(), at=now())}


@blueprint.delete("/me/sessions/<session_id>")
@allows(*READERS)
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="End one of your sessions", operation_id="endMySession")
def end_mine(session_id: str) -> Any:
    """For good, wherever it is used."""
    sign_ins.end_own_session(store(), caller(), session_id, at=now())
    return ""


@blueprint.get("/sessions")
@allows(Role.ADMIN)
@blueprint.input(WhoseIn, location="query")
@blueprint.output(SessionsOut)
@blueprint.doc(summary="List people's sessions", operation_id="listSessions")
def index(query_data: WhoseIn) -> Any:
    """Who is signed in."""
    return _listed(sign_ins.all_sessions(store(), caller(), query_data.who, idle=settings().session_idle, at=now()))


@blueprint.delete("/sessions")
@allows(Role.ADMIN)
@blueprint.input(EndIn, location="query")
@blueprint.output(EndedOut)
@blueprint.doc(summary="End people's sessions", operation_id="endSessions")
def end_all(query_data: EndIn) -> Any:
    """All of a person or of everybody, but the one that asks. Take the role from them at the provider first."""
    who = None if query_data.who == "*" else query_data.who
    return {"ended": sign_ins.end_anybodys_sessions(store(), caller(), who, _asking(), at=now())}


@blueprint.delete("/sessions/<session_id>")
@allows(Role.ADMIN)
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="End a person's session", operation_id="endSession")
def end(session_id: str) -> Any:
    """For good, wherever it is used."""
    sign_ins.end_anybodys_session(store(), caller(), session_id, at=now())
    return ""


def _listed(found: Iterable[SignIn]) -> dict[str, Any]:
    names = ("session_id", "who", "browser", "begun_at", "last_used_at", "until")
    asking = _asking()
    return {
        "items": [{name: getattr(one, name) for name in names} | {"current": one.session_id == asking} for one in found]
    }


def _asking() -> str | None:
    found = current_session()
    return found.session_id if found else None
