"""Fields to look at, kept with their documents (see kb.catalog.derived), and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog.relations import leads_to
from kb.catalog.schema import documents, doubts, relations
from kb.curation.doubts import Doubt


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A document with the fields to look at."""

    id: str
    title: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A document that others name and that is not here: how many, and one that does."""

    symbol: str
    issued_on: date | None
    citing: int
    by: str  # id


def keep(connection: Connection, document_id: str, found: Iterable[Doubt]) -> None:
    """Keep what was read of a document's current version, in place of what was there before."""
    connection.execute(sa.delete(doubts).where(doubts.c.document_id == document_id))
    rows = [
        {
            "document_id": document_id,
            "number": number,
            "field": each.field,
            "value": each.value,
            "confidence": each.confidence,
        }
        for number, each in enumerate(found, 1)
    ]
    if rows:
        connection.execute(sa.insert(doubts), rows)


def doubtful(connection: Connection, labels: Iterable[str], limit: int) -> tuple[int, list[Doubtful]]:
    """How many documents have fields to look at, and the last of them to come."""
    shown = sa.and_(documents.c.removed_at.is_(None), documents.c.label.in_(list(labels)))
    ids = (
        sa.select(documents.c.id, documents.c.title, documents.c.added_at)
        .join(doubts, doubts.c.document_id == documents.c.id)
        .where(shown)
        .distinct()
    )
    count = connection.execute(sa.select(sa.func.count()).select_from(ids.subquery())).scalar_one()
    rows = connection.execute(
        ids.order_by(documents.c.added_at.desc(), documents.c.id).limit(limit)
    ).all()
    found: dict[str, list[Doubt]] = {row.id: [] for row in rows}
    query = sa.select(doubts).where(doubts.c.document_id.in_(list(found))).order_by(doubts.c.number)
    for row in connection.execute(query):
        found[row.document_id].append(Doubt(row.field, row.value, row.confidence))
    return int(count), [Doubtful(row.id, row.title, tuple(found[row.id])) for row in rows]


def missing(connection: Connection, labels: Iterable[str], limit: int) -> list[Missing]:
    """The documents that most others name and that are not here (or may not be seen)."""
    labels = list(labels)
    target = documents.alias("target")
    here = sa.exists().where(sa.and_(leads_to(target), target.c.label.in_(labels)))
    citing = sa.func.count(sa.distinct(relations.c.document_id))
    query: sa.Select[Any] = (
        sa.select(
            relations.c.symbol,
            sa.func.max(relations.c.issued_on).label("issued_on"),
            citing.label("citing"),
            sa.func.min(relations.c.document_id).label("by"),
        )
        .join(documents, documents.c.id == relations.c.document_id)
        .where(documents.c.removed_at.is_(None), documents.c.label.in_(labels), ~here)
        .group_by(relations.c.symbol)
        .order_by(citing.desc(), relations.c.symbol)
        .limit(limit)
    )
    return [Missing(row.symbol, row.issued_on, row.citing, row.by) for row in connection.execute(query)]
