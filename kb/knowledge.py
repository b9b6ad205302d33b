"""What a library knows beyond its texts: how documents hang together, terms, figures.

Everything is read from the catalog for a principal; a document that may not be seen is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.abbreviations import Abbreviations
from kb.access import Principal
from kb.catalog import definitions, doubts, figures, reading
from kb.catalog.definitions import Defined
from kb.catalog.doubts import Doubtful, Missing
from kb.catalog.figures import Stated
from kb.errors import NotFound
from kb.figures.reading import Figure
from kb.glossary import glossary
from kb.glossary.glossary import Entry
from kb.i18n import _
from kb.model import Document, StoredText
from kb.procedures import reading as procedures
from kb.procedures.reading import Procedure
from kb.relations.network import Network, network
from kb.relations.related import Relations, related
from kb.series import finding
from kb.series.comparing import Comparison, compare
from kb.series.finding import Gap, Issue, Step


@dataclass(frozen=True, slots=True)
class Work:
    """What a person could put right: fields to look at (of how many documents in all), documents
    that are missing, plans without a report."""

    doubtful_count: int
    doubtful: tuple[Doubtful, ...]
    missing: tuple[Missing, ...]
    gaps: tuple[Gap, ...]


class Knowledge:
    """The part of a library that answers what is known. Every method raises NotFound for a document
    that is not there or may not be seen."""

    def __init__(self, database: sa.Engine, abbreviations: Abbreviations) -> None:
        self._database = database
        self._abbreviations = abbreviations

    def relations(self, document_id: str, principal: Principal, on: date | None = None) -> Relations:
        """The links of a document, and its state on a day (today)."""
        with self._database.connect() as connection:
            _check(connection, document_id, principal)
            return related(connection, document_id, principal, on or date.today())

    def network(self, document_id: str, related: Relations, principal: Principal) -> Network:
        """A document among those it is related to, given its relations."""
        with self._database.connect() as connection:
            _check(connection, document_id, principal)
            return network(connection, document_id, related, principal)

    def chain(self, document_id: str, principal: Principal) -> list[Step]:
        """What a document carries out, and who carries it out and reports on it."""
        with self._database.connect() as connection:
            _check(connection, document_id, principal)
            return finding.chain(connection, document_id, principal.labels)

    def gaps(self, principal: Principal, before: date) -> list[Gap]:
        """Plans issued before a day of which no report is here."""
        with self._database.connect() as connection:
            return finding.gaps(connection, principal.labels, before=before)

    def series(self, document_id: str, principal: Principal) -> list[Issue]:
        """The same work of other years, with this document; empty where there is none."""
        with self._database.connect() as connection:
            _check(connection, document_id, principal)
            return finding.series(connection, document_id, principal.labels)

    def newest(self, ids: Iterable[str], principal: Principal) -> dict[str, Issue]:
        """The last of the series of each of these documents, where it is a later one: by id."""
        with self._database.connect() as connection:
            return finding.newest(connection, ids, principal.labels)

    def compare(self, old_id: str, new_id: str, principal: Principal) -> Comparison:
        """What changed from one document to another."""
        with self._database.connect() as connection:
            for document_id in (old_id, new_id):
                _check(connection, document_id, principal)
            loaded = {each.id: each.document for each in reading.load(connection, [old_id, new_id])}
        return compare(stored_text(loaded[old_id]), stored_text(loaded[new_id]))

    def work(self, principal: Principal, limit: int, gaps_before: date) -> Work:
        """What a person could put right, at most `limit` of each kind."""
        with self._database.connect() as connection:
            count, doubtful = doubts.doubtful(connection, principal.labels, limit)
            missing = doubts.missing(connection, principal.labels, limit)
            without = finding.gaps(connection, principal.labels, before=gaps_before)
        return Work(count, tuple(doubtful), tuple(missing), tuple(without))

    def procedure(self, document_id: str, principal: Principal) -> Procedure:
        """Steps, papers, deadlines and duties in a document."""
        with self._database.connect() as connection:
            _check(connection, document_id, principal)
            (loaded,) = reading.load(connection, [document_id])
        return procedures.read(stored_text(loaded.document))

    def definitions(self, document_id: str, principal: Principal) -> list[Defined]:
        """The terms a document defines."""
        with self._database.connect() as connection:
            _check(connection, document_id, principal)
            return definitions.all_of(connection, principal.labels, document_id)

    def glossary(self, principal: Principal, text: str = "") -> list[Entry]:
        """Abbreviations and terms in the order of the alphabet; those that `text` finds."""
        with self._database.connect() as connection:
            lookup = self._abbreviations.lookup(connection, principal)
            defined = definitions.all_of(connection, principal.labels)
        return glossary.found(glossary.entries(lookup, defined), text)

    def figures(self, document_id: str, principal: Principal) -> list[Figure]:
        """The figures a document states, in its order."""
        with self._database.connect() as connection:
            _check(connection, document_id, principal)
            return figures.of_document(connection, document_id)

    def all_figures(self, principal: Principal, ids: Sequence[str] | None = None) -> Iterator[Stated]:
        """The figures of several documents, or of all."""
        with self._database.connect() as connection:
            yield from figures.of_documents(connection, ids, principal.labels)


def stored_text(document: Document) -> StoredText:
    """What is derived from a document is derived from this."""
    return StoredText(document.text, document.metadata, document.sections, document.references)


def _check(connection: Connection, document_id: str, principal: Principal) -> None:
    if not reading.listed(connection, [document_id], principal.labels):
        raise NotFound(
            _("Không có văn bản nào có mã “{id}”.").format(id=document_id),
            _("Tìm mã bằng kb search; văn bản có thể đã được gỡ."),
        )
