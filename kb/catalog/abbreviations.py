"""The abbreviations that documents explain, kept with their text (see kb.catalog.derived)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog.schema import abbreviations, documents, states
from kb.model import Span, StoredText
from kb.vietnamese.abbreviation_mining import Mined, mine
from kb.vietnamese.abbreviations import key

STATE = "abbreviations"
_STATE = sa.select(states.c.number).where(states.c.name == STATE)  # asked by every search


@dataclass(frozen=True, slots=True)
class Group:
    """Documents with one label that explain an abbreviation in the same words."""

    abbreviation: str
    expansion: str
    label: str
    documents: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document explains an abbreviation: `span` of its text."""

    document_id: str
    expansion: str
    span: Span


def read(stored: StoredText) -> list[Mined]:
    """The abbreviations a text explains."""
    return mine(stored.text)


def keep(connection: Connection, document_id: str, mined: Iterable[Mined]) -> None:
    """Keep what was mined from a document's current version, in place of what was there before."""
    of_document = abbreviations.c.document_id == document_id
    removed = connection.execute(sa.delete(abbreviations).where(of_document)).rowcount
    rows = [
        {
            "document_id": document_id,
            "number": number,
            "abbreviation": pair.abbreviation,
            "key": key(pair.abbreviation),
            "expansion": pair.expansion,
            "start": pair.span.start,
            "end": pair.span.end,
        }
        for number, pair in enumerate(mined, 1)
    ]
    if rows:
        connection.execute(sa.insert(abbreviations), rows)
    if rows or removed:
        changed(connection)


def changed(connection: Connection) -> None:
    """Tell readers that what they know of abbreviations is out of date."""
    connection.execute(
        sa.update(states).where(states.c.name == STATE).values(number=states.c.number + 1)
    )


def state(connection: Connection) -> int:
    """A number that differs when the mined abbreviations, or who may see them, changed."""
    return int(connection.execute(_STATE).scalar_one())


def groups(connection: Connection) -> list[Group]:
    """What the documents in use explain, counted."""
    columns = (abbreviations.c.abbreviation, abbreviations.c.expansion, documents.c.label)
    rows = connection.execute(
        sa.select(*columns, sa.func.count())
        .join(documents, documents.c.id == abbreviations.c.document_id)
        .where(documents.c.removed_at.is_(None))
        .group_by(*columns)
    )
    return [Group(*row) for row in rows]


def evidence(connection: Connection, abbreviation: str, labels: Iterable[str]) -> list[Evidence]:
    """Where documents with one of these labels explain the abbreviation, one document after another."""
    rows = connection.execute(
        sa.select(
            abbreviations.c.document_id,
            abbreviations.c.expansion,
            abbreviations.c.start,
            abbreviations.c.end,
        )
        .join(documents, documents.c.id == abbreviations.c.document_id)
        .where(
            abbreviations.c.key == key(abbreviation),
            documents.c.removed_at.is_(None),
            documents.c.label.in_(list(labels)),
        )
        .order_by(abbreviations.c.document_id, abbreviations.c.number)
    )
    return [Evidence(row[0], row[1], Span(row[2], row[3])) for row in rows]
