"""Figures that documents state, kept with their text (see kb.catalog.derived)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog.schema import documents, figures
from kb.figures.reading import Figure
from kb.model import Span


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure with the document that states it."""

    figure: Figure
    id: str
    title: str
    symbol: str | None
    unit_label: str | None


def keep(connection: Connection, document_id: str, found: Iterable[Figure]) -> None:
    """Keep what was read of a document's current version, in place of what was there before."""
    connection.execute(sa.delete(figures).where(figures.c.document_id == document_id))
    rows = [
        {
            "document_id": document_id,
            "number": number,
            "value": each.value,
            "total": each.total,
            "measure": each.measure,
            "what": each.what,
            "trend": each.trend,
            "compared": each.compared,
            "period_start": each.start,
            "period_end": each.end,
            "start": each.span.start,
            "end": each.span.end,
            "evidence_start": each.evidence.start,
            "evidence_end": each.evidence.end,
        }
        for number, each in enumerate(found, 1)
    ]
    if rows:
        connection.execute(sa.insert(figures), rows)


def of_document(connection: Connection, document_id: str) -> list[Figure]:
    """The figures of a document in the order of its text."""
    rows = connection.execute(
        sa.select(figures).where(figures.c.document_id == document_id).order_by(figures.c.number)
    )
    return [_figure(row) for row in rows]


def of_documents(
    connection: Connection, ids: Iterable[str] | None, labels: Iterable[str]
) -> Iterator[Stated]:
    """The figures of documents (of all: None) with one of the labels, document after document."""
    query = (
        sa.select(
            figures, documents.c.id, documents.c.title, documents.c.symbol, documents.c.unit_label
        )
        .join(documents, documents.c.id == figures.c.document_id)
        .where(documents.c.removed_at.is_(None), documents.c.label.in_(list(labels)))
        .order_by(documents.c.sort_date, documents.c.id, figures.c.number)
    )
    if ids is not None:
        query = query.where(documents.c.id.in_(list(ids)))
    for row in connection.execute(query):
        yield Stated(_figure(row), row.id, row.title, row.symbol, row.unit_label)


def _figure(row: sa.Row) -> Figure:  # type: ignore[type-arg]
    return Figure(
        row.value,
        row.total,
        row.measure,
        row.what,
        row.trend,
        row.compared,
        row.period_start,
        row.period_end,
        Span(row.start, row.end),
        Span(row.evidence_start, row.evidence_end),
    )
