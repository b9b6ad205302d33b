"""`/metrics` for Prometheus: how many requests, how long they took, what the library holds.

Nothing that was typed or read is in it; labels are the names of routes, which are few.
"""

from __future__ import annotations

import time

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from kb.access import PUBLIC
from kb.errors import KbError
from web.context import current_library

_KEY = "tracuu.metrics"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

bp = Blueprint("metrics", __name__)


class Metrics:
    """The measurements of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "tracuu_requests", "Requests answered", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "tracuu_request_seconds", "Time to answer", ["route"], buckets=_SECONDS,
            registry=self.registry,
        )  # fmt: skip
        self.documents = Gauge("tracuu_documents", "Documents in use", registry=self.registry)
        self.pending = Gauge(
            "tracuu_pending", "Documents that search does not see", registry=self.registry
        )
        self.ready = Gauge("tracuu_ready", "1 where search works", registry=self.registry)


@bp.get("/metrics")
def show() -> Response:
    """The measurements, in the format of Prometheus."""
    metrics: Metrics = current_app.extensions[_KEY]
    try:
        status = current_library().status(PUBLIC)
    except KbError:
        metrics.ready.set(0)
    else:
        metrics.documents.set(status.documents)
        metrics.pending.set(status.pending)
        metrics.ready.set(0 if status.problem else 1)
    return Response(generate_latest(metrics.registry), content_type=CONTENT_TYPE_LATEST)


def _start() -> None:
    g.started = time.perf_counter()


def _count(response: Response) -> Response:
    metrics: Metrics = current_app.extensions[_KEY]
    route = request.endpoint or "none"
    metrics.requests.labels(route, response.status_code).inc()
    if "started" in g:
        metrics.seconds.labels(route).observe(time.perf_counter() - g.started)
    return response


def init_app(app: Flask) -> None:
    """Measure every request of the application."""
    app.extensions[_KEY] = Metrics()
    app.before_request(_start)
    app.after_request(_count)
