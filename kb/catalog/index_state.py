"""Which documents an index generation holds, and which wait to be indexed or taken out.

The token joins the analyser's fingerprint and the document's revision, so one comparison serves
incremental update, recovery after a crash and a change of analysis.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog.reading import IN_LIMIT, chunks
from kb.catalog.schema import documents, indexed, pages


@dataclass(frozen=True, slots=True)
class Pending:
    """Work an index generation has to do: documents to add (with their tokens) and to delete."""

    add: tuple[tuple[str, str], ...]  # (document id, token)
    delete: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.add) + len(self.delete)


def pending(connection: Connection, generation: str, fingerprint: str) -> Pending:
    """What differs between the catalog and the generation."""
    rows = connection.execute(
        sa.select(indexed.c.document_id, indexed.c.token).where(indexed.c.generation == generation)
    )
    held = {row.document_id: row.token for row in rows}
    add = []
    for row in connection.execute(
        sa.select(documents.c.id, documents.c.revision)
        .where(documents.c.removed_at.is_(None))
        .order_by(documents.c.id)
    ):
        token = f"{fingerprint}:{row.revision}"
        if held.pop(row.id, None) != token:
            add.append((row.id, token))
    return Pending(tuple(add), tuple(held))


def lengths(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """How many characters the current version of each document has; unknown ones are left out."""
    current = sa.and_(pages.c.document_id == documents.c.id, pages.c.version == documents.c.version)
    query = sa.select(documents.c.id, sa.func.max(pages.c.end)).join(pages, current)
    found: dict[str, int] = {}
    for part in chunks(ids, IN_LIMIT):
        rows = connection.execute(query.where(documents.c.id.in_(part)).group_by(documents.c.id))
        found |= dict(rows.all())
    return found


def mark_indexed(connection: Connection, generation: str, entries: Iterable[tuple[str, str]]) -> None:
    """Note (document id, token) pairs the engine has committed."""
    rows = [
        {"generation": generation, "document_id": document_id, "token": token}
        for document_id, token in entries
    ]
    if rows:
        unmark(connection, generation, [row["document_id"] for row in rows])
        connection.execute(sa.insert(indexed), rows)


def unmark(connection: Connection, generation: str, ids: Sequence[str]) -> None:
    """Note that the engine no longer holds these documents."""
    for part in chunks(ids, IN_LIMIT):
        connection.execute(
            sa.delete(indexed).where(
                indexed.c.generation == generation, indexed.c.document_id.in_(part)
            )
        )


def count(connection: Connection, generation: str) -> int:
    """How many documents the generation holds."""
    query = sa.select(sa.func.count()).select_from(indexed).where(indexed.c.generation == generation)
    return int(connection.execute(query).scalar_one())


def keep_generations(connection: Connection, generations: Sequence[str]) -> None:
    """Forget the state of all generations but these."""
    connection.execute(sa.delete(indexed).where(indexed.c.generation.not_in(generations)))
