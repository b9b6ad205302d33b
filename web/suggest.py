"""`/suggest?q=…`: suggestions while typing, as JSON for static/suggest.js."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from kb.access import PUBLIC
from kb.results import Suggestion, SuggestionKind
from web.context import current_library
from web.languages import _
from web.params import FilterName, SearchState, read_query, read_state

MAX_QUERY = 200  # characters; nobody goes on from more
LIMIT = 8
MAX_AGE = 60  # seconds a browser may answer the same letters itself
FILTERS: dict[SuggestionKind, FilterName] = {"topic": "topic", "unit": "unit", "kind": "kind"}

bp = Blueprint("suggest", __name__)


@bp.get("/suggest")
def suggest() -> Response:
    """Suggestions for `q`, best first; what narrows the search keeps the filters of the address.

    {"q": …, "items": [{"kind", "group", "pieces", "text", "detail", "count", "url"}]}; `pieces` are the
    parts of what to show: [text, was it typed]. An item without `url` goes into the box.
    """
    query = read_query(request.args.get("q", "")[:MAX_QUERY])
    # A blank at the end says that the last word is complete.
    asked = query + " " if request.args.get("q", "")[:MAX_QUERY].endswith(" ") else query
    found = current_library().suggest(asked, PUBLIC, LIMIT) if query else ()
    state, _notices = read_state(request.args)
    response = jsonify(q=query, items=[_item(each, state) for each in found])
    response.headers["Cache-Control"] = f"private, max-age={MAX_AGE}"
    response.headers["Vary"] = "Cookie"  # the language of the groups
    return response


def _item(found: Suggestion, state: SearchState) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "group": _group(found.kind),
        "pieces": _pieces(found),
        "text": found.text,
        "detail": found.detail,
        "count": found.count,
        "url": _url(found, state),
    }


def _group(kind: SuggestionKind) -> str:
    groups: dict[SuggestionKind, str] = {
        "symbol": _("Số ký hiệu"),
        "phrase": _("Cụm từ"),
        "topic": _("Chủ đề"),
        "unit": _("Đơn vị"),
        "kind": _("Loại văn bản"),
        "title": _("Văn bản"),
    }
    return groups[kind]


def _pieces(found: Suggestion) -> list[tuple[str, bool]]:
    pieces, position = [], 0
    for start, end in found.marks:
        pieces += [(found.label[position:start], False), (found.label[start:end], True)]
        position = end
    return [(text, typed) for text, typed in (*pieces, (found.label[position:], False)) if text]


def _url(found: Suggestion, state: SearchState) -> str | None:
    if found.kind == "phrase" or found.id is None:
        return None
    if found.kind in FILTERS:
        narrowed = state.asking(found.head).only(FILTERS[found.kind], found.id)
        return url_for("search.index") + "?" + narrowed.query_string()
    return url_for("documents.show", document_id=found.id)
