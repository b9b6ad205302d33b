"""Documents into the catalog: identity, versions, removal.

Identity: the same bytes are one document however many sources hold them; other bytes at a
known path are a new version of its document, unless another source still has the old bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from kb.catalog import abbreviations, codec, corrections, derived
from kb.catalog.schema import documents, pages, sources, versions
from kb.model import Document, Source, StoredText, Value

Outcome = Literal["added", "new-version", "updated", "unchanged", "duplicate", "restored"]

ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document handed to `store`."""

    id: str
    outcome: Outcome


def store(connection: Connection, document: Document) -> Stored:
    """Keep a document that was read from `document.source`."""
    source = document.source
    known = connection.execute(sa.select(sources).where(sources.c.path == source.path)).first()
    same_bytes = _find_by_hash(connection, source.sha256)
    if known is not None and same_bytes is None and _is_only_source(connection, known):
        document_id = known.document_id
        outcome: Outcome = "new-version"
        _write_version(connection, document_id, document, _next_version(connection, document_id))
    elif same_bytes is not None:
        document_id = same_bytes.id
        outcome = _update(connection, same_bytes, document, is_new_path=known is None)
    else:
        document_id = _new_id(connection, source)
        outcome = "added"
        _insert_document(connection, document_id, document)
    left_behind = known.document_id if known and known.document_id != document_id else None
    _attach(connection, source, document_id, known=known is not None)
    if left_behind is not None:
        remove_if_orphan(connection, left_behind)
    return Stored(document_id, outcome)


def _find_by_hash(connection: Connection, sha256: str) -> Row[Any] | None:
    """The document whose current version has these bytes; one still in use before a removed one."""
    return connection.execute(
        sa.select(documents)
        .where(documents.c.sha256 == sha256)
        .order_by(documents.c.removed_at.is_not(None), documents.c.id)
    ).first()


def remove_if_orphan(connection: Connection, document_id: str) -> bool:
    """Take a document without sources out of search. Its text stays, and its id if it returns."""
    removed = connection.execute(
        sa.update(documents)
        .where(
            documents.c.id == document_id,
            documents.c.removed_at.is_(None),
            ~sa.exists().where(sources.c.document_id == document_id),
        )
        .values(removed_at=now(), revision=documents.c.revision + 1)
    )
    if removed.rowcount:
        abbreviations.changed(connection)
    return removed.rowcount > 0


def erase(connection: Connection, path: str, sha256: str) -> int:
    """Delete the documents that hold these bytes, or came from this path alone, with all their
    versions and texts; how many they were. For what should never have been stored."""
    here = sa.select(sources.c.document_id).where(sources.c.path == path)
    elsewhere = sa.select(sources.c.document_id).where(sources.c.path != path)
    same = sa.select(versions.c.document_id).where(versions.c.sha256 == sha256)
    chosen = documents.c.id.in_(same) | (documents.c.id.in_(here) & ~documents.c.id.in_(elsewhere))
    erased = connection.execute(sa.delete(documents).where(chosen)).rowcount
    connection.execute(sa.delete(sources).where(sources.c.path == path))
    if erased:
        abbreviations.changed(connection)
    return erased


def title_of(document: Document) -> str:
    """What lists call the document: its title, else its first words, else its file name."""
    if document.metadata.title is not None:
        return document.metadata.title.value
    first_line = document.text.strip().split("\n", 1)[0].strip()
    return first_line[:160] or PurePath(document.source.path).name


# ---------------------------------------------------------------- writing


def _update(connection: Connection, row: Row[Any], document: Document, *, is_new_path: bool) -> Outcome:
    """The bytes are known. Keep the fields if they were read anew and differ."""
    if row.removed_at is not None:
        _write_version(connection, row.id, document, row.version)
        return "restored"
    if is_new_path:
        return "duplicate"
    corrected, fields = _corrected(connection, row.id, document)
    fresh = (document.text, fields, corrected.label)
    if _stored_fields(connection, row.id) == fresh:
        return "unchanged"
    _write_version(connection, row.id, document, row.version)
    return "updated"


def _stored_fields(connection: Connection, document_id: str) -> tuple[str, str, str] | None:
    row = connection.execute(
        sa.select(versions.c.text, versions.c.fields, documents.c.label)
        .join(documents, documents.c.id == versions.c.document_id)
        .where(documents.c.id == document_id, versions.c.number == documents.c.version)
    ).first()
    return None if row is None else (row.text, row.fields, row.label)


def correct(connection: Connection, document_id: str) -> None:
    """Put the corrections that hold over what was read of a document's current version."""
    _rewrite(connection, document_id, _as_read)


def _as_read(read: Document) -> Document:
    return read


def read_again(connection: Connection, document_id: str, topics: tuple[Value[str], ...]) -> None:
    """Keep topics read anew from the stored text. Corrections stay."""

    def with_topics(read: Document) -> Document:
        if read.metadata.topics == topics:
            return read
        return replace(read, metadata=replace(read.metadata, topics=topics))

    _rewrite(connection, document_id, with_topics)


def _rewrite(connection: Connection, document_id: str, change: Callable[[Document], Document]) -> None:
    """Change what was read of a document's current version, and put the corrections over it."""
    row = connection.execute(
        sa.select(versions, documents.c.label, documents.c.version.label("current"))
        .join(documents, documents.c.id == versions.c.document_id)
        .where(documents.c.id == document_id, versions.c.number == documents.c.version)
    ).one()
    metadata, sections, references, warnings, ocr = codec.decode_fields(row.fields)
    metadata, label = codec.decode_read(row.fields) or (metadata, row.label)
    read = Document(
        source=Source("", row.sha256, 0, 0),
        format=row.format,
        text=row.text,
        pages=(),
        metadata=metadata,
        sections=sections,
        references=references,
        text_quality=row.text_quality,
        warnings=warnings,
        label=label,
        ocr=ocr,
    )
    changed = change(read)
    if changed is read and change is not _as_read:
        return
    document, fields = _corrected(connection, document_id, changed)
    columns = _columns(document, row.current)
    if document.metadata.title is None and not document.text.strip():
        del columns["title"]  # then it is the file's name
    connection.execute(
        sa.update(documents)
        .where(documents.c.id == document_id)
        .values(revision=documents.c.revision + 1, **columns)
    )
    connection.execute(
        sa.update(versions)
        .where(versions.c.document_id == document_id, versions.c.number == row.current)
        .values(fields=fields)
    )
    _derive(connection, document_id, document)


def _corrected(connection: Connection, document_id: str, read: Document) -> tuple[Document, str]:
    """The document with what people said of it, and its fields as they are stored."""
    document = corrections.put_over(read, corrections.in_force(connection, document_id))
    return document, codec.encode_fields(document, None if document is read else read)


def _derive(connection: Connection, document_id: str, document: Document) -> None:
    stored = StoredText(document.text, document.metadata, document.sections, document.references)
    derived.derive(connection, document_id, stored)


def _write_version(connection: Connection, document_id: str, read: Document, number: int) -> None:
    """Write version `number` in place of what stands there, and make it the current one."""
    document, fields = _corrected(connection, document_id, read)
    connection.execute(
        sa.update(documents)
        .where(documents.c.id == document_id)
        .values(revision=documents.c.revision + 1, removed_at=None, **_columns(document, number))
    )
    at = (versions.c.document_id == document_id) & (versions.c.number == number)
    connection.execute(sa.delete(versions).where(at))  # its pages go with it
    _insert_version(connection, document_id, document, number, fields)


def _insert_document(connection: Connection, document_id: str, document: Document) -> None:
    columns = _columns(document, 1)
    connection.execute(
        sa.insert(documents).values(id=document_id, revision=1, added_at=now(), **columns)
    )
    _insert_version(connection, document_id, document, 1, codec.encode_fields(document))


def _columns(document: Document, number: int) -> dict[str, Any]:
    """What a row of `documents` repeats of its current version."""
    metadata = document.metadata
    return {
        "version": number,
        "sha256": document.source.sha256,
        "title": title_of(document),
        "symbol": metadata.symbol.value if metadata.symbol else None,
        "kind": metadata.kind.value if metadata.kind else None,
        "unit": metadata.unit.value if metadata.unit else None,
        "unit_label": metadata.issuer.value if metadata.issuer else None,
        "sort_date": metadata.sort_date,
        "label": document.label,
    }


def _insert_version(
    connection: Connection, document_id: str, document: Document, number: int, fields: str
) -> None:
    connection.execute(
        sa.insert(versions).values(
            document_id=document_id,
            number=number,
            sha256=document.source.sha256,
            added_at=now(),
            format=document.format,
            text=document.text,
            fields=fields,
            text_quality=document.text_quality,
        )
    )
    rows = [
        {
            "document_id": document_id,
            "version": number,
            "number": page.number,
            "start": page.start,
            "end": page.end,
            "width": page.width,
            "height": page.height,
            "boxes": codec.encode_boxes(page.boxes),
            "label": page.label,
        }
        for page in document.pages
    ]
    if rows:
        connection.execute(sa.insert(pages), rows)
    _derive(connection, document_id, document)


def _attach(connection: Connection, source: Source, document_id: str, *, known: bool) -> None:
    """Note that `source` holds the document; `known` where its path is already there."""
    values = {
        "document_id": document_id,
        "sha256": source.sha256,
        "size": source.size,
        "mtime_ns": source.mtime_ns,
        "sidecar_sha256": source.sidecar_sha256,
        "archive": source.archive,
    }
    if known:
        connection.execute(sa.update(sources).where(sources.c.path == source.path).values(values))
    else:
        connection.execute(sa.insert(sources).values(path=source.path, **values))


def _is_only_source(connection: Connection, source: Row[Any]) -> bool:
    others = sa.select(sa.func.count()).where(
        sources.c.document_id == source.document_id, sources.c.path != source.path
    )
    return connection.execute(others).scalar_one() == 0


def _next_version(connection: Connection, document_id: str) -> int:
    query = sa.select(sa.func.max(versions.c.number)).where(versions.c.document_id == document_id)
    return int(connection.execute(query).scalar_one() or 0) + 1


def _new_id(connection: Connection, source: Source) -> str:
    """From the bytes, so that the same collection gets the same ids everywhere; the path joins in
    where a document that began with these bytes has other ones now."""
    candidate = source.sha256[:ID_LENGTH]
    attempt = 0
    while connection.execute(sa.select(documents.c.id).where(documents.c.id == candidate)).first():
        attempt += 1
        seed = f"{source.sha256}:{source.path}:{attempt}"
        candidate = hashlib.sha256(seed.encode()).hexdigest()[:ID_LENGTH]
    return candidate


def now() -> datetime:
    """The moment, in UTC and without a zone, as the catalog keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)
