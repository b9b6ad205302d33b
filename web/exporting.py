"""What a search found, as files (`/xuat/…`), and as an Atom feed of what is new (`/atom.xml`)."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from kb.access import PUBLIC
from kb.exporting import dossier, results
from kb.exporting.newly import newly_added
from web.context import current_library
from web.downloads import spreadsheet_response
from web.params import SearchState, read_state

MOST = 500  # hits of a file
FEED = 50  # entries

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
bp = Blueprint("exporting", __name__)


@bp.get("/xuat/ket-qua.<any(xlsx, csv, docx):form>")
def download(form: str) -> Response:
    """The first MOST hits of the search in the address."""
    state, _notices = read_state(request.args)
    hits = results.all_hits(current_library(), state.request(), PUBLIC, MOST)
    if form != "docx":
        return spreadsheet_response(results.columns(), results.rows(hits), "ket-qua", form)
    file = io.BytesIO()
    dossier.write(state.query, hits, file, date.today())
    return Response(
        file.getvalue(),
        content_type=DOCX,
        headers={"Content-Disposition": 'attachment; filename="ho-so.docx"'},
    )


@bp.get("/atom.xml")
def feed() -> Response:
    """The documents of the search in the address, the last to come into the library first."""
    state, _notices = read_state(request.args)
    added = newly_added(current_library(), state.request(), PUBLIC, FEED)
    page = render_template(
        "atom.xml",
        state=state,
        added=added,
        updated=added[0].added_at if added else datetime(2000, 1, 1, tzinfo=UTC),
        here=url_for("exporting.feed", _external=True) + _query(state),
        search=url_for("search.index", _external=True) + _query(state),
    )
    return Response(page, content_type="application/atom+xml; charset=utf-8")


@bp.get("/moi.json")
def new() -> Response:
    """How many documents of a search came after `since` (ISO 8601): for searches kept in a browser."""
    try:
        since = datetime.fromisoformat(request.args.get("since", ""))
    except ValueError:
        abort(400)
    since = since if since.tzinfo else since.replace(tzinfo=UTC)
    state, _notices = read_state(request.args)
    added = newly_added(current_library(), state.request(), PUBLIC, FEED)
    count = sum(each.added_at > since for each in added)
    return jsonify(count=count, more=count == FEED)


def _query(state: SearchState) -> str:
    query = state.query_string()
    return f"?{query}" if query else ""
