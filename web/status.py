"""The status page `/tinh-trang`, and for monitoring `/healthz` (the process lives) and `/readyz`
(searching works)."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from kb.access import PUBLIC
from kb.errors import KbError
from web.context import current_library
from web.errors import hide_paths
from web.params import SearchState

REJECTED_SHOWN = 200  # rows; `kb status` lists them all

bp = Blueprint("status", __name__)


@bp.get("/tinh-trang")
def show() -> str:
    """What the knowledge base holds, and which files could not be read and why."""
    status = current_library().status(PUBLIC)
    return render_template(
        "status.html",
        status=status,
        problem=hide_paths(status.problem or ""),
        rejected=status.rejected[:REJECTED_SHOWN],
        hidden=max(0, len(status.rejected) - REJECTED_SHOWN),
        state=SearchState(),
    )


@bp.get("/healthz")
def health() -> Response:
    """200 as long as the process answers; whoever restarts it asks this."""
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> tuple[Response, int]:
    """200 with counts where search works, or the error's status with its message, as JSON."""
    try:
        status = current_library().status(PUBLIC)
    except KbError as error:
        message, remedy = hide_paths(str(error)), hide_paths(error.remedy)
        return jsonify(status="error", error=message, remedy=remedy), error.http_status
    counts = {"documents": status.documents, "indexed": status.indexed, "pending": status.pending}
    if status.problem:
        return jsonify({"status": "error", "error": hide_paths(status.problem), **counts}), 503
    return jsonify({"status": "ok", "engine": status.engine, **counts}), 200
