"""Documents turned into postings in memory, until there are enough of them for a segment."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial

from kb.engines.fields import Field
from kb.engines.port import IndexDocument
from kb.engines.semantics import check_document
from kb.engines.whoosh_blocks import BlockWriter, Numbers
from kb.engines.whoosh_segment import (
    INDEXED,
    INT,
    TEXT,
    Documents,
    TermPostings,
    write_segment,
)


class Buffer:
    """New documents. For each token it keeps one growing array of 32-bit numbers: the positions of
    its occurrences in fields that keep positions, elsewhere the document of every occurrence."""

    def __init__(self) -> None:
        self.size = 0  # occurrences held
        self.deleted: set[int] = set()  # documents replaced or deleted again
        self._documents = Documents.none()
        self._newest: dict[str, int] = {}  # id -> its live document
        self._occurrences: dict[str, defaultdict[str, array[int]]] = {
            field.name: defaultdict(partial(array, "I")) for field in INDEXED
        }
        self._next_position = {field.name: 0 for field in INDEXED if field.positions}

    def __len__(self) -> int:
        return len(self._documents.ids)

    def add(self, document: IndexDocument) -> None:
        """Add a document; one with the same id counts as deleted."""
        check_document(document)
        self.delete(document.id)
        number = len(self)
        self._newest[document.id] = number
        self._documents.ids.append(document.id)
        for name, value in document.fields.items():
            if isinstance(value, int):
                continue
            occurrences = self._occurrences[name]
            if name in self._next_position:
                for position, token in enumerate(value, self._next_position[name]):
                    occurrences[token].append(position)
            else:
                for token in value:
                    occurrences[token].append(number)
            self.size += len(value)
        self._add_lengths_and_numbers(document)

    def _add_lengths_and_numbers(self, document: IndexDocument) -> None:
        for name in TEXT:
            value = document.fields.get(name, ())
            length = 0 if isinstance(value, int) else len(value)
            self._documents.lengths[name].append(length)
            if name in self._next_position:
                self._next_position[name] += length + 1
        for name in INT:
            number = document.fields.get(name)
            self._documents.numbers[name].append(number if isinstance(number, int) else None)

    def delete(self, document_id: str) -> None:
        """Mark the document as deleted, if it is here."""
        number = self._newest.pop(document_id, None)
        if number is not None:
            self.deleted.add(number)

    def write(self, writer: BlockWriter) -> None:
        """Write a segment of all documents, deleted ones included."""
        write_segment(writer, self._documents, ((field, self._terms(field)) for field in INDEXED))

    def _terms(self, field: Field) -> Iterator[TermPostings]:
        occurrences = self._occurrences[field.name]
        document_at = _document_at(self._documents.lengths[field.name]) if field.positions else None
        once = (1,)
        for token in sorted(occurrences):
            documents: Numbers = occurrences[token]
            positions: Numbers = ()
            if document_at is not None:
                documents, positions = [document_at[place] for place in documents], documents
            if len(documents) == 1:
                yield TermPostings(token.encode(), documents, once, positions)
                continue
            counts = Counter(documents)
            # A keyword counts once, however often it is given.
            frequencies = list(counts.values()) if field.kind == "text" else [1] * len(counts)
            yield TermPostings(token.encode(), list(counts), frequencies, positions)


def _document_at(lengths: array[int]) -> array[int]:
    """position -> document"""
    table = array("I")
    for number, length in enumerate(lengths):
        table.extend(array("I", [number]) * (length + 1))
    return table
