"""What a person could put right: `/viec-can-lam`."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, render_template

from kb.access import PUBLIC
from kb.series.finding import PATIENCE
from web.context import current_library
from web.params import SearchState

SHOWN = 30  # of each kind; kb todo lists more

bp = Blueprint("work", __name__)


@bp.get("/viec-can-lam")
def show() -> str:
    """Fields to look at, documents that are missing, plans without a report, refused files."""
    library = current_library()
    return render_template(
        "work.html",
        work=library.knowledge.work(PUBLIC, SHOWN, date.today() - timedelta(days=PATIENCE)),
        rejected=len(library.status(PUBLIC).rejected),
        shown=SHOWN,
        state=SearchState(),
    )
