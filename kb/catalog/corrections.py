"""What people corrected: kept apart from what was read, with author and time, and put over it.

Corrections are only ever added, or marked as taken back. What holds of a field is its last correction
that was not taken back; it wins over the text and over a file beside the document, whatever is read
anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog.schema import corrections
from kb.curation.fields import LABEL, BadValue, state
from kb.model import Document

RULE = "correction"


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one document as a person stated it; an empty value takes the field away."""

    number: int
    document_id: str
    field: str
    value: str
    author: str
    at: datetime  # UTC, without a zone
    note: str = ""
    reverted_at: datetime | None = None
    reverted_by: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            "number": self.number,
            "id": self.document_id,
            "field": self.field,
            "value": self.value,
            "author": self.author,
            "at": self.at.isoformat(timespec="seconds"),
            "note": self.note,
            "reverted_at": self.reverted_at.isoformat(timespec="seconds") if self.reverted_at else None,
            "reverted_by": self.reverted_by,
        }


def add(
    connection: Connection,
    document_id: str,
    changes: Mapping[str, str],
    *,
    author: str,
    at: datetime,
    note: str = "",
) -> None:
    """Note corrections, in place of earlier ones of the same fields; `changes` are sound values."""
    revert(connection, document_id, changes, author=author, at=at)
    rows = [
        {
            "document_id": document_id,
            "field": field,
            "value": value,
            "author": author,
            "at": at,
            "note": note,
        }
        for field, value in changes.items()
    ]
    if rows:
        connection.execute(sa.insert(corrections), rows)


def revert(
    connection: Connection, document_id: str, fields: Iterable[str], *, author: str, at: datetime
) -> int:
    """Take back what holds of these fields; of how many it did."""
    done = connection.execute(
        sa.update(corrections)
        .where(
            corrections.c.document_id == document_id,
            corrections.c.field.in_(list(fields)),
            corrections.c.reverted_at.is_(None),
        )
        .values(reverted_at=at, reverted_by=author)
    )
    return done.rowcount


def history(connection: Connection, document_id: str) -> list[Correction]:
    """All corrections of a document, the earliest first."""
    rows = connection.execute(
        sa.select(corrections)
        .where(corrections.c.document_id == document_id)
        .order_by(corrections.c.number)
    )
    return [Correction(*row) for row in rows]


def in_force(connection: Connection, document_id: str) -> dict[str, Correction]:
    """What holds, by field."""
    rows = connection.execute(_IN_FORCE, {"id": document_id})
    return {row.field: Correction(*row) for row in rows}


def put_over(document: Document, changes: Mapping[str, Correction]) -> Document:
    """The document with corrections over what was read; the same object where there are none.

    A value that is no longer understood (of a topic that a newer table dropped) is left out.
    """
    for name, change in changes.items():
        if name == LABEL:
            document = replace(document, label=change.value)
            continue
        with contextlib.suppress(BadValue):
            metadata = state(document.metadata, name, change.value, RULE)
            document = replace(document, metadata=metadata)
    return document


_IN_FORCE = (
    sa.select(corrections)
    .where(
        corrections.c.document_id == sa.bindparam("id"),
        corrections.c.reverted_at.is_(None),
    )
    .order_by(corrections.c.number)
)
