"""``/v1/days/{date}/board``: what the control room looks at."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint

from api.context import caller
from api.kept import live
from api.models.board import BoardIn, BoardOut
from api.models.live import as_of
from api.who.roles import READERS, allows

if TYPE_CHECKING:
    from pts_optimiser.services.hosted.board import AtRisk

blueprint = APIBlueprint("board", __name__)


@blueprint.get("/days/<day:service_date>/board")
@allows(*READERS)
@blueprint.input(BoardIn, location="query")
@blueprint.output(BoardOut)
@blueprint.doc(summary="Look at the board", operation_id="getBoard")
def show(service_date: date, query_data: BoardIn) -> Any:
    """Late risk, the ready queue with its clocks, journeys without a place; at most a minute old."""
    from pts_optimiser.services.hosted.board import board  # noqa: PLC0415  loads the solver

    found = board(live(), caller(), service_date, **dict(query_data))
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
