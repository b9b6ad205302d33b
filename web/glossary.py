"""The glossary `/thuat-ngu`: abbreviations and terms, with the documents that say so."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from kb.access import PUBLIC
from web.context import current_library
from web.params import SearchState, read_query

SHOWN = 300  # entries on one page

bp = Blueprint("glossary", __name__)


@bp.get("/thuat-ngu")
def show() -> str:
    """The entries that `tim` finds, else those under the letter `chu`."""
    text = read_query(request.args.get("tim", ""))
    entries = current_library().knowledge.glossary(PUBLIC, text)
    letters = list(dict.fromkeys(entry.letter for entry in entries))
    letter = request.args.get("chu", "")[:1].upper()
    if not text:
        letter = letter if letter in letters else next(iter(letters), "")
        entries = [entry for entry in entries if entry.letter == letter]
    return render_template(
        "glossary.html",
        text=text,
        letter="" if text else letter,
        letters=letters,
        entries=entries[:SHOWN],
        hidden=max(0, len(entries) - SHOWN),
        state=SearchState(),
    )
