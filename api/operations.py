"""``/healthz``, ``/readyz``, ``/metrics``: for who runs the service."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from apiflask import APIBlueprint
from flask import Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.context import store
from api.manners.metrics import metrics
from api.models.base import Shown
from api.who.roles import READERS, allows, public
from pts_optimiser.services.hosted.days import reach

blueprint = APIBlueprint("operations", __name__)


_WELL = {"status": "ok", "version": version("pts-optimiser")}


class HealthOut(Shown):
    """This program runs."""

    status: str
    version: str


@blueprint.get("/healthz")
@public
@blueprint.output(HealthOut)
@blueprint.doc(summary="Does it run", operation_id="health")
def health() -> Any:
    """Answers as long as the process does."""
    return _WELL


@blueprint.get("/readyz")
@public
@blueprint.output(HealthOut)
@blueprint.doc(summary="Can it work", operation_id="ready")
def ready() -> Any:
    """503 where the store cannot be reached."""
    reach(store())
    return _WELL


@blueprint.get("/metrics")
@allows(*READERS)
@blueprint.output({}, content_type="text/plain")
@blueprint.doc(summary="Figures for Prometheus", operation_id="metrics")
def figures() -> Response:
    """Counts of this process since its start."""
    return Response(metrics().text(), content_type=CONTENT_TYPE_LATEST)
