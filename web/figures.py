"""The figures of a document as a table to download: `/van-ban/ID/so-lieu.xlsx` and `.csv`."""

from __future__ import annotations

from flask import Blueprint, Response

from kb.access import PUBLIC
from kb.figures import table
from web.context import current_library
from web.downloads import spreadsheet_response

bp = Blueprint("figures", __name__, url_prefix="/van-ban")


@bp.get("/<document_id:document_id>/so-lieu.<any(xlsx, csv):form>")
def download(document_id: str, form: str) -> Response:
    """The table. 404 where the document is not there."""
    library = current_library()
    library.get(document_id, PUBLIC)
    found = library.knowledge.all_figures(PUBLIC, [document_id])
    return spreadsheet_response(table.columns(), map(table.row, found), f"so-lieu-{document_id}", form)
