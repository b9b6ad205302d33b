"""The office's own phrases for topics: `/cum-tu-chu-de`."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from kb.access import PUBLIC
from kb.curation import topic_phrases
from kb.errors import BadInput
from kb.results import SearchRequest
from kb.settings import Settings
from kb.vietnamese import topics
from web.context import current_library
from web.curating.session import curators_only
from web.curating.uploading import READER
from web.languages import _
from web.params import SearchState

COUNTED = 60  # phrases whose documents are counted on the page

bp = Blueprint("topic_phrases", __name__, url_prefix="/cum-tu-chu-de")


@bp.get("")
@curators_only
def show() -> str:
    """The form, and how the office's table differs from the shipped one."""
    return _page({}, "")


@bp.post("")
@curators_only
def add() -> BaseResponse | tuple[str, int]:
    """Add phrases to a topic, or a new topic."""
    form = request.form
    topic, label = form.get("topic", ""), form.get("label", "").strip()
    try:
        if label:  # below a main topic, or a main topic of its own
            topic = "/".join(filter(None, (topic.split("/")[0], topics.id_of(label))))
            if topics.get(topic) is not None:
                raise BadInput(_("Chủ đề này đã có."), _("Chọn nó trong danh sách."))
        topic_phrases.add(
            _file(),
            topic,
            form.get("phrases", "").splitlines(),
            strong=form.get("strength") == "strong",
            label=label,
            author=g.curator,
        )
    except BadInput as error:
        return _page(form.to_dict(), f"{error} {error.remedy}"), 400
    return redirect(url_for("topic_phrases.show"))


@bp.post("/doi")
@curators_only
def change() -> BaseResponse | tuple[str, int]:
    """Take a phrase of ours away, or let a shipped one speak again."""
    form = request.form
    topic, phrase = form.get("topic", ""), form.get("phrase", "")
    try:
        if form.get("do") == "back":
            strong = form.get("strength") == "strong"
            topic_phrases.add(_file(), topic, [phrase], strong=strong, author=g.curator)
        else:
            topic_phrases.take_away(_file(), topic, phrase, author=g.curator)
    except BadInput as error:
        return _page({}, f"{error} {error.remedy}"), 400
    return redirect(url_for("topic_phrases.show"))


@bp.post("/ap-dung")
@curators_only
def apply() -> BaseResponse:
    """Read the topics of all documents again, in another process."""
    current_app.extensions[READER].soon("topics", "apply")
    return redirect(url_for("topic_phrases.show"))


def _page(given: dict[str, str], problem: str) -> str:
    library = current_library()
    differences = topic_phrases.differences(_file())
    counts = {
        each.phrase: library.search(SearchRequest(f'"{each.phrase}"', per_page=1), PUBLIC).total
        for each in differences[:COUNTED]
    }
    chosen = given.get("topic") or request.args.get("topic", "")
    return render_template(
        "topic_phrases.html",
        topics=topics.all(),
        chosen=topics.get(chosen),
        given=given,
        differences=differences,
        counts=counts,
        problem=problem,
        state=SearchState(),
    )


def _file() -> Path:
    settings: Settings = current_app.config["TRACUU_SETTINGS"]
    return settings.topics_file
