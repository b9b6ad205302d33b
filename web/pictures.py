"""A page as it looks, with the hits marked on it, beside its text: `/van-ban/ID/trang/N`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request

from kb.access import PUBLIC
from kb.boxes import Box
from kb.model import Document, Page
from kb.pictures.drawing import FORMATS
from web.context import current_library
from web.marking import Mark, join
from web.params import read_query, read_state

MAX_AGE = 3600  # seconds a browser may keep a picture
_PAD = 1.0  # points around a marked word

bp = Blueprint("pictures", __name__, url_prefix="/van-ban")


@dataclass(frozen=True, slots=True)
class Place:
    """A marked word on the page, in points from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@bp.get("/<document_id:document_id>/trang/<int:number>")
def show(document_id: str, number: int) -> str:
    """One page: its picture with the hits, its text, the pages before and after."""
    library = current_library()
    stored = library.get(document_id, PUBLIC, boxes=True)
    document = stored.document
    page = next((page for page in document.pages if page.number == number), None)
    if page is None:
        abort(404)
    state, _notices = read_state(request.args)
    find = read_query(request.args.get("find", ""))
    query = find or state.query
    marks = join(library.passages_marks(document_id, query, PUBLIC), document.text) if query else ()
    inside = [mark for mark in marks if mark.start < page.end and mark.end > page.start]
    return render_template(
        "picture.html",
        stored=stored,
        document=document,
        page=page,
        picture=library.picture(stored, number, PUBLIC),
        places=tuple(_places(page, inside)),
        pieces=tuple(_pieces(document, page, inside)),
        marked=tuple(_marked_pages(document.pages, marks)),
        find=find,
        state=state,
        query=query,
    )


@bp.get("/<document_id:document_id>/trang/<int:number>.png")
def picture(document_id: str, number: int) -> Response:
    """The picture alone."""
    library = current_library()
    stored = library.get(document_id, PUBLIC)
    response = Response(library.picture(stored, number, PUBLIC).png, content_type="image/png")
    response.cache_control.private = True
    response.cache_control.max_age = MAX_AGE
    response.set_etag(f"{stored.document.source.sha256[:16]}-{number}")
    response.make_conditional(request)
    return response


def can_be_drawn(document: Document) -> bool:
    """Is there a picture of its pages at all?"""
    return document.format in FORMATS


def _places(page: Page, marks: Sequence[Mark]) -> Iterator[Place]:
    """The words of the page that a mark touches."""
    for box in page.boxes:
        if any(mark.start < box.end and mark.end > box.start for mark in marks):
            yield _place(box)


def _place(box: Box) -> Place:
    return Place(
        round(box.x0 - _PAD, 1),
        round(box.y0 - _PAD, 1),
        round(box.x1 - box.x0 + 2 * _PAD, 1),
        round(box.y1 - box.y0 + 2 * _PAD, 1),
    )


def _pieces(document: Document, page: Page, marks: Sequence[Mark]) -> Iterator[tuple[str, bool]]:
    """The text of the page in pieces: (text, is it a hit)."""
    at = page.start
    for mark in marks:
        start, end = max(mark.start, at), min(mark.end, page.end)
        if start < end:
            yield document.text[at:start], False
            yield document.text[start:end], True
            at = end
    yield document.text[at : page.end], False


def _marked_pages(pages: Sequence[Page], marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """(page number, hits on it) of the pages that have any."""
    for page in pages:
        count = sum(page.start <= mark.start < page.end for mark in marks)
        if count:
            yield page.number, count
