"""The best documents of a query that needs some of its words, not all of them.

tantivy finds "m of n words" by merging all postings on a heap and has every match look into every
clause that only ranks: most of a search's time. The same page comes from two cheap steps:

1. The best few hundred documents by the sum of all scored terms, whether they match or not: a plain
   union (kb.engines.ceiling tells how far the sum may be from the score).
2. Which of them match, and their exact scores. A document that is not among them cannot score more
   than the last one's sum and the bound, so either the page is certain or None says that it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import tantivy
from tantivy import Occur

from kb.engines.ceiling import Ceiling, ceiling
from kb.engines.fields import ID_FIELD
from kb.engines.port import Bool, Constant, EngineHit, Query, Term
from kb.engines.rewriting import matching
from kb.engines.semantics import comparable, required_should
from kb.engines.tantivy_page import id_at
from kb.engines.tantivy_query import Native, Translator

DEPTH = 200  # documents fetched by the sum of terms; as many as 10 cost about the same
LOOKS = (4, 16)  # times the hits wanted: so many are looked at before all of them are
DEEPEST = 50  # hits: further pages are searched the long way


@dataclass(slots=True)
class Best:
    """Finds the first hits of queries in one snapshot of an index."""

    schema: tantivy.Schema
    searcher: tantivy.Searcher
    translator: Translator

    def hits(self, query: Query, end: int, total: Callable[[], int]) -> list[EngineHit] | None:
        """The first `end` hits of a query, in the port's order; `total` tells how many it has.

        None where that is not for this way: all words are needed, few documents are allowed, or
        what only ranks counts too much.
        """
        required = _requirements(matching(query))
        if end > DEEPEST or not required.some:
            return None
        top = ceiling(query, self.searcher.doc_freq, self.searcher.num_docs)
        if min(top.terms.values(), default=-1.0) < 0 or 2 * len(top.counted) > len(top.terms):
            return None
        union = Native.boolean_query([(Occur.Should, term) for term in self._terms(top.terms)])
        best = self.searcher.search(union, limit=DEPTH, count=False).hits
        found: list[EngineHit] = []
        stops = [min(times * end, DEPTH) for times in LOOKS] + [DEPTH]
        for start, stop in pairwise((0, *stops)):
            found += self._matching(best[start:stop], required, top)
            found.sort(key=lambda hit: (-hit.score, hit.id))
            others = best[stop - 1][0] if stop <= len(best) else 0.0
            if len(found) >= end and found[end - 1].score > comparable(others + top.bound):
                return found[:end]
        return found[:end] if len(found) == total() else None

    def _matching(
        self, candidates: Sequence[tuple[float, tantivy.DocAddress]], required: _Required, top: Ceiling
    ) -> list[EngineHit]:
        """Those of the candidates that match, with their exact scores."""
        sums = {id_at(self.searcher, address): score for score, address in candidates}
        for words in required.some:
            leaves = (self.translator.translate(Constant(leaf, 1.0)) for leaf in words.should)
            counts = self._scores(sums, leaves, required)
            least = required_should(words) - 0.5
            sums = {name: sums[name] for name, count in counts.items() if count > least}
        others = [self.translator.translate(other) for other in top.others]
        for sign, clauses in ((1, others), (-1, self._terms(top.counted))):
            if clauses:
                scores = self._scores(sums, clauses)
                sums = {name: score + sign * scores[name] for name, score in sums.items()}
        return [EngineHit(name, comparable(score)) for name, score in sums.items()]

    def _scores(
        self, ids: Iterable[str], clauses: Iterable[Native], required: _Required | None = None
    ) -> dict[str, float]:
        """What the clauses give to each of the documents, those left out that lack what is required.

        Each clause is put around the one before, so that it is only asked about these documents: as
        a union, they would be walked from end to end.
        """
        names = list(ids)
        if not names:
            return {}
        terms = [Native.term_query(self.schema, ID_FIELD, name, "basic") for name in names]
        these = Native.boolean_query([(Occur.Should, term) for term in terms])
        query = Native.const_score_query(these, 0.0)
        if required and (required.all or required.none):
            wanted = [Constant(each, 0.0) for each in required.all]
            query = Native.boolean_query(
                [
                    (Occur.Must, query),
                    *((Occur.Must, self.translator.translate(each)) for each in wanted),
                    *((Occur.MustNot, self.translator.translate(each)) for each in required.none),
                ]
            )
        for clause in clauses:
            query = Native.boolean_query([(Occur.Must, query), (Occur.Should, clause)])
        hits = self.searcher.search(query, limit=len(names), count=False).hits
        return {id_at(self.searcher, address): score for score, address in hits}

    def _terms(self, terms: dict[tuple[str, str], float]) -> list[Native]:
        return [
            self.translator.translate(Term(field, token, boost))
            for (field, token), boost in terms.items()
        ]


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
        elif needed:
            found.some.append(Bool(should=node.should, minimum=needed))
    return found
