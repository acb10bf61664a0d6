"""Version 1 of the API, one module for each noun.

To add a route: a module here with ``blueprint = APIBlueprint("<noun>", __name__)``, listed in ``BLUEPRINTS``; its
models in ``api/models/<noun>.py`` (``Body`` in, ``Shown`` out). A view reads from top to bottom:

``@blueprint.post("/days/<day:service_date>/plans")``   the way, below ``/v1``; ``day`` is a date
``@allows(Role.PLANNER)``                               who may; a view that does not say is open to nobody
``@idempotent``                                         a POST that creates
``@blueprint.input(PlanIn)``                            a body (``json_data``), or ``location="query"`` (``query_data``)
``@blueprint.output(PlanOut, status_code=202)``         what comes back, from any object with these attributes
``@blueprint.doc(summary="Order a plan", operation_id="orderPlan")``

It calls one service with ``store()``, ``caller()`` and ``now()`` of ``api.context`` and returns its frozen object, or
``object, headers``. Errors of the services become problems by themselves; ``manners.problems.Problem`` is for the rest.
Tags: ``etags``; lists: ``paging``. A view that does not answer JSON returns a ``Response`` and says of what content
type in ``output(..., content_type=...)``.
"""

from apiflask import APIBlueprint

from api.v1 import (
    audit,
    base_map,
    board,
    days,
    drafts,
    events,
    exports,
    figures,
    formats,
    keys,
    locks,
    me,
    moves,
    options,
    outputs,
    plans,
    progress,
    proposals,
    published,
    pulse,
    sessions,
    studies,
)

BLUEPRINTS: tuple[APIBlueprint, ...] = (
    audit.blueprint,
    base_map.blueprint,
    board.blueprint,
    days.blueprint,
    drafts.blueprint,
    events.blueprint,
    exports.blueprint,
    figures.blueprint,
    formats.blueprint,
    keys.blueprint,
    locks.blueprint,
    me.blueprint,
    moves.blueprint,
    options.blueprint,
    outputs.blueprint,
    plans.blueprint,
    progress.blueprint,
    proposals.blueprint,
    published.blueprint,
    pulse.blueprint,
    sessions.blueprint,
    studies.blueprint,
)
