"""Pages on a topic (`/chu-de`) and on a unit (`/don-vi`)."""

from __future__ import annotations

from flask import Blueprint, render_template

from kb import overview
from kb.access import PUBLIC
from kb.results import SearchRequest
from kb.vietnamese import topics
from web.context import current_library
from web.params import SearchState

bp = Blueprint("overview", __name__)


@bp.get("/chu-de")
def all_topics() -> str:
    """The tree of topics with counts."""
    results = current_library().search(SearchRequest(per_page=1, facet_limit=1000), PUBLIC)
    counts = {value.value: value.count for value in results.facets["topic"]}
    mains = [topic for topic in topics.all() if topic.parent is None]
    below = {main.id: [each for each in topics.all() if each.parent == main.id] for main in mains}
    return render_template(
        "topics.html", mains=mains, below=below, counts=counts, total=results.total, state=SearchState()
    )


@bp.get("/chu-de/<path:topic_id>")
def topic(topic_id: str) -> str:
    """One topic. 404 where nobody knows it."""
    found = overview.topic_overview(current_library(), topic_id, PUBLIC)
    parent = topics.get(found.topic.parent) if found.topic.parent else None
    return render_template("topic.html", found=found, parent=parent, state=SearchState())


@bp.get("/don-vi/<unit_id>")
def unit(unit_id: str) -> str:
    """One unit. 404 where neither tables nor documents know it."""
    found = overview.unit_overview(current_library(), unit_id, PUBLIC)
    return render_template("unit.html", found=found, state=SearchState())
