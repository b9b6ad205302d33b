"""The best documents of a query that needs some of its words, not all of them.

tantivy finds "m of n words" by merging all postings on a heap and has every match look into every
clause that only ranks: most of a search's time. The same page comes from two cheap steps:

1. The best few hundred documents by all that is scored, whether they match or not: a plain union.
2. Which of them match, the best ones first, until the page is full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import tantivy
from tantivy import Occur

from kb.engines.fields import ID_FIELD
from kb.engines.port import Bool, Constant, EngineHit, Query
from kb.engines.rewriting import matching, summands
from kb.engines.semantics import comparable, required_should
from kb.engines.tantivy_page import id_at
from kb.engines.tantivy_query import Native, Translator

DEPTH = 200  # documents fetched by their scores; as many as 10 cost about the same
LOOKS = (4, 16)  # times the hits wanted: so many are looked at before all of them are
FEW = 3  # so many ways to match are one condition: a word and its other spellings
DEEPEST = 50  # hits: further pages are searched the long way


@dataclass(slots=True)
class Best:
    """Finds the first hits of queries in one snapshot of an index."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    translator: Translator

    def hits(self, query: Query, end: int, total: Callable[[], int]) -> list[EngineHit] | None:
        """The first `end` hits of a query, in the port's order; `total` tells how many it has.

        None where that is not for this way: all words are needed, or too few of the best by score
        match.
        """
        required = _requirements(matching(query))
        if end > DEEPEST or not required.some:
            return None
        clauses = [(Occur.Should, self.translator.translate(part)) for part in summands(query)]
        union = Native.boolean_query(clauses)
        best = self.searcher.search(union, limit=DEPTH, count=False).hits
        found: list[EngineHit] = []
        stops = [min(times * end, DEPTH) for times in LOOKS] + [DEPTH]
        for start, stop in pairwise((0, *stops)):
            found += self._matching(best[start:stop], required)
            found.sort(key=lambda hit: (-hit.score, hit.id))
            next_best = best[stop - 1][0] if stop <= len(best) else 0.0
            if len(found) >= end and found[end - 1].score > comparable(next_best):
                return found[:end]
        return found[:end] if len(found) == total() else None

    def _matching(
        self, candidates: Sequence[tuple[float, tantivy.DocAddress]], required: _Required
    ) -> list[EngineHit]:
        """Those of the candidates that match."""
        scores = {id_at(self.searcher, address): score for score, address in candidates}
        for words in required.some:
            least = required_should(words) - 0.5
            scores = {
                name: scores[name]
                for name, count in self._counts(list(scores), words.should, required).items()
                if count > least
            }
        return [EngineHit(name, comparable(score)) for name, score in scores.items()]

    def _counts(
        self, ids: Sequence[str], words: Sequence[Query], required: _Required
    ) -> dict[str, float]:
        """How many of the words each document has, those left out that lack what all must have.

        Each clause is put around the one before, so that it is only asked about these documents: as
        a union, they would be walked from end to end.
        """
        if not ids:
            return {}
        terms = [Native.term_query(self.schema, ID_FIELD, name, "basic") for name in ids]
        these = Native.boolean_query([(Occur.Should, term) for term in terms])
        query = Native.boolean_query(
            [
                (Occur.Must, Native.const_score_query(these, 0.0)),
                *((Occur.Must, self._worth(each, 0.0)) for each in required.all),
                *((Occur.MustNot, self.translator.translate(each)) for each in required.none),
            ]
        )
        for word in words:
            clause = (Occur.Should, self._worth(word, 1.0))
            query = Native.boolean_query([(Occur.Must, query), clause])
        hits = self.searcher.search(query, limit=len(ids), count=False).hits
        return {id_at(self.searcher, address): score for score, address in hits}

    def _worth(self, query: Query, score: float) -> Native:
        return self.translator.translate(Constant(query, score))


@dataclass(slots=True)
class _Required:
    """What a document has to match: some of the words of each of `some`, and all of `all`."""

    some: list[Bool]
    all: list[Query]
    none: list[Query]


def _requirements(query: Query) -> _Required:
    """The conditions a query is made of; `query` has nothing that only ranks."""
    found = _Required([], [], [])
    open_ = [query]
    while open_:
        node = open_.pop()
        if not isinstance(node, Bool):
            found.all.append(node)
            continue
        open_ += (*node.must, *node.filter)
        found.none += node.must_not
        needed = required_should(node)
        if needed == len(node.should):
            open_ += node.should
        elif needed == 1 and len(node.should) <= FEW:
            found.all.append(Bool(should=node.should, minimum=1))
        elif needed:
            found.some.append(Bool(should=node.should, minimum=needed))
    return found
