"""Documents out of the catalog: whole ones, rows for lists, counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog import codec
from kb.catalog.schema import documents, pages, sources, versions
from kb.catalog.sources import source_of
from kb.model import Document, Metadata, Page, Source

IN_LIMIT = 500  # bound values a statement: below every database's own limit


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the catalog holds it: its current version and where it comes from."""

    id: str
    version: int
    versions: int
    added_at: datetime
    sources: tuple[Source, ...]
    document: Document
    validity: str | None = None  # kb.relations.validity, on the day of the last reindex


class PageStart(NamedTuple):
    """Where a page begins in the text, and its number; in this order, so that they sort."""

    start: int
    number: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The columns a list of results shows, without the text."""

    id: str
    title: str
    symbol: str | None
    kind: str | None
    unit: str | None
    unit_label: str | None
    sort_date: date | None
    validity: str | None

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            "id": self.id,
            "title": self.title,
            "symbol": self.symbol,
            "kind": self.kind,
            "issued_on": self.sort_date.isoformat() if self.sort_date else None,
            "unit": self.unit,
            "validity": self.validity,
        }


@dataclass(frozen=True, slots=True)
class Shown(Listed):
    """What a search hit shows of a document, and what its passages are cut from."""

    source: str  # path of one source
    format: str
    text: str
    fields: codec.ShownFields
    pages: tuple[PageStart, ...]


def topics(connection: Connection) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The topics of every document in use, by id."""
    rows = connection.execute(
        sa.select(documents.c.id, versions.c.fields)
        .join(
            versions,
            sa.and_(versions.c.document_id == documents.c.id, versions.c.number == documents.c.version),
        )
        .where(documents.c.removed_at.is_(None))
        .order_by(documents.c.id)
    )
    for row in rows:
        found = codec.decode_fields(row.fields)[0].topics
        yield row.id, tuple(topic.value for topic in found)


def load(connection: Connection, ids: Sequence[str], *, boxes: bool = False) -> list[StoredDocument]:
    """The current versions of the documents that exist and are not removed, in the order of `ids`.

    Word positions are read only where `boxes` is set.
    """
    found: dict[str, StoredDocument] = {}
    others = versions.alias()
    version_count = (
        sa.select(sa.func.count())
        .where(others.c.document_id == documents.c.id)
        .scalar_subquery()
        .label("version_count")
    )
    for part in chunks(ids, IN_LIMIT):
        by_document = _sources_of(connection, part)
        page_rows = _pages_of(connection, part, boxes=boxes)
        query = (
            sa.select(documents, versions, version_count)
            .join(versions, is_current(versions))
            .where(documents.c.id.in_(part), documents.c.removed_at.is_(None))
        )
        for row in connection.execute(query).mappings():
            document_id = row[documents.c.id]
            held_by = by_document.get(document_id, ())
            if not held_by:
                continue
            metadata, sections, references, warnings, ocr = codec.decode_fields(row[versions.c.fields])
            found[document_id] = StoredDocument(
                id=document_id,
                version=row[documents.c.version],
                versions=row[version_count],
                added_at=row[documents.c.added_at],
                sources=held_by,
                document=Document(
                    source=held_by[0],
                    format=row[versions.c.format],
                    text=row[versions.c.text],
                    pages=page_rows.get(document_id, ()),
                    metadata=metadata,
                    sections=sections,
                    references=references,
                    text_quality=row[versions.c.text_quality],
                    warnings=warnings,
                    label=row[documents.c.label],
                    ocr=ocr,
                ),
                validity=row[documents.c.validity],
            )
    return [found[document_id] for document_id in ids if document_id in found]


def load_shown(connection: Connection, ids: Sequence[str]) -> list[Shown]:
    """The documents that exist and are not removed, in the order of `ids` (at most IN_LIMIT), with
    no more than a hit shows: one statement, a fraction of the time of `load`."""
    found = {}
    for row in connection.execute(_SHOWN, {"ids": ids}):
        columns = dict(zip(_SHOWN_COLUMNS, row, strict=True))
        if columns["source"] is not None:
            columns["pages"] = _page_starts(columns["pages"])
            columns["fields"] = codec.decode_shown(columns["fields"])
            found[columns["id"]] = Shown(**columns)
    return [found[document_id] for document_id in ids if document_id in found]


def as_read(connection: Connection, document_id: str) -> tuple[Metadata, str] | None:
    """Metadata and label of the current version before people's corrections; None without any."""
    row = connection.execute(
        sa.select(versions.c.fields)
        .join(documents, is_current(versions))
        .where(documents.c.id == document_id)
    ).first()
    return None if row is None else codec.decode_read(row.fields)


def is_current(table: sa.Table) -> sa.ColumnElement[bool]:
    """Joins `documents` with the rows of its current version."""
    return sa.and_(table.c.document_id == documents.c.id, table.c.number == documents.c.version)


def _shown_query() -> sa.Select[Any]:
    source = sa.select(sa.func.min(sources.c.path)).where(sources.c.document_id == documents.c.id)
    page = sa.cast(pages.c.start, sa.String).concat(":").concat(sa.cast(pages.c.number, sa.String))
    page_list = sa.select(sa.func.aggregate_strings(page, ",")).where(
        pages.c.document_id == documents.c.id, pages.c.version == documents.c.version
    )
    special: dict[str, sa.ColumnElement[Any]] = {
        "source": source.scalar_subquery(),
        "pages": page_list.scalar_subquery(),
        **{name: versions.c[name] for name in ("format", "text", "fields")},
    }
    return (
        sa.select(*(special[n] if n in special else documents.c[n] for n in _SHOWN_COLUMNS))
        .join(versions, is_current(versions))
        .where(
            documents.c.id.in_(sa.bindparam("ids", expanding=True)), documents.c.removed_at.is_(None)
        )
    )


_SHOWN_COLUMNS = tuple(Shown.__dataclass_fields__)
_SHOWN = _shown_query()  # made once: SQLAlchemy takes longer to make it than SQLite to answer it


def _page_starts(listed: str | None) -> tuple[PageStart, ...]:
    """From "start:number,start:number" in any order."""
    if not listed:
        return ()
    pairs = (item.partition(":") for item in listed.split(","))
    return tuple(sorted(PageStart(int(start), int(number)) for start, _colon, number in pairs))


def newest(connection: Connection, labels: Iterable[str], limit: int) -> list[Listed]:
    """The documents with the latest dates that a holder of `labels` may see."""
    columns = [documents.c[name] for name in Listed.__dataclass_fields__]
    rows = connection.execute(
        sa.select(*columns)
        .where(documents.c.removed_at.is_(None), documents.c.label.in_(list(labels)))
        .order_by(documents.c.sort_date.desc().nulls_last(), documents.c.id)
        .limit(limit)
    )
    return [Listed(*row) for row in rows]


def listed(connection: Connection, ids: Sequence[str], labels: Iterable[str]) -> list[Listed]:
    """What lists show of the documents that a holder of `labels` may see, in the order of `ids`."""
    columns = [documents.c[name] for name in Listed.__dataclass_fields__]
    rows = connection.execute(
        sa.select(*columns).where(
            documents.c.id.in_(ids[:IN_LIMIT]),
            documents.c.removed_at.is_(None),
            documents.c.label.in_(list(labels)),
        )
    )
    found = {row.id: Listed(*row) for row in rows}
    return [found[document_id] for document_id in ids if document_id in found]


def added(connection: Connection, ids: Sequence[str], limit: int) -> dict[str, datetime]:
    """When the documents came, the last `limit` of them, the newest first."""
    found: list[tuple[datetime, str]] = []
    for start in range(0, len(ids), IN_LIMIT):
        query = sa.select(documents.c.added_at, documents.c.id).where(
            documents.c.id.in_(ids[start : start + IN_LIMIT])
        )
        found += [(row.added_at, row.id) for row in connection.execute(query)]
    return {id_: when for when, id_ in sorted(found, reverse=True)[:limit]}


def unit_labels(connection: Connection, labels: Iterable[str]) -> dict[str, str]:
    """Ids and names of all units that issued a document which a holder of `labels` may see."""
    return _units(connection, labels, documents.c.unit.is_not(None))


def units_starting(
    connection: Connection, labels: Iterable[str], starts: Iterable[str], limit: int = 50
) -> dict[str, str]:
    """Of those units, the ones whose ids start with one of `starts`; at most `limit`."""
    unit = documents.c.unit
    ranges = [sa.and_(unit >= start, unit < start + "\uffff") for start in starts]
    return _units(connection, labels, sa.or_(*ranges), limit) if ranges else {}


def _units(
    connection: Connection,
    labels: Iterable[str],
    condition: sa.ColumnElement[bool],
    limit: int | None = None,
) -> dict[str, str]:
    rows = connection.execute(
        sa.select(documents.c.unit, sa.func.max(documents.c.unit_label).label("unit_label"))
        .where(condition, documents.c.removed_at.is_(None), documents.c.label.in_(list(labels)))
        .group_by(documents.c.unit)
        .limit(limit)
    )
    return {row.unit: row.unit_label or row.unit for row in rows}


def count(connection: Connection) -> int:
    """How many documents are in use."""
    query = sa.select(sa.func.count()).select_from(documents).where(documents.c.removed_at.is_(None))
    return int(connection.execute(query).scalar_one())


def _sources_of(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[Source, ...]]:
    found: dict[str, tuple[Source, ...]] = {}
    rows = connection.execute(
        sa.select(sources).where(sources.c.document_id.in_(ids)).order_by(sources.c.path)
    )
    for row in rows:
        source = source_of(row)
        found[row.document_id] = (*found.get(row.document_id, ()), source)
    return found


def _pages_of(
    connection: Connection, ids: Sequence[str], *, boxes: bool
) -> dict[str, tuple[Page, ...]]:
    columns = [pages.c.document_id, pages.c.number, pages.c.start, pages.c.end]
    columns += [pages.c.width, pages.c.height, pages.c.label]
    if boxes:
        columns.append(pages.c.boxes)
    found: dict[str, list[Page]] = {}
    rows = connection.execute(
        sa.select(*columns)
        .join(
            documents,
            sa.and_(documents.c.id == pages.c.document_id, documents.c.version == pages.c.version),
        )
        .where(pages.c.document_id.in_(ids))
        .order_by(pages.c.document_id, pages.c.number)
    )
    for row in rows:
        page = Page(row.number, row.start, row.end, row.width, row.height, label=row.label)
        if boxes:
            page = replace(page, boxes=codec.decode_boxes(row.boxes))
        found.setdefault(row.document_id, []).append(page)
    return {document_id: tuple(items) for document_id, items in found.items()}


def chunks(items: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    """`items` in parts of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
