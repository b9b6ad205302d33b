"""Questions that found nothing: `/cau-hoi-khong-thay`."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from kb.access import PUBLIC
from kb.curation.failed_queries import FailedQueries
from kb.results import SearchRequest
from web.context import FAILED_QUERIES, current_library
from web.curating.session import curators_only
from web.params import SearchState

SHOWN = 100

bp = Blueprint("failed", __name__, url_prefix="/cau-hoi-khong-thay")


@bp.get("")
@curators_only
def show() -> str:
    """The questions, and what each finds today."""
    library = current_library()
    asked = [
        (each, library.search(SearchRequest(each.query, per_page=1, facet_limit=0), PUBLIC))
        for each in _failed().list(SHOWN)
    ]
    return render_template("failed.html", asked=asked, shown=SHOWN, state=SearchState())


@bp.post("")
@curators_only
def settle() -> BaseResponse:
    """Take one off the list."""
    _failed().settle(request.form.get("query", ""))
    return redirect(url_for("failed.show"))


def _failed() -> FailedQueries:
    failed: FailedQueries = current_app.extensions[FAILED_QUERIES]
    return failed
