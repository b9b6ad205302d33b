"""Terms that documents define, kept with their text (see kb.catalog.derived)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog.schema import definitions, documents
from kb.glossary.definitions import Definition
from kb.model import Span
from kb.vietnamese.normalise import fold


@dataclass(frozen=True, slots=True)
class Defined:
    """A definition with the document that gives it."""

    term: str
    text: str
    id: str
    title: str
    symbol: str | None
    issued_on: date | None
    validity: str | None
    span: Span


def keep(connection: Connection, document_id: str, found: Iterable[Definition]) -> None:
    """Keep what was read of a document's current version, in place of what was there before."""
    connection.execute(sa.delete(definitions).where(definitions.c.document_id == document_id))
    rows = [
        {
            "document_id": document_id,
            "number": number,
            "folded": fold(each.term),
            "term": each.term,
            "text": each.text,
            "start": each.span.start,
            "end": each.span.end,
        }
        for number, each in enumerate(found, 1)
    ]
    if rows:
        connection.execute(sa.insert(definitions), rows)


def all_of(connection: Connection, labels: Iterable[str], document_id: str = "") -> list[Defined]:
    """Every definition of the documents with one of the labels (or of one document), by term; of one
    term the newest first."""
    query = _query().where(documents.c.label.in_(list(labels)))
    if document_id:
        query = query.where(documents.c.id == document_id)
    return [_defined(row) for row in connection.execute(query)]


def _query() -> sa.Select[Any]:
    return (
        sa.select(
            definitions.c.term, definitions.c.text, definitions.c.start, definitions.c.end,
            documents.c.id, documents.c.title, documents.c.symbol, documents.c.sort_date,
            documents.c.validity,
        )
        .join(documents, documents.c.id == definitions.c.document_id)
        .where(documents.c.removed_at.is_(None))
        .order_by(definitions.c.folded, documents.c.sort_date.desc(), documents.c.id)
    )  # fmt: skip


def _defined(row: Any) -> Defined:
    return Defined(
        row.term,
        row.text,
        row.id,
        row.title,
        row.symbol,
        row.sort_date,
        row.validity,
        Span(row.start, row.end),
    )
