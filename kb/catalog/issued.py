"""Who issued what, when, and what is cited most, among given documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog.relations import leads_to
from kb.catalog.schema import documents, relations
from kb.relations.validity import EXPIRED
from kb.vietnamese import units


@dataclass(frozen=True, slots=True)
class Cited:
    """A document and how many others name it."""

    id: str
    title: str
    symbol: str | None
    kind: str | None
    issued_on: date | None
    validity: str | None
    citing: int


def by_unit_and_year(connection: Connection, ids: Sequence[str]) -> Counter[tuple[str, str, int]]:
    """Counts by (unit, its label, year) of the documents that have both."""
    counted: Counter[tuple[str, str, int]] = Counter()
    query = sa.select(documents.c.unit, documents.c.unit_label, documents.c.sort_date).where(
        documents.c.id.in_(list(ids)),
        documents.c.unit.is_not(None),
        documents.c.sort_date.is_not(None),
    )
    for row in connection.execute(query):
        label = units.label(row.unit, row.unit_label)
        counted[row.unit, label, row.sort_date.year] += 1
    return counted


def most_cited(
    connection: Connection, ids: Sequence[str], labels: Iterable[str], limit: int
) -> list[Cited]:
    """The documents that most others name, of those still in force or without a term."""
    target = documents.alias("target")
    citing = sa.func.count(sa.distinct(relations.c.document_id))
    query = (
        sa.select(
            target.c.id, target.c.title, target.c.symbol, target.c.kind, target.c.sort_date,
            target.c.validity, citing.label("citing"),
        )
        .select_from(relations)
        .join(target, leads_to(target))
        .join(documents, documents.c.id == relations.c.document_id)
        .where(
            target.c.id.in_(list(ids)),
            target.c.label.in_(list(labels)),
            documents.c.removed_at.is_(None),
            documents.c.label.in_(list(labels)),
            sa.func.coalesce(target.c.validity, "") != EXPIRED,
        )
        .group_by(target.c.id)
        .order_by(citing.desc(), target.c.sort_date.desc(), target.c.id)
        .limit(limit)
    )  # fmt: skip
    return [Cited(*row) for row in connection.execute(query)]
