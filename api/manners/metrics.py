"""Counters of requests as Prometheus reads them, of this process, by route and never by what is in it."""

from __future__ import annotations

from time import perf_counter

from flask import Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

METRICS = "pts.metrics"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


class Metrics:
    """What is counted."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter("pts_requests_total", "Requests answered", labels, registry=self.registry)
        self.seconds = Histogram(
            "pts_request_seconds", "Seconds to the answer's head", ("route",), buckets=_SECONDS, registry=self.registry
        )

    def text(self) -> bytes:
        return generate_latest(self.registry)


def metrics() -> Metrics:
    found: Metrics = current_app.extensions[METRICS]
    return found


def start_clock() -> None:
    g.began = perf_counter()


def count_request(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "none"
    method = request.method if request.method in _METHODS else "other"  # a label for each made-up one would fill us
    metrics().requests.labels(method, route, response.status_code).inc()
    metrics().seconds.labels(route).observe(perf_counter() - g.began)
    return response
