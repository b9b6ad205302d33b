"""Searching a snapshot term by term.

Whoosh walks through documents one at a time, with several Python calls for each step of each term.
Here a term's postings are read as a whole and added up in a dict, and what does
not score is done by set operations: about 20 times as fast in plain Python.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, islice

from kb.engines import port
from kb.engines.fields import BY_NAME
from kb.engines.semantics import K1, is_empty, required_should
from kb.engines.whoosh_segment import FieldTerms
from kb.engines.whoosh_snapshot import Leaf, Snapshot

Scores = dict[int, float]  # document -> score
Within = AbstractSet[int] | None  # documents that matter; None: all

# Checking each posting against the documents that matter pays when they are this much fewer.
SELECTIVE = 4


class Search:
    """Evaluates queries against one snapshot. Deleted documents are among the results."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def scores(self, query: port.Query, within: Within = None) -> Scores:
        """The documents that match, with their scores. `within` allows, but does not oblige, to
        leave out all other documents."""
        match query:
            case port.Term() if BY_NAME[query.field].kind == "text":
                return self._bm25(query.field, (query.token,), query.boost, within)
            case port.Phrase():
                return self._bm25(query.field, query.tokens, query.boost, within)
            case port.Term() | port.Prefix():
                return dict.fromkeys(self.matches(query, within), query.boost)
            case port.All() | port.AnyOf() | port.Range():
                return dict.fromkeys(self.matches(query, within), 1.0)
            case port.Nothing():
                return {}
            case port.Bool():
                return self._bool(query, within)
            case port.DisMax():
                return self._dis_max([self.scores(q, within) for q in query.children], query.tie)
            case port.Boost():
                scores = self.scores(query.child, within)
                return {document: score * query.factor for document, score in scores.items()}
            case port.Constant():
                return dict.fromkeys(self.matches(query.child, within), query.score)

    def matches(self, query: port.Query, within: Within = None) -> Collection[int]:
        """The documents that match, each once; as `scores`, without the work of scoring."""
        match query:
            case port.All():
                return range(self._snapshot.size) if within is None else within
            case port.Nothing():
                return ()
            case port.Term():
                return self._holding(query.field, query.token)
            case port.AnyOf():
                return set().union(*(self._holding(query.field, token) for token in query.tokens))
            case port.Prefix():
                tokens = islice(self._snapshot.tokens(query.field, query.prefix), query.limit)
                return set().union(*(self._holding(query.field, token) for token, _count in tokens))
            case port.Range():
                return list(self._snapshot.in_range(query.field, query.low, query.high))
            case port.DisMax():
                return set().union(*(self.matches(child, within) for child in query.children))
            case port.Boost() | port.Constant():
                return self.matches(query.child, within)
            case port.Phrase() | port.Bool():
                return self.scores(query, within).keys()

    def _holding(self, field: str, token: str) -> list[int]:
        found = self._snapshot.find(field, token)
        parts = [terms.documents(number, leaf.base) for leaf, terms, number in found]
        return parts[0] if len(parts) == 1 else list(chain.from_iterable(parts))

    # ------------------------------------------------------------ BM25

    def _bm25(self, field: str, tokens: Sequence[str], boost: float, within: Within) -> Scores:
        if not tokens:
            return {}
        found = [self._snapshot.find(field, token) for token in tokens]
        if not all(found):
            return {}
        weight = boost * (K1 + 1) * sum(map(self._idf, found))
        damping = self._snapshot.damping(field)
        scores: Scores = {}
        if len(tokens) == 1:
            counted: Iterable[tuple[Iterable[int], Iterable[int]]] = (
                (terms.documents(number, leaf.base), terms.frequencies(number))
                for leaf, terms, number in found[0]
            )
        else:
            counted = self._phrase(field, found)
        for documents, frequencies in counted:
            pairs = zip(documents, frequencies, strict=False)
            if within is None:
                scores.update({d: weight * tf / (tf + damping[d]) for d, tf in pairs})
            else:
                scores.update({d: weight * tf / (tf + damping[d]) for d, tf in pairs if d in within})
        return scores

    def _idf(self, found: Sequence[tuple[Leaf, FieldTerms, int]]) -> float:
        holding = sum(terms.counts[number] for _leaf, terms, number in found)
        return math.log(1 + (self._snapshot.size - holding + 0.5) / (holding + 0.5))

    def _phrase(
        self, field: str, found: Sequence[Sequence[tuple[Leaf, FieldTerms, int]]]
    ) -> Iterable[tuple[Iterable[int], Iterable[int]]]:
        """Per segment, the documents with the phrase and how often each holds it."""
        for leaf in self._snapshot.leaves:
            places = [(terms, n) for term in found for where, terms, n in term if where is leaf]
            if len(places) < len(found):
                continue
            # From the rarest token on: where would the phrase start?
            by_rarity = sorted(range(len(places)), key=lambda i: places[i][0].counts[places[i][1]])
            positions = [(i, places[i][0].positions(places[i][1])) for i in by_rarity]
            first, standing = positions[0]
            candidates = [position - first for position in standing]
            for i, standing in positions[1:]:
                here = set(standing)
                candidates = [start for start in candidates if start + i in here]
            first_positions = self._snapshot.starts(leaf, field)
            counts = Counter(bisect_right(first_positions, start) - 1 for start in candidates)
            yield (leaf.base + number for number in counts), counts.values()

    # ------------------------------------------------------------ combinations

    def _dis_max(self, children: Sequence[Scores], tie: float) -> Scores:
        best: Scores = {}
        total: Scores = {}
        for scores in children:
            for document, score in scores.items():
                total[document] = total.get(document, 0.0) + score
                if score > best.get(document, -math.inf):
                    best[document] = score
        return {document: top + tie * (total[document] - top) for document, top in best.items()}

    def _bool(self, query: port.Bool, within: Within) -> Scores:
        needed = required_should(query)
        if is_empty(query) or needed > len(query.should):
            return {}
        allowed = self._allowed(query.filter, within)
        scores: Scores | None = None
        for child in query.must:
            found = self.scores(child, self._narrow(allowed))
            if scores is not None:
                found = {d: score + scores[d] for d, score in found.items() if d in scores}
            elif allowed is not None:
                found = {d: score for d, score in found.items() if d in allowed}
            scores, allowed = found, found.keys()
        if needed:
            found = self._at_least(needed, query.should, allowed)
            scores = found if scores is None else {d: s + scores[d] for d, s in found.items()}
        else:
            if scores is None:
                scores = dict.fromkeys(range(self._snapshot.size) if allowed is None else allowed, 0.0)
            self._add_optional(query.should, scores)
        for child in query.must_not:
            for document in self.matches(child, self._narrow(scores.keys())):
                scores.pop(document, None)
        return scores

    def _allowed(self, filters: Iterable[port.Query], within: Within) -> Within:
        allowed = within
        for child in filters:
            found = self.matches(child, self._narrow(allowed))
            allowed = set(found) if allowed is None else allowed & set(found)
        # A filter that lets every document through, as the access clause mostly does, is none.
        return None if allowed is not None and len(allowed) == self._snapshot.size else allowed

    def _at_least(self, needed: int, children: Sequence[port.Query], allowed: Within) -> Scores:
        """The sum of the children's scores where at least `needed` of them match."""
        scores: Scores = {}
        counts: Counter[int] = Counter()
        for child in children:
            found = self.scores(child, self._narrow(allowed))
            if needed > 1:
                counts.update(found.keys())
            if not scores:
                scores = found
                continue
            get = scores.get
            for document, score in found.items():
                scores[document] = get(document, 0.0) + score
        if needed > 1:
            scores = {d: score for d, score in scores.items() if counts[d] >= needed}
        if allowed is not None:
            scores = {d: score for d, score in scores.items() if d in allowed}
        return scores

    def _add_optional(self, children: Iterable[port.Query], scores: Scores) -> None:
        for child in children:
            for document, score in self.scores(child, self._narrow(scores.keys())).items():
                if document in scores:
                    scores[document] += score

    def _narrow(self, documents: Within) -> Within:
        """The documents, where it pays to leave out all others early."""
        if documents is None or len(documents) * SELECTIVE > self._snapshot.size:
            return None
        return documents
