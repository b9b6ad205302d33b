"""What was issued when, newest first: `/dong-thoi-gian`, of all documents or of a search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from flask import Blueprint, render_template, request, url_for

from kb.access import PUBLIC
from kb.engines.port import Order
from kb.results import Hit
from web import facets
from web.context import current_library
from web.params import MAX_REACH, SearchState, read_state

SHOWN = 50  # documents of a page

bp = Blueprint("timeline", __name__)


@dataclass(frozen=True, slots=True)
class Month:
    """The documents of a month; None and None where no day is known."""

    year: int | None
    month: int | None
    hits: tuple[Hit, ...]


@bp.get("/dong-thoi-gian")
def show() -> str:
    """The documents by year and month. The address is that of a search; "oldest" turns it round."""
    state, notices = read_state(request.args)
    order: Order = "oldest" if state.order == "oldest" else "newest"
    asked = replace(state.request(), order=order, per_page=SHOWN)
    results = current_library().search(asked, PUBLIC)
    return render_template(
        "timeline.html",
        state=state,
        notices=notices,
        results=results,
        order=order,
        years=sorted((int(v.value) for v in results.facets["year"] if v.count), reverse=True),
        months=_months(results.hits),
        chips=facets.active(state, results),
        last_page=min(results.pages, MAX_REACH // SHOWN),
    )


def _months(hits: tuple[Hit, ...]) -> tuple[Month, ...]:
    def of(hit: Hit) -> tuple[int | None, int | None]:
        return (hit.issued_on.year, hit.issued_on.month) if hit.issued_on else (None, None)

    return tuple(Month(*when, tuple(group)) for when, group in groupby(hits, key=of))


@bp.app_context_processor
def _helpers() -> dict[str, object]:
    def timeline_url(state: SearchState) -> str:
        query = state.query_string()
        return url_for("timeline.show") + (f"?{query}" if query else "")

    return {"timeline_url": timeline_url}
