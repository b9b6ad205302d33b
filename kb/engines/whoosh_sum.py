"""Adding up the scores of several clauses, and counting for each document how many matched."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress
from typing import Protocol

from kb.engines.whoosh_segment import FieldTerms
from kb.engines.whoosh_snapshot import Leaf

Scores = dict[int, float]  # document -> score
Within = AbstractSet[int] | None  # documents that matter; None: all
Found = Sequence[tuple[Leaf, FieldTerms, int]]  # where a token's postings are

# Below this share of all documents, a dict of those met is faster than arrays of all.
SPARSE = 1 / 16


class Sum(Protocol):
    """What `sum_of` gives."""

    def add(self, scores: Scores) -> None:
        """Add one clause."""

    def add_term(self, found: Found, weight: float, damping: Sequence[float], within: Within) -> None:
        """Add one clause that is a token: BM25 with this weight, of documents `within`."""

    def documents(self, needed: int) -> set[int]:
        """The documents that at least `needed` clauses matched."""

    def scores(self, needed: int) -> Scores:
        """The same with their sums."""


def sum_of(expected: int, size: int) -> Sum:
    """A sum for about `expected` matches, counted with repetition, in `size` documents."""
    return _Sparse() if expected < size * SPARSE else _Dense(size)


def term_scores(found: Found, weight: float, damping: Sequence[float], within: Within) -> Scores:
    """BM25 of the documents that hold a token; documents outside `within` may be left out."""
    scores: Scores = {}
    for leaf, terms, number in found:
        postings = _postings(leaf, terms, number, within)
        scores |= {d: weight * tf / (tf + damping[d]) for d, tf in postings}
    return scores


def _postings(leaf: Leaf, terms: FieldTerms, number: int, within: Within) -> Iterable[tuple[int, int]]:
    """(document, frequency) pairs"""
    postings = zip(terms.documents(number, leaf.base), terms.frequencies(number), strict=False)
    return postings if within is None else ((d, tf) for d, tf in postings if d in within)


class _Sparse:
    def __init__(self) -> None:
        self._scores: Scores = {}
        self._counts: Counter[int] = Counter()

    def add(self, scores: Scores) -> None:
        self._counts.update(scores.keys())
        sums = self._scores
        for document, score in scores.items():
            sums[document] = sums.get(document, 0.0) + score

    def add_term(self, found: Found, weight: float, damping: Sequence[float], within: Within) -> None:
        self.add(term_scores(found, weight, damping, within))

    def documents(self, needed: int) -> set[int]:
        return {document for document, count in self._counts.items() if count >= needed}

    def scores(self, needed: int) -> Scores:
        if needed <= 1:
            return self._scores
        return {d: score for d, score in self._scores.items() if self._counts[d] >= needed}


class _Dense:
    def __init__(self, size: int) -> None:
        self._scores = [0.0] * size
        self._counts = array("I", [0]) * size

    def add(self, scores: Scores) -> None:
        sums, counts = self._scores, self._counts
        for document, score in scores.items():
            sums[document] += score
            counts[document] += 1

    def add_term(self, found: Found, weight: float, damping: Sequence[float], within: Within) -> None:
        # The loop that most of a search's time is spent in: no dict, no call.
        sums, counts = self._scores, self._counts
        for leaf, terms, number in found:
            postings = _postings(leaf, terms, number, within)
            for document, tf in postings:
                sums[document] += weight * tf / (tf + damping[document])
                counts[document] += 1

    def documents(self, needed: int) -> set[int]:
        return set(self._matching(needed))

    def scores(self, needed: int) -> Scores:
        documents = list(self._matching(needed))
        return dict(zip(documents, map(self._scores.__getitem__, documents), strict=True))

    def _matching(self, needed: int) -> Iterable[int]:
        if needed <= 1:
            return compress(range(len(self._counts)), self._counts)
        return (document for document, count in enumerate(self._counts) if count >= needed)
