"""``/v1/figures``: the days of a range that have figures. Those of a roster are among its parts (``outputs``)."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint

from api.context import store
from api.models.figures import DaysWithRostersOut, RangeIn
from api.who.roles import READERS, allows
from pts_optimiser.services.hosted.figures import Range, days_with_figures

blueprint = APIBlueprint("figures", __name__)


@blueprint.get("/figures/days")
@allows(*READERS)
@blueprint.input(RangeIn, location="query")
@blueprint.output(DaysWithRostersOut)
@blueprint.doc(summary="List the days that have figures", operation_id="listDaysWithFigures")
def days(query_data: RangeIn) -> Any:
    """Which versions to ask for `figures`, day by day."""
    return {"items": days_with_figures(store(), Range(query_data.first, query_data.last))}
