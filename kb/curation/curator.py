"""Correcting documents: one field at a time, or many by a table that was exported and edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.access import Principal
from kb.catalog import corrections, reading
from kb.catalog import documents as stored
from kb.catalog.corrections import Correction
from kb.catalog.reading import StoredDocument
from kb.catalog.schema import documents
from kb.curation import fields
from kb.curation.fields import KEYS, LABEL, BadValue
from kb.errors import BadInput, NotFound
from kb.i18n import _
from kb.model import Metadata

CHUNK = 200  # documents read at a time


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one document: what holds, and what is to hold instead."""

    document_id: str
    title: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a table: every field as `kb set` reads it."""

    id: str
    source: str  # path of one source; told, not read back
    values: dict[str, str]


class Curator:
    """The part of a library that is corrected. To change it needs `Library.writing`, and a reindex."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def set(
        self,
        document_id: str,
        changes: Mapping[str, str],
        principal: Principal,
        *,
        author: str,
        note: str = "",
    ) -> list[Change]:
        """State fields of a document; what changed. An empty value takes a field away.

        Raises NotFound, and BadInput for a field or a value that makes no sense: then nothing changed.
        """
        with self._database.begin() as connection:
            item = _found(connection, document_id, principal)
            wanted = self._changes(item, changes)
            if wanted:
                _keep(connection, wanted, author, note)
        return wanted

    def revert(
        self, document_id: str, names: Iterable[str], principal: Principal, *, author: str
    ) -> int:
        """Take corrections back, of the named fields or (none named) of all; how many there were."""
        with self._database.begin() as connection:
            _found(connection, document_id, principal)
            held = corrections.in_force(connection, document_id)
            chosen = list(names) or list(held)
            for name in chosen:
                if name not in KEYS:
                    raise _bad(name, fields.unknown(name))
            done = corrections.revert(connection, document_id, chosen, author=author, at=stored.now())
            if done:
                stored.correct(connection, document_id)
        return done

    def history(self, document_id: str, principal: Principal) -> list[Correction]:
        """Every correction of a document, those taken back too, the earliest first."""
        with self._database.connect() as connection:
            _found(connection, document_id, principal)
            return corrections.history(connection, document_id)

    def as_read(self, document_id: str, principal: Principal) -> dict[str, str]:
        """What was read of the fields that people corrected: field -> value, empty for none."""
        with self._database.connect() as connection:
            _found(connection, document_id, principal)
            before = reading.as_read(connection, document_id)
            if before is None:
                return {}
            metadata, label = before
            held = corrections.in_force(connection, document_id)
            return {name: _shown(metadata, label, name) for name in held}

    def rows(self, principal: Principal) -> Iterable[Row]:
        """Every document in use that the principal may see, in the order of its first source."""
        with self._database.connect() as connection:
            ids = list(
                connection.scalars(
                    sa.select(documents.c.id)
                    .where(
                        documents.c.removed_at.is_(None),
                        documents.c.label.in_(list(principal.labels)),
                    )
                    .order_by(documents.c.id)
                )
            )
            for part in reading.chunks(ids, CHUNK):
                for item in reading.load(connection, part):
                    source = item.sources[0].path if item.sources else ""
                    values = {name: _value(item, name) for name in KEYS}
                    yield Row(item.id, source, values)

    def differences(
        self, rows: Sequence[tuple[str, Mapping[str, str]]], principal: Principal
    ) -> tuple[list[Change], list[str]]:
        """What a table of (document id, fields) would change, and what is wrong in it, by row."""
        changes: list[Change] = []
        wrong: list[str] = []
        with self._database.connect() as connection:
            for number, (document_id, values) in enumerate(rows, 1):
                try:
                    item = _found(connection, document_id, principal)
                    changes += self._changes(item, values)
                except (NotFound, BadInput) as error:
                    wrong.append(_("Dòng {number}: {error}").format(number=number, error=error))
        return changes, wrong

    def apply(self, changes: Sequence[Change], *, author: str, note: str = "") -> None:
        """Make what `differences` found: all of it or, should one fail, nothing."""
        with self._database.begin() as connection:
            _keep(connection, changes, author, note)

    def _changes(self, item: StoredDocument, values: Mapping[str, str]) -> list[Change]:
        """The fields that differ from what holds, as they would be shown. Raises BadInput."""
        metadata = item.document.metadata
        changes = []
        for name, value in values.items():
            try:
                if name == LABEL:
                    after = fields.one_line(value) or item.document.label
                else:
                    stated = fields.state(metadata, name, value, corrections.RULE)
                    after = fields.shown(stated, name)
            except BadValue as error:
                raise _bad(name, str(error)) from error
            before = _value(item, name)
            if after != before:
                changes.append(Change(item.id, stored.title_of(item.document), name, before, after))
        return changes


def _keep(connection: Connection, changes: Sequence[Change], author: str, note: str) -> None:
    by_document: dict[str, dict[str, str]] = {}
    for change in changes:
        by_document.setdefault(change.document_id, {})[change.field] = change.after
    moment = stored.now()
    for document_id, values in by_document.items():
        corrections.add(connection, document_id, values, author=author, at=moment, note=note)
        stored.correct(connection, document_id)


def _found(connection: Connection, document_id: str, principal: Principal) -> StoredDocument:
    found = reading.load(connection, [document_id])
    if not found or not principal.may_see(found[0].document.label):
        raise NotFound(
            _("Không có văn bản nào có mã “{id}”.").format(id=document_id),
            _("Tìm mã bằng kb search; văn bản có thể đã được gỡ."),
        )
    return found[0]


def _bad(name: str, reason: str) -> BadInput:
    return BadInput(
        _("Mục “{name}”: {reason}").format(name=name, reason=reason),
        _("Xem ví dụ: kb set --help"),
    )


def _value(item: StoredDocument, name: str) -> str:
    return _shown(item.document.metadata, item.document.label, name)


def _shown(metadata: Metadata, label: str, name: str) -> str:
    return label if name == LABEL else fields.shown(metadata, name)
