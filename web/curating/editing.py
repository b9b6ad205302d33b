"""Correcting the fields of a document beside its text: `/van-ban/ID/sua`."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from kb.access import PUBLIC
from kb.curation import fields
from kb.curation.curator import Curator
from kb.errors import BadInput
from kb.model import Document, Value
from web.context import current_library
from web.curating.indexing import Reindexer
from web.curating.session import curators_only
from web.params import SearchState
from web.pictures import can_be_drawn

KEY, CURATOR = "tracuu.reindexer", "tracuu.curator"
# In the order a person checks them; the rest is for kb set.
SHOWN = (
    "title", "symbol", "kind", "issued_on", "issuer", "subject", "signer", "signer_title",
    "effective_on", "topics", "covers",
)  # fmt: skip

BEGINNING = 4_000  # characters beside the form: the head of a document, where most fields stand

bp = Blueprint("editing", __name__, url_prefix="/van-ban")


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the form: what it is now, what was read, how surely, from which words."""

    name: str
    value: str
    read: str | None  # None: not corrected
    confidence: float | None
    quote: str


@bp.get("/<document_id:document_id>/sua")
@curators_only
def show(document_id: str) -> str:
    """The form."""
    return _page(document_id, {}, "")


@bp.post("/<document_id:document_id>/sua")
@curators_only
def change(document_id: str) -> BaseResponse | tuple[str, int]:
    """Keep what differs from what is there."""
    library = current_library()
    document = library.get(document_id, PUBLIC).document
    given = {
        name: " ".join(request.form.get(name, "").split()) for name in SHOWN if name in request.form
    }
    changes = {
        name: value for name, value in given.items() if value != fields.shown(document.metadata, name)
    }
    try:
        _curator().set(
            document_id, changes, PUBLIC, author=g.curator, note=request.form.get("note", "")[:500]
        )
    except BadInput as error:
        return _page(document_id, given, f"{error} {error.remedy}"), 400
    _reindex()
    return redirect(url_for("editing.show", document_id=document_id))


@bp.post("/<document_id:document_id>/sua/hoan-tac")
@curators_only
def revert(document_id: str) -> BaseResponse:
    """Take a correction back."""
    name = request.form.get("field", "")
    if name in fields.KEYS:
        _curator().revert(document_id, [name], PUBLIC, author=g.curator)
        _reindex()
    return redirect(url_for("editing.show", document_id=document_id))


def _page(document_id: str, given: dict[str, str], problem: str) -> str:
    library = current_library()
    stored = library.get(document_id, PUBLIC)
    read = library.curator.as_read(document_id, PUBLIC)
    return render_template(
        "editing.html",
        stored=stored,
        rows=[_row(stored.document, name, given, read) for name in SHOWN],
        history=library.curator.history(document_id, PUBLIC),
        drawn=can_be_drawn(stored.document),
        beginning=stored.document.text[:BEGINNING],
        problem=problem,
        state=SearchState(),
    )


def _row(document: Document, name: str, given: dict[str, str], read: dict[str, str]) -> Row:
    found = getattr(document.metadata, name, None)
    value = found if isinstance(found, Value) else None
    quote = ""
    if value is not None and value.span is not None:
        quote = " ".join(document.text[value.span.start : value.span.end].split())[:200]
    return Row(
        name,
        given.get(name, fields.shown(document.metadata, name)),
        read.get(name),
        value.confidence if value is not None else None,
        quote,
    )


def _curator() -> Curator:
    """What may write; the library of the pages only reads."""
    curator: Curator = current_app.extensions[CURATOR]
    return curator


def _reindex() -> None:
    reindexer: Reindexer = current_app.extensions[KEY]
    reindexer.soon()
