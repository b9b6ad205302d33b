"""How something is to be done, read out of a document: `/van-ban/ID/quy-trinh`."""

from __future__ import annotations

from flask import Blueprint, render_template

from kb.access import PUBLIC
from web.context import current_library
from web.params import SearchState

bp = Blueprint("procedures", __name__, url_prefix="/van-ban")


@bp.get("/<document_id:document_id>/quy-trinh")
def show(document_id: str) -> str:
    """Steps, papers, deadlines and duties, each with a link to its place."""
    library = current_library()
    return render_template(
        "procedure.html",
        stored=library.get(document_id, PUBLIC),
        procedure=library.knowledge.procedure(document_id, PUBLIC),
        proof=library.knowledge.relations(document_id, PUBLIC).validity,
        state=SearchState(),
    )
