"""``/v1/days/{date}/board``: what the control room looks at."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint

from api.context import caller, settings
from api.kept import kept, live
from api.manners.bodies import JSON
from api.manners.compression import ready_made
from api.models.board import BoardIn, BoardOut
from api.models.live import as_of
from api.who.roles import READERS, allows
from pts_optimiser.services.hosted.shelf import Shelf

if TYPE_CHECKING:
    from pts_optimiser.services.hosted.board import AtRisk, Board

blueprint = APIBlueprint("board", __name__)


SHOWN_S = 5
"""So long a board made for one is shown to others too."""
BOARDS = 20
PACKED = 6


@dataclass(frozen=True, slots=True)
class Told:
    """A board ready to be sent, and the same by gzip."""

    body: bytes
    packed: bytes


@blueprint.get("/days/<day:service_date>/board")
@allows(*READERS)
@blueprint.input(BoardIn, location="query")
@blueprint.output(BoardOut)
@blueprint.doc(summary="Look at the board", operation_id="getBoard")
def show(service_date: date, query_data: BoardIn) -> Any:
    """Late risk, the ready queue with its clocks, journeys without a place; at most a minute old.

    By the clock of the service, its clocks are up to five seconds old: many control rooms look at the same board.
    """
    from pts_optimiser.services.hosted.board import board, board_stamp  # noqa: PLC0415  loads the solver

    days, who = live(), caller()
    if query_data.now is not None:
        return _shown(board(days, who, service_date, **dict(query_data)))

    def make() -> Told:
        found = _shown(board(days, who, service_date, **dict(query_data)))
        body = BoardOut.model_validate(found, strict=False).model_dump_json().encode()
        return Told(body, gzip.compress(body, PACKED, mtime=0))

    age = int(settings().clock().timestamp()) // SHOWN_S
    key = board_stamp(days, service_date), who.contracts, query_data.least, query_data.most, age
    told = kept("boards", lambda: Shelf[Told](BOARDS), drop_idle=Shelf.drop_idle).get(key, make)
    return ready_made(told.body, told.packed, JSON)


def _shown(found: Board) -> dict[str, Any]:
    standing = found.standing
    return {
        "as_of": as_of(standing.state.now, standing.position, standing.in_force.publication),
        "risks": [_risk(one) for one in found.risks],
        "risks_in_all": found.risks_in_all,
        "ready": found.ready,
        "unplaced": found.unplaced,
        "anomalies": found.anomalies,
        "spoken_of": found.spoken_of,
        "reported": found.reported,
        "lost": found.lost,
    }


def _risk(one: AtRisk) -> dict[str, Any]:
    risk = one.risk
    return {
        "journey_id": risk.journey_id,
        "duty_id": risk.duty_id,
        "category": risk.watch.journey.category,
        "standard": risk.measure,
        "target": risk.target,
        "hard": risk.hard,
        "planned_spare_s": risk.planned_spare,
        "likely_spare_s": risk.likely_spare,
        "bad_spare_s": risk.bad_spare,
        "saved": one.saved,
        "reason": one.reason,
    }
