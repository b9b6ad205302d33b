"""Searching a snapshot term by term.

Whoosh walks through documents one at a time, with several Python calls for each step of each term.
Here a term's postings are read and added up as a whole, and what does not score is done by set
operations: eight common syllables in 20,000 documents take some 20 ms instead of several hundred.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter

from kb.engines import port
from kb.engines.fields import BY_NAME
from kb.engines.semantics import K1, is_empty, required_should
from kb.engines.whoosh_segment import FieldTerms
from kb.engines.whoosh_snapshot import Leaf, Snapshot
from kb.engines.whoosh_sum import Found, Scores, Sum, Within, sum_of, term_scores

# Checking each posting against the documents that matter pays when they are this much fewer.
SELECTIVE = 4
# Of several alternatives, one with more than this share of the matches takes in the others.
DOMINANT = 0.75


class Search:
    """Evaluates queries against one snapshot. Deleted documents are among the results."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def scores(self, query: port.Query, within: Within = None) -> Scores:
        """The documents that match, with their scores. `within` allows, but does not oblige, to
        leave out all other documents."""
        match query:
            case port.Term() if BY_NAME[query.field].kind == "text":
                return self._term(query, within)
            case port.Phrase():
                return self._phrase(query)
            case port.Term() | port.Prefix():
                return dict.fromkeys(self.matches(query, within), query.boost)
            case port.All() | port.AnyOf() | port.Ids() | port.Range():
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
            case port.Ids():
                return set(self._snapshot.find_ids(query.ids))
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

    def _term(self, query: port.Term, within: Within) -> Scores:
        found = self._snapshot.find(query.field, query.token)
        weight = query.boost * self._weight([found])
        return term_scores(found, weight, self._snapshot.damping(query.field), within)

    def _phrase(self, query: port.Phrase) -> Scores:
        found = [self._snapshot.find(query.field, token) for token in query.tokens]
        if not (found and all(found)):
            return {}
        weight = query.boost * self._weight(found)
        damping = self._snapshot.damping(query.field)
        scores: Scores = {}
        for leaf in self._snapshot.leaves:
            for document, count in self._occurrences(leaf, query.field, found).items():
                document += leaf.base
                scores[document] = weight * count / (count + damping[document])
        return scores

    def _weight(self, found: Sequence[Found]) -> float:
        """BM25's factor that depends on how rare the tokens are, not on the document."""
        holding = [sum(terms.counts[n] for _leaf, terms, n in token) for token in found]
        size = self._snapshot.size
        return (K1 + 1) * sum(math.log(1 + (size - count + 0.5) / (count + 0.5)) for count in holding)

    def _occurrences(self, leaf: Leaf, field: str, found: Sequence[Found]) -> Mapping[int, int]:
        """How often the documents of a segment hold the phrase."""
        places = [(terms, number) for token in found for where, terms, number in token if where is leaf]
        if len(places) < len(found):
            return {}
        # From the rarest token on: where would the phrase start?
        by_rarity = sorted(range(len(places)), key=lambda i: places[i][0].counts[places[i][1]])
        first, *others = by_rarity
        candidates = [position - first for position in _positions(places[first])]
        for i in others:
            if not candidates:
                return {}
            here = set(_positions(places[i]))
            candidates = [start for start in candidates if start + i in here]
        starts = self._snapshot.starts(leaf, field)
        return Counter(bisect_right(starts, start) - 1 for start in candidates)

    # ------------------------------------------------------------ combinations

    def _dis_max(self, children: Sequence[Scores], tie: float) -> Scores:
        if not children:
            return {}
        best, *others = children
        rest: Scores = {}  # sum of all but the best score, where there are several
        for scores in others:
            for document, score in scores.items():
                top = best.get(document)
                if top is None:
                    best[document] = score
                    continue
                best[document] = max(top, score)
                rest[document] = rest.get(document, 0.0) + min(top, score)
        for document, score in rest.items():
            best[document] += tie * score
        return best

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
            scores = found if scores is None else {d: score + scores[d] for d, score in found.items()}
        else:
            if scores is None:
                scores = dict.fromkeys(range(self._snapshot.size) if allowed is None else allowed, 0.0)
            self._add_optional(query.should, scores)
        for child in query.must_not:
            for document in list(self.matches(child, self._narrow(scores.keys()))):
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
        if len(children) == 1:
            return self._only(allowed, self.scores(children[0], self._narrow(allowed)))
        expected = [(self._expected(child), child) for child in children]
        expected.sort(key=itemgetter(0))
        matches = sum(count for count, _child in expected)
        if needed <= 1 and expected[-1][0] > matches * DOMINANT:
            return self._only(allowed, self._mostly(expected, self._narrow(allowed)))
        total = sum_of(matches, self._snapshot.size)
        # A document that none of the rarest children holds cannot reach `needed` with those left.
        within = self._narrow(allowed)
        for rank, (_count, child) in enumerate(expected):
            if rank == len(children) - needed + 1:
                candidates = total.documents(1)
                within = self._narrow(candidates if within is None else candidates & within)
            self._add(child, total, within)
        return self._only(allowed, total.scores(needed))

    def _mostly(self, expected: Sequence[tuple[int, port.Query]], within: Within) -> Scores:
        """The sum of all children's scores where the last one has nearly all of the matches."""
        *others, (_count, largest) = expected
        scores = self.scores(largest, within)
        for _count, child in others:
            for document, score in self.scores(child, within).items():
                scores[document] = scores.get(document, 0.0) + score
        return scores

    def _add(self, query: port.Query, total: Sum, within: Within) -> None:
        """Add a query's scores to a sum."""
        if isinstance(query, port.Term) and BY_NAME[query.field].kind == "text":
            found = self._snapshot.find(query.field, query.token)
            weight = query.boost * self._weight([found])
            total.add_term(found, weight, self._snapshot.damping(query.field), within)
        else:
            total.add(self.scores(query, within))

    def _only(self, allowed: Within, scores: Scores) -> Scores:
        return scores if allowed is None else {d: s for d, s in scores.items() if d in allowed}

    def _expected(self, query: port.Query) -> int:
        """About how many documents match."""
        match query:
            case port.Term():
                found = self._snapshot.find(query.field, query.token)
                return sum(terms.counts[number] for _leaf, terms, number in found)
            case port.Boost() | port.Constant():
                return self._expected(query.child)
            case port.DisMax():
                return sum(map(self._expected, query.children))
            case port.Bool() if query.must:
                return min(map(self._expected, query.must))
            case port.Bool() if query.should:
                return sum(map(self._expected, query.should))
            case _:
                return self._snapshot.size

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


def _positions(place: tuple[FieldTerms, int]) -> Sequence[int]:
    terms, number = place
    return terms.positions(number)
