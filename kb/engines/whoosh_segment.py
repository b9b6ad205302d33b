"""What a segment holds: its documents' ids, lengths and numbers, and its terms with postings.

Blocks of the file (kb.engines.whoosh_blocks), all for documents 0, 1, 2 … of this segment:

ids, id_ends, id_order      ids one after another, where each ends, documents in the order of ids
length/F, number/F          per text field: tokens in a document; per int field: value + 1, 0 for none
tokens/F, token_ends/F      per field: its tokens in order one after another, where each ends
counts/F, starts/F          per token: how many documents hold it, where its postings start
postings/F                  per token: lengths of two parts, then documents, frequencies, positions

Positions count through the whole segment with a gap of one between documents: a phrase is found by
set operations on them and never runs from one document into the next.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, repeat
from typing import NamedTuple

from kb.engines.fields import FIELDS, Field
from kb.engines.whoosh_blocks import (
    BlockFile,
    BlockWriter,
    Numbers,
    pack,
    pack_ascending,
    unpack,
    unpack_ascending,
)

TEXT = [field.name for field in FIELDS if field.kind == "text"]
INT = [field.name for field in FIELDS if field.kind == "int"]
INDEXED = [field for field in FIELDS if field.kind != "int"]

_PARTS = struct.Struct("<II")  # bytes of the documents part, bytes of the frequencies part
# The same and the parts themselves, for a token that occurs once.
_ONCE = struct.Struct("<IIcI")
_ONCE_AT = struct.Struct("<IIcIcI")


class TermPostings(NamedTuple):
    """A token's documents, how often each holds it, and (fields with positions) where."""

    token: bytes  # UTF-8, whose order is that of code points
    documents: Numbers
    frequencies: Numbers
    positions: Numbers = ()


@dataclass
class Documents:
    """What a segment knows of its documents beside their terms."""

    ids: list[str]
    lengths: dict[str, array[int]]  # text field -> tokens in each document
    numbers: dict[str, list[int | None]]  # int field -> value of each document

    @classmethod
    def none(cls) -> Documents:
        return cls([], {name: array("I") for name in TEXT}, {name: [] for name in INT})


def starts(lengths: Iterable[int]) -> list[int]:
    """The position of each document's first token, and where the next document would start."""
    return list(accumulate((length + 1 for length in lengths), initial=0))


def write_segment(
    writer: BlockWriter, documents: Documents, terms: Iterable[tuple[Field, Iterable[TermPostings]]]
) -> None:
    """Write all blocks. `terms` gives for each field its tokens in order."""
    encoded = [document_id.encode() for document_id in documents.ids]
    writer.add("ids", b"".join(encoded))
    writer.add("id_ends", pack(list(accumulate(map(len, encoded)))))
    writer.add("id_order", pack(sorted(range(len(encoded)), key=encoded.__getitem__)))
    for name, lengths in documents.lengths.items():
        writer.add(f"length/{name}", pack(lengths))
    for name, values in documents.numbers.items():
        writer.add(f"number/{name}", _pack_optional(values))
    for field, postings in terms:
        _write_terms(writer, field.name, postings)
    writer.finish()


def _write_terms(writer: BlockWriter, name: str, terms: Iterable[TermPostings]) -> None:
    tokens, counts, sizes = [], array("I"), array("Q")

    def encoded() -> Iterator[bytes]:
        for term in terms:
            data = _encode(term)
            tokens.append(term.token)
            counts.append(len(term.documents))
            sizes.append(len(data))
            yield data

    writer.add(f"postings/{name}", encoded())
    writer.add(f"tokens/{name}", b"".join(tokens))
    writer.add(f"token_ends/{name}", pack(list(accumulate(map(len, tokens)))))
    writer.add(f"counts/{name}", pack(counts))
    writer.add(f"starts/{name}", pack(list(accumulate(sizes, initial=0))))


def _encode(term: TermPostings) -> bytes:
    if len(term.documents) == 1 and term.frequencies[0] == 1:
        # Most tokens occur once; packing lists would take several times as long.
        if not term.positions:
            return _ONCE.pack(5, 0, b"I", term.documents[0])
        if term.positions[0] < 1 << 32:
            return _ONCE_AT.pack(5, 0, b"I", term.documents[0], b"I", term.positions[0])
    documents = pack_ascending(term.documents)
    once = len(term.frequencies) == sum(term.frequencies)
    frequencies = b"" if once else pack(term.frequencies)
    positions = pack_ascending(term.positions) if term.positions else b""
    return _PARTS.pack(len(documents), len(frequencies)) + documents + frequencies + positions


class FieldTerms:
    """The tokens of one field in order, and their postings."""

    def __init__(self, file: BlockFile, name: str) -> None:
        self._tokens = file.block(f"tokens/{name}")
        self._ends = unpack(file.block(f"token_ends/{name}"))
        self._starts = unpack(file.block(f"starts/{name}"))
        self._postings = file.block(f"postings/{name}")
        self.counts = unpack(file.block(f"counts/{name}"))  # documents per token

    def __len__(self) -> int:
        return len(self._ends)

    def token(self, number: int) -> bytes:
        """The token of that number (0 is the first)."""
        return bytes(self._tokens[self._ends[number - 1] if number else 0 : self._ends[number]])

    def first(self, token: bytes) -> int:
        """The number of the first token that is `token` or comes after it."""
        return bisect_left(range(len(self)), token, key=self.token)

    def find(self, token: bytes) -> int | None:
        """The number of the token, None if no document holds it."""
        number = self.first(token)
        return number if number < len(self) and self.token(number) == token else None

    def documents(self, number: int, base: int = 0) -> list[int]:
        """The documents that hold the token, each plus `base`."""
        return unpack_ascending(self._parts(number)[0], base)

    def frequencies(self, number: int) -> Iterable[int]:
        """How often each of `documents` holds the token."""
        data = self._parts(number)[1]
        return unpack(data) if data else repeat(1, self.counts[number])

    def positions(self, number: int) -> list[int]:
        """Where the token stands, in positions of the segment."""
        data = self._parts(number)[2]
        return unpack_ascending(data) if data else []

    def postings(self, number: int) -> TermPostings:
        """Everything about a token."""
        return TermPostings(
            self.token(number),
            self.documents(number),
            list(self.frequencies(number)),
            self.positions(number),
        )

    def _parts(self, number: int) -> tuple[memoryview, memoryview, memoryview]:
        data = self._postings[self._starts[number] : self._starts[number + 1]]
        first, second = _PARTS.unpack_from(data)
        start = _PARTS.size
        middle, last = start + first, start + first + second
        return data[start:middle], data[middle:last], data[last:]


class SegmentData:
    """An open segment file. What is read from it is kept, as the file never changes."""

    def __init__(self, file: BlockFile) -> None:
        self.file = file
        self._ids = file.block("ids")
        self._id_ends = unpack(file.block("id_ends"))
        self._terms: dict[str, FieldTerms] = {}
        self._values: dict[str, list[tuple[str, ...]]] = {}

    def __len__(self) -> int:
        return len(self._id_ends)

    def id_at(self, document: int) -> str:
        """The id of a document of this segment."""
        start = self._id_ends[document - 1] if document else 0
        return str(self._ids[start : self._id_ends[document]], "utf-8")

    def find_ids(self, document_ids: Iterable[str]) -> Iterator[int]:
        """The documents with these ids, deleted ones too."""
        for document_id in document_ids:
            rank = bisect_left(self._id_order, document_id, key=self.id_at)
            # Several, where a document was replaced before it was committed.
            while rank < len(self) and self.id_at(self._id_order[rank]) == document_id:
                yield self._id_order[rank]
                rank += 1

    @cached_property
    def _id_order(self) -> array[int]:
        return unpack(self.file.block("id_order"))

    def lengths(self, field: str) -> array[int]:
        """How many tokens each document has in a text field."""
        return unpack(self.file.block(f"length/{field}"))

    def numbers(self, field: str) -> list[int | None]:
        """The value of each document in an int field."""
        return _unpack_optional(self.file.block(f"number/{field}"))

    def terms(self, field: str) -> FieldTerms:
        """The terms of a text or keyword field."""
        terms = self._terms.get(field)
        if terms is None:
            terms = self._terms[field] = FieldTerms(self.file, field)
        return terms

    def values(self, field: str) -> list[tuple[str, ...]]:
        """The values of each document in a keyword field, in order."""
        values = self._values.get(field)
        if values is None:
            values = self._values[field] = self._read_values(self.terms(field))
        return values

    def _read_values(self, terms: FieldTerms) -> list[tuple[str, ...]]:
        values: list[tuple[str, ...]] = [()] * len(self)
        shared: dict[tuple[str, ...], tuple[str, ...]] = {}  # most documents have the same few
        for number in range(len(terms)):
            token = terms.token(number).decode()
            for document in terms.documents(number):
                longer = (*values[document], token)
                values[document] = shared.setdefault(longer, longer)
        return values


def _pack_optional(values: Sequence[int | None]) -> bytes:
    """0 for None, otherwise the value above the smallest one plus 1; the smallest one first."""
    present = [value for value in values if value is not None]
    smallest = min(present, default=0)
    return struct.pack("<q", smallest) + pack([0 if v is None else v - smallest + 1 for v in values])


def _unpack_optional(data: memoryview) -> list[int | None]:
    (smallest,) = struct.unpack_from("<q", data)
    return [n + smallest - 1 if n else None for n in unpack(data[8:])]
