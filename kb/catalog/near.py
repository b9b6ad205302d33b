"""Signatures of documents, kept with their text (see kb.catalog.derived); who is alike."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from kb.catalog.schema import bands, documents, signatures
from kb.model import StoredText
from kb.near.drafts import draft_number
from kb.near.papers import Paper, Relation, relation
from kb.near.signature import Signature, sign

CANDIDATES = 200  # documents compared with one, those with the most bands in common
SURE_TITLE = 0.7  # confidence; below it a title is a file's name, its property, a first line


@dataclass(frozen=True, slots=True)
class Signed:
    """A text's signature, and what its fields say for or against its being another's copy."""

    signature: Signature
    issued_on: date | None
    covers: tuple[date | None, date | None]
    draft: int | None
    titled: bool


def read(stored: StoredText) -> Signed:
    """Sign a text."""
    metadata = stored.metadata
    title = metadata.title
    return Signed(
        signature=sign(stored.text),
        issued_on=metadata.issued_on.value if metadata.issued_on else None,
        covers=metadata.covers or (None, None),
        draft=draft_number(stored.text),
        titled=title is not None and title.confidence >= SURE_TITLE,
    )


def keep(connection: Connection, document_id: str, signed: Signed) -> None:
    """Keep the signature of a document's current version, in place of what was there before."""
    for statement in _FORGET:
        connection.execute(statement, {"id": document_id})
    signature = signed.signature
    connection.execute(
        _KEEP,
        {
            "document_id": document_id,
            "bins": signature.bins,
            "numbers": struct.pack(f">{len(signature.numbers)}I", *signature.numbers),
            "issued_on": signed.issued_on,
            "covers_from": signed.covers[0],
            "covers_to": signed.covers[1],
            "draft": signed.draft,
            "titled": signed.titled,
        },
    )
    if signature.bands:
        rows = [{"document_id": document_id, "key": key} for key in set(signature.bands)]
        connection.execute(_KEEP_BANDS, rows)


def papers(connection: Connection, ids: Sequence[str], labels: Iterable[str]) -> list[Paper]:
    """What those of the documents are compared by that are signed, in use and may be seen by a holder
    of `labels`; in the order of `ids`."""
    found = {
        row.id: _paper(row)
        for row in connection.execute(_PAPERS, {"ids": list(ids), "labels": list(labels)})
    }
    return [found[document_id] for document_id in ids if document_id in found]


def same(
    connection: Connection, document_id: str, labels: Iterable[str]
) -> tuple[Paper | None, list[tuple[Paper, Relation]]]:
    """The document and the others that are the same paper, as far as a holder of `labels` may see;
    (None, []) where it is not signed, or not to be seen."""
    labels = list(labels)
    asked = papers(connection, [document_id], labels)
    if not asked:
        return None, []
    rows = connection.execute(_CANDIDATES, {"id": document_id, "labels": labels})
    others = papers(connection, [row.document_id for row in rows], labels)
    related = ((other, relation(asked[0], other)) for other in others)
    return asked[0], [(other, told) for other, told in related if told is not None]


def _paper(row: Row[Any]) -> Paper:
    numbers = struct.unpack(f">{len(row.numbers) // 4}I", row.numbers)
    covers = (row.covers_from, row.covers_to)
    return Paper(
        id=row.id,
        signature=Signature(row.bins, numbers),
        symbol=row.symbol,
        issued_on=row.issued_on,
        kind=row.kind,
        unit=row.unit,
        title=row.title if row.titled else None,
        covers=None if None in covers else covers,
        draft=row.draft,
    )


def _seen() -> sa.ColumnElement[bool]:
    labels: sa.BindParameter[Any] = sa.bindparam("labels", expanding=True)
    return sa.and_(documents.c.removed_at.is_(None), documents.c.label.in_(labels))


def _papers_query() -> sa.Select[Any]:
    named = (documents.c[name] for name in ("id", "symbol", "kind", "unit", "title"))
    signed = (
        signatures.c[name]
        for name in ("bins", "numbers", "issued_on", "covers_from", "covers_to", "draft", "titled")
    )
    return (
        sa.select(*named, *signed)
        .join(signatures, signatures.c.document_id == documents.c.id)
        .where(documents.c.id.in_(sa.bindparam("ids", expanding=True)), _seen())
    )


def _candidates_query() -> sa.Select[Any]:
    """Documents by how many bands they have in common with one; most first."""
    own = sa.select(bands.c.key).where(bands.c.document_id == sa.bindparam("id"))
    return (
        sa.select(bands.c.document_id)
        .join(documents, documents.c.id == bands.c.document_id)
        .where(bands.c.key.in_(own), bands.c.document_id != sa.bindparam("id"), _seen())
        .group_by(bands.c.document_id)
        .order_by(sa.func.count().desc(), bands.c.document_id)
        .limit(CANDIDATES)
    )


# Made once: SQLAlchemy takes longer to make them than SQLite to answer.
_FORGET = tuple(
    sa.delete(table).where(table.c.document_id == sa.bindparam("id")) for table in (bands, signatures)
)
_KEEP, _KEEP_BANDS = sa.insert(signatures), sa.insert(bands)
_PAPERS = _papers_query()
_CANDIDATES = _candidates_query()
