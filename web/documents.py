"""The document page `/van-ban/<id>` and the original file `/van-ban/<id>/tap-goc`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, send_file, url_for
from werkzeug.routing import BaseConverter

from kb.access import PUBLIC
from kb.catalog.reading import Listed
from kb.errors import IndexCorrupt, IndexMissing, IndexOutdated, NotFound
from kb.exporting import citation
from kb.knowledge import stored_text
from kb.model import Document, Page
from kb.procedures.reading import promises
from web import evidence, network, relations
from web.context import current_library
from web.display import file_name
from web.languages import _
from web.marking import Mark, hit_at, hits, join
from web.params import SearchState, read_offset, read_query, read_state
from web.pictures import can_be_drawn
from web.reading import Reading, page_at, shape

if TYPE_CHECKING:
    from kb.library import Library

# What the browser is told an original is; anything else is bytes to save.
_MIME_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "html": "text/html",
    "mail": "message/rfc822",
    "markdown": "text/markdown",
    "mhtml": "multipart/related",
    "msg": "application/vnd.ms-outlook",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "word-old": "application/msword",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
ANCHOR = "cho-nay"  # the id of the mark or block that an address with `at` leads to

OUTLINE_DEPTH = 2  # levels of sections without a title that the outline lists
OUTLINE_WORDS = 200  # characters looked at for the first words; the page shows fewer

bp = Blueprint("documents", __name__, url_prefix="/van-ban")


class DocumentIdConverter(BaseConverter):
    """Ids as the library makes them; every other address is a 404 before the library is asked."""

    regex = "[A-Za-z0-9][A-Za-z0-9_-]{0,99}"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline, and the start of the block it leads to."""

    level: int
    label: str
    title: str
    anchor: int


@dataclass(frozen=True, slots=True)
class HitBar:
    """Where the reader is among the hits: `current` counts from 1, the neighbours are offsets."""

    total: int
    faint: int  # single words marked besides
    current: int
    offset: int
    previous: int | None
    next: int | None
    pages: tuple[tuple[int, int, int], ...]  # page, hits on it, offset of the first


@bp.get("/<document_id:document_id>")
def show(document_id: str) -> str:
    """A document: fields with their evidence, outline, text with the hits marked.

    The address carries the search it was found by (for the way back); `find` looks for something
    else inside the document, `at` is the offset the reader wants to see.
    """
    library = current_library()
    stored = library.get(document_id, PUBLIC)
    document = stored.document
    state, _notices = read_state(request.args)
    find = read_query(request.args.get("find", ""))
    query = find or state.query
    found = library.passages_marks(document_id, query, PUBLIC) if query else ()
    marks = join(found, document.text)
    knowledge = library.knowledge
    related = knowledge.relations(document_id, PUBLIC)
    at = read_offset(request.args.get("at", ""))
    reading = shape(document, marks)
    bar = _hit_bar(document.pages, marks, at)

    def here(offset: int | None = None) -> str:
        return document_url(document_id, state, offset, find)

    return render_template(
        "document.html",
        stored=stored,
        document=document,
        reading=reading,
        fields=evidence.fields(document),
        outline=tuple(_outline(document, reading)),
        relations=relations.groups(related),
        network=network.draw(knowledge.network(document_id, related, PUBLIC)),
        proof=relations.proof(related),
        chain=knowledge.chain(document_id, PUBLIC),
        series=knowledge.series(document_id, PUBLIC),
        figures=knowledge.figures(document_id, PUBLIC),
        terms=knowledge.definitions(document_id, PUBLIC),
        same=library.same_paper(document_id, PUBLIC),
        similar=_similar(library, document_id),
        state=state,
        find=find,
        query=query,
        bar=bar,
        wanted_block=_wanted_block(reading, bar, at),
        here=here,
        drawn=can_be_drawn(document),
        has_procedure=promises(stored_text(document)),
        citation=citation.of_metadata(document.metadata),
    )


def _similar(library: Library, document_id: str) -> Sequence[Listed]:
    """Documents about the same matter; none while there is no index, which a reader can do without."""
    with suppress(IndexMissing, IndexOutdated, IndexCorrupt):
        return library.similar(document_id, PUBLIC)
    return ()


def _outline(document: Document, reading: Reading) -> Iterator[OutlineEntry]:
    """The sections; of one without a title its first words, but not deep down."""
    for section in document.sections:
        anchor = reading.block_start(section.start)
        if section.title:
            yield OutlineEntry(section.level, section.label, section.title, anchor)
        elif section.level <= OUTLINE_DEPTH:
            words = document.text[section.start : section.start + OUTLINE_WORDS].split("\n")[0]
            _number, _blank, words = words.partition(". ")
            yield OutlineEntry(section.level, section.label, words, anchor)


def _hit_bar(pages: Sequence[Page], marks: Sequence[Mark], at: int | None) -> HitBar | None:
    found = hits(marks)
    if not found:
        return None
    current = hit_at(found, at or 0)
    number = current.number or 1
    on_page: dict[int, list[int]] = {}
    for hit in found:
        on_page.setdefault(page_at(pages, hit.start), []).append(hit.start)
    return HitBar(
        total=len(found),
        faint=len(marks) - len(found),
        current=number,
        offset=current.start,
        previous=found[number - 2].start if number > 1 else None,
        next=found[number].start if number < len(found) else None,
        pages=tuple((page, len(starts), starts[0]) for page, starts in on_page.items()),
    )


def _wanted_block(reading: Reading, bar: HitBar | None, at: int | None) -> int | None:
    """The start of the block the reader wants to see, unless a hit in it shows the place better."""
    if at is None:
        return None
    wanted = reading.block_start(at)
    return None if bar and reading.block_start(bar.offset) == wanted else wanted


def document_url(document_id: str, state: SearchState, at: int | None = None, find: str = "") -> str:
    """The address of a document that was found by a search, at a place of its text."""
    pairs = state.pairs()
    if find:
        pairs.append(("find", find))
    if at is not None:
        pairs.append(("at", str(at)))
    address = url_for("documents.show", document_id=document_id)
    return (
        address + (f"?{urlencode(pairs)}" if pairs else "") + (f"#{ANCHOR}" if at is not None else "")
    )


def picture_url(document_id: str, number: int, state: SearchState, find: str = "") -> str:
    """The address of a page as it looks, with the same hits."""
    pairs = [*state.pairs(), *([("find", find)] if find else [])]
    address = url_for("pictures.show", document_id=document_id, number=number)
    return address + (f"?{urlencode(pairs)}" if pairs else "")


@bp.app_context_processor
def _helpers() -> dict[str, object]:
    return {"document_url": document_url, "picture_url": picture_url, "ANCHOR": ANCHOR}


@bp.get("/<document_id:document_id>/tap-goc")
def original(document_id: str) -> Response:
    """The file as it was added: always saved, never shown inside our pages."""
    library = current_library()
    stored = library.get(document_id, PUBLIC)
    path: Path = library.original(document_id, PUBLIC)
    archived = all(source.path != str(path) for source in stored.sources)
    format_name = "zip" if archived else stored.document.format
    try:
        response = send_file(
            path,
            mimetype=_MIME_TYPES.get(format_name, "application/octet-stream"),
            as_attachment=True,
            download_name=file_name(str(path)),
        )
    except OSError as error:
        raise NotFound(
            _("Tệp gốc không còn ở chỗ cũ hoặc không đọc được."),
            _("Báo quản trị viên chạy: kb reindex"),
        ) from error
    return response
