"""Two documents beside each other: `/van-ban/ID/so-sanh/OLD`."""

from __future__ import annotations

from flask import Blueprint, render_template

from kb.access import PUBLIC
from web.context import current_library
from web.params import SearchState

bp = Blueprint("comparing", __name__, url_prefix="/van-ban")


@bp.get("/<document_id:document_id>/so-sanh/<document_id:old_id>")
def show(document_id: str, old_id: str) -> str:
    """What changed from the older document to this one. 404 where one is not there."""
    library = current_library()
    return render_template(
        "comparing.html",
        old=library.get(old_id, PUBLIC),
        new=library.get(document_id, PUBLIC),
        comparison=library.knowledge.compare(old_id, document_id, PUBLIC),
        state=SearchState(),
    )
