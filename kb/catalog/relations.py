"""What documents say of each other, kept with their text (see kb.catalog.derived); who is in force.

A symbol leads to a document when it is asked, not when it is stored: so documents may come in any
order, and one that leaves takes nothing with it. The same symbol may be given again every year and by
many offices: a day of issue that is told has to agree; where several documents are left all are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog.schema import documents, relations, terms
from kb.model import Span
from kb.relations.reading import Read
from kb.relations.validity import Act, Facts, Validity, validity

_ACTS = ("repeals", "replaces", "repeals_part", "amends")
_CHUNK = 500  # documents updated in one statement


@dataclass(frozen=True, slots=True)
class Link:
    """One statement with the document it leads to, or comes from.

    `id` is None while the document is not here (or not to be seen); `ambiguous` where several fit.
    """

    relation: str
    symbol: str
    issued_on: date | None
    part: str
    span: Span  # of the symbol in the text of the document that says it
    evidence: Span
    id: str | None = None
    title: str | None = None
    ambiguous: bool = False


def keep(connection: Connection, document_id: str, read: Read) -> None:
    """Keep what was read of a document's current version, in place of what was there before."""
    for table in (relations, terms):
        connection.execute(sa.delete(table).where(table.c.document_id == document_id))
    rows = [
        {
            "document_id": document_id,
            "number": number,
            "relation": each.relation,
            "symbol": each.symbol,
            "issued_on": each.issued_on,
            "part": each.part,
            "start": each.span.start,
            "end": each.span.end,
            "evidence_start": each.evidence.start,
            "evidence_end": each.evidence.end,
        }
        for number, each in enumerate(read.statements, 1)
    ]
    if rows:
        connection.execute(sa.insert(relations), rows)
    term = read.term
    if term.effective_on or term.expires_on or term.stated:
        connection.execute(
            sa.insert(terms).values(
                document_id=document_id,
                effective_on=term.effective_on,
                expires_on=term.expires_on,
                stated=term.stated,
                evidence_start=term.evidence.start if term.evidence else None,
                evidence_end=term.evidence.end if term.evidence else None,
            )
        )


def outgoing(connection: Connection, document_id: str, labels: Iterable[str]) -> list[Link]:
    """What a document says of others, in its order, each with the documents its symbol may mean."""
    rows = connection.execute(_OUTGOING, {"id": document_id, "labels": list(labels)}).all()
    fitting: dict[int, int] = defaultdict(int)
    for row in rows:
        fitting[row.number] += row.other is not None
    return [_link(row, row.other, row.title, fitting[row.number] > 1) for row in rows]


def incoming(connection: Connection, document_id: str, labels: Iterable[str]) -> list[Link]:
    """What others say of a document, the earliest first; `symbol` is that of the other."""
    rows = connection.execute(_INCOMING, {"id": document_id, "labels": list(labels)})
    return [_link(row, row.other, row.title, False) for row in rows]


def among(connection: Connection, ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """What these documents say of each other: (who says it, relation, of whom)."""
    rows = connection.execute(_AMONG, {"ids": list(ids)})
    return [(row.document_id, row.relation, row.id) for row in rows]


def of_document(connection: Connection, document_id: str, on: date) -> Validity | None:
    """Whether a document is in force on a day."""
    return _states(connection, on, document_id).get(document_id)


def refresh(connection: Connection, on: date) -> int:
    """Bring every document's state up to a day; of how many it changed: the index must see them."""
    states = {id: state.state for id, state in _states(connection, on).items()}
    stored = {
        row.id: row.validity
        for row in connection.execute(sa.select(documents.c.id, documents.c.validity))
    }
    changed: dict[str | None, list[str]] = defaultdict(list)
    for document_id, state in stored.items():
        if states.get(document_id) != state:
            changed[states.get(document_id)].append(document_id)
    for new, ids in changed.items():
        for start in range(0, len(ids), _CHUNK):
            connection.execute(
                sa.update(documents)
                .where(documents.c.id.in_(ids[start : start + _CHUNK]))
                .values(validity=new, revision=documents.c.revision + 1)
            )
    return sum(map(len, changed.values()))


def _states(connection: Connection, on: date, document_id: str | None = None) -> dict[str, Validity]:
    """The state of documents in use on a day, of those that have one."""
    one = documents.c.id == document_id if document_id is not None else sa.true()
    facts = {
        row.id: Facts(row.kind, row.sort_date, row.effective_on, row.expires_on, row.stated)
        for row in connection.execute(_FACTS.where(one))
    }
    acts: dict[str, list[Act]] = defaultdict(list)
    query = _ACTS_QUERY if document_id is None else _ACTS_QUERY.where(_target.c.id == document_id)
    for row in connection.execute(query):
        acts[row.target].append(Act(row.relation, row.by, row.since))
    found = {}
    for id_, fact in facts.items():
        state = validity(fact, acts.get(id_, ()), on)
        if state is not None:
            found[id_] = state
    return found


def _link(row: Any, other: str | None, title: str | None, ambiguous: bool) -> Link:
    return Link(
        row.relation,
        row.symbol,
        row.issued_on,
        row.part,
        Span(row.start, row.end),
        Span(row.evidence_start, row.evidence_end),
        other,
        title,
        ambiguous,
    )


_target = documents.alias("target")


def leads_to(other: sa.FromClause) -> sa.ColumnElement[bool]:
    """A statement leads to a document of its symbol, of the day that is told if one is."""
    return sa.and_(
        other.c.symbol == relations.c.symbol,
        other.c.id != relations.c.document_id,
        other.c.removed_at.is_(None),
        sa.or_(
            relations.c.issued_on.is_(None),
            other.c.sort_date.is_(None),
            relations.c.issued_on == other.c.sort_date,
        ),
    )


def _columns() -> list[sa.ColumnElement[Any]]:
    names = ("number", "relation", "part", "start", "end", "evidence_start", "evidence_end")
    return [relations.c[name] for name in names]


_labels: sa.BindParameter[Any] = sa.bindparam("labels", expanding=True)
# Made once: SQLAlchemy takes longer to make them than SQLite to answer.
_OUTGOING = (
    sa.select(
        *_columns(),
        relations.c.symbol,
        relations.c.issued_on,
        _target.c.id.label("other"),
        _target.c.title,
    )
    .outerjoin(_target, sa.and_(leads_to(_target), _target.c.label.in_(_labels)))
    .where(relations.c.document_id == sa.bindparam("id"))
    .order_by(relations.c.number, _target.c.sort_date, _target.c.id)
)
_INCOMING = (
    sa.select(
        *_columns(),
        documents.c.symbol,
        documents.c.sort_date.label("issued_on"),
        documents.c.id.label("other"),
        documents.c.title,
    )
    .select_from(relations)
    .join(_target, leads_to(_target))
    .join(documents, documents.c.id == relations.c.document_id)
    .where(
        _target.c.id == sa.bindparam("id"),
        documents.c.removed_at.is_(None),
        documents.c.label.in_(_labels),
    )
    .order_by(documents.c.sort_date, documents.c.id, relations.c.number)
)
_ids: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)
_AMONG = (
    sa.select(relations.c.document_id, relations.c.relation, _target.c.id)
    .distinct()
    .select_from(relations)
    .join(_target, leads_to(_target))
    .where(relations.c.document_id.in_(_ids), _target.c.id.in_(_ids))
    .order_by(relations.c.document_id, _target.c.id, relations.c.relation)
)
_FACTS = (
    sa.select(
        documents.c.id,
        documents.c.kind,
        documents.c.sort_date,
        terms.c.effective_on,
        terms.c.expires_on,
        terms.c.stated,
    )
    .outerjoin(terms, terms.c.document_id == documents.c.id)
    .where(documents.c.removed_at.is_(None))
)
# Who ends or changes what, from the day the one that does it is in force.
_ACTS_QUERY = (
    sa.select(
        _target.c.id.label("target"),
        relations.c.relation,
        documents.c.id.label("by"),
        sa.func.coalesce(terms.c.effective_on, documents.c.sort_date).label("since"),
    )
    .select_from(relations)
    .join(_target, leads_to(_target))
    .join(documents, documents.c.id == relations.c.document_id)
    .outerjoin(terms, terms.c.document_id == documents.c.id)
    .where(
        relations.c.relation.in_(_ACTS),
        documents.c.removed_at.is_(None),
        sa.or_(relations.c.issued_on.is_not(None), relations.c.symbol.like("%/____/%")),
    )
)
