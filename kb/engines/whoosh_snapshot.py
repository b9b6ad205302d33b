"""All segments of one commit seen as one index: documents are numbered through.

Deleted documents keep their numbers; whoever reads postings removes them in the end.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, islice
from operator import itemgetter
from typing import Any, TypeVar

from kb.engines.port import Query
from kb.engines.semantics import K1, B
from kb.engines.whoosh_segment import FieldTerms, SegmentData, starts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One segment: its documents are base, base + 1 …"""

    data: SegmentData
    base: int


class Snapshot:
    """The segments of a commit, each with the numbers of its deleted documents."""

    def __init__(self, generation: int, segments: Sequence[tuple[SegmentData, frozenset[int]]]) -> None:
        self.generation = generation
        bases = list(accumulate((len(data) for data, _deleted in segments), initial=0))
        self.size = bases[-1]  # documents, deleted ones included
        self.leaves = [
            Leaf(data, base) for (data, _deleted), base in zip(segments, bases, strict=False)
        ]
        self.deleted = frozenset(
            base + number
            for (_data, deleted), base in zip(segments, bases, strict=False)
            for number in deleted
        )
        self._bases = bases[:-1]
        self._kept: dict[tuple[str, str, int], Any] = {}  # columns read once
        self._within: tuple[Query, frozenset[int]] | None = None

    def __len__(self) -> int:
        return self.size - len(self.deleted)

    def id_at(self, document: int) -> str:
        """The id of a document."""
        leaf = self.leaves[bisect_right(self._bases, document) - 1]
        return leaf.data.id_at(document - leaf.base)

    def find_ids(self, document_ids: Sequence[str]) -> Iterator[int]:
        """The documents with these ids, deleted ones too."""
        for leaf in self.leaves:
            for number in leaf.data.find_ids(document_ids):
                yield leaf.base + number

    def ids(self) -> Iterator[str]:
        """The ids of all live documents."""
        for leaf in self.leaves:
            for number in range(len(leaf.data)):
                if leaf.base + number not in self.deleted:
                    yield leaf.data.id_at(number)

    def find(self, field: str, token: str) -> list[tuple[Leaf, FieldTerms, int]]:
        """Where the token is: segment, terms of the field, the token's number among them."""
        found = []
        encoded = token.encode()
        for leaf in self.leaves:
            terms = leaf.data.terms(field)
            number = terms.find(encoded)
            if number is not None:
                found.append((leaf, terms, number))
        return found

    def tokens(
        self, field: str, prefix: str, within: frozenset[int] | None = None
    ) -> Iterator[tuple[str, int]]:
        """Tokens with the prefix that live documents (of `within`) hold, in order, with how many do."""
        encoded = prefix.encode()
        streams = [self._leaf_tokens(leaf, field, encoded, within) for leaf in self.leaves]
        merged = heapq.merge(*streams, key=itemgetter(0))
        for token, same in groupby(merged, key=itemgetter(0)):
            count = sum(count for _token, count in same)
            if count:
                yield token.decode(), count

    def _leaf_tokens(
        self, leaf: Leaf, field: str, prefix: bytes, within: frozenset[int] | None
    ) -> Iterator[tuple[bytes, int]]:
        terms = leaf.data.terms(field)
        for number in range(terms.first(prefix), len(terms)):
            token = terms.token(number)
            if not token.startswith(prefix):
                break
            count = terms.counts[number]
            if within is not None:
                count = len(within.intersection(terms.documents(number, leaf.base)))
            elif self.deleted:
                count -= len(self.deleted.intersection(terms.documents(number, leaf.base)))
            yield token, count

    def within(self, query: Query, find: Callable[[], frozenset[int]]) -> frozenset[int]:
        """What `find` gives for the query; the last answer is kept, because terms are looked up
        many times within the same documents."""
        kept = self._within
        if kept is None or kept[0] != query:
            kept = self._within = (query, find())
        return kept[1]

    def numbers(self, field: str) -> list[int | None]:
        """The value of every document in an int field."""
        return self._keep(
            ("numbers", field, 0),
            lambda: [value for leaf in self.leaves for value in leaf.data.numbers(field)],
        )

    def in_range(self, field: str, low: int | None, high: int | None) -> Iterator[int]:
        """The documents whose value in an int field lies in low..high."""
        values, documents = self._keep(("in_order", field, 0), lambda: self._in_order(field))
        start = 0 if low is None else bisect_left(values, low)
        end = len(values) if high is None else bisect_right(values, high)
        return islice(documents, start, max(start, end))

    def _in_order(self, field: str) -> tuple[list[int], list[int]]:
        """The values of an int field, ascending, and the documents that have them."""
        pairs = sorted((v, document) for document, v in enumerate(self.numbers(field)) if v is not None)
        return [value for value, _document in pairs], [document for _value, document in pairs]

    def values(self, field: str) -> list[tuple[str, ...]]:
        """The values of every document in a keyword field."""
        return self._keep(
            ("values", field, 0),
            lambda: [values for leaf in self.leaves for values in leaf.data.values(field)],
        )

    def damping(self, field: str) -> list[float]:
        """BM25's K1 * (1 - B + B * length / average length) for every document."""
        return self._keep(("damping", field, 0), lambda: self._damping(field))

    def _damping(self, field: str) -> list[float]:
        lengths = [length for leaf in self.leaves for length in leaf.data.lengths(field)]
        average = sum(lengths) / max(len(lengths), 1) or 1.0
        # Few lengths are different: the same float serves all documents of a length.
        table = {length: K1 * (1 - B + B * length / average) for length in set(lengths)}
        return list(map(table.__getitem__, lengths))

    def starts(self, leaf: Leaf, field: str) -> list[int]:
        """The position of the first token of each document of a segment."""
        return self._keep(("starts", field, leaf.base), lambda: starts(leaf.data.lengths(field)))

    def _keep(self, key: tuple[str, str, int], read: Callable[[], T]) -> T:
        # Two threads may both read a column: they read the same.
        if key not in self._kept:
            self._kept[key] = read()
        kept: T = self._kept[key]
        return kept
