"""The port's contract, written down as plainly as possible: lists and loops, no index.

Slow and obviously right; the engines are compared with it. Scores are BM25 with exact
field lengths.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kb.engines import port
from kb.engines.fields import BY_NAME
from kb.engines.port import EngineHit, EngineResult, FieldValue, IndexDocument, Order, Query
from kb.engines.semantics import K1, B, comparable

Found = dict[str, float]  # id -> score


class Reference:
    """Documents in memory, searched one by one."""

    def __init__(self, documents: Iterable[IndexDocument] = ()) -> None:
        self.documents: dict[str, Mapping[str, FieldValue]] = {}
        for document in documents:
            self.add(document)

    def add(self, document: IndexDocument) -> None:
        self.documents[document.id] = document.fields

    def delete(self, document_id: str) -> None:
        self.documents.pop(document_id, None)

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        offset: int = 0,
        order: Order = "relevance",
        facets: Mapping[str, int] | None = None,
    ) -> EngineResult:
        found = {i: comparable(score) for i, score in self.find(query).items()}
        if order == "relevance":
            ranked = sorted(found, key=lambda i: (-found[i], i))
        else:
            ranked = sorted(found, key=lambda i: (*self._day(i, order), i))
            found = dict.fromkeys(found, 0.0)
        hits = tuple(EngineHit(i, found[i]) for i in ranked[offset : offset + limit])
        return EngineResult(
            len(found), hits, {f: self._count(found, f, n) for f, n in (facets or {}).items()}
        )

    def terms(
        self, field: str, prefix: str = "", limit: int = 100, *, within: Query | None = None
    ) -> list[tuple[str, int]]:
        documents = self.documents if within is None else self.find(within)
        counts = Counter(token for i in documents for token in set(self._tokens(i, field)))
        return sorted((t, n) for t, n in counts.items() if t.startswith(prefix))[:limit]

    def find(self, query: Query) -> Found:
        """Every matching document with its score."""
        match query:
            case port.All():
                return dict.fromkeys(self.documents, 1.0)
            case port.Nothing():
                return {}
            case port.Term(field, token, boost):
                if BY_NAME[field].kind == "keyword":
                    return {i: boost for i in self.documents if token in self._tokens(i, field)}
                return self._bm25(field, (token,), boost)
            case port.AnyOf(field, tokens):
                return {i: 1.0 for i in self.documents if set(tokens) & set(self._tokens(i, field))}
            case port.Ids(ids):
                return {i: 1.0 for i in self.documents if i in ids}
            case port.Phrase(field, tokens, boost):
                return self._bm25(field, tokens, boost) if tokens else {}
            case port.Prefix(field, prefix, boost, limit):
                tokens = {token for token, _count in self.terms(field, prefix, limit)}
                return {i: boost for i in self.documents if tokens & set(self._tokens(i, field))}
            case port.Range(field, low, high):
                return {i: 1.0 for i in self.documents if self._in_range(i, field, low, high)}
            case port.Bool():
                return self._bool(query)
            case port.DisMax(children, tie):
                return self._dis_max([self.find(child) for child in children], tie)
            case port.Boost(child, factor):
                return {i: score * factor for i, score in self.find(child).items()}
            case port.Constant(child, score):
                return dict.fromkeys(self.find(child), score)

    def _bool(self, query: port.Bool) -> Found:
        if query == port.Bool():
            return {}
        must, should = [self.find(q) for q in query.must], [self.find(q) for q in query.should]
        filters, must_not = [self.find(q) for q in query.filter], [self.find(q) for q in query.must_not]
        minimum = query.minimum
        if should and not (must or filters):
            minimum = max(minimum, 1)
        return {
            i: sum(found[i] for found in must + should if i in found)
            for i in self.documents
            if all(i in found for found in must + filters)
            and not any(i in found for found in must_not)
            and sum(i in found for found in should) >= minimum
        }

    def _dis_max(self, children: Sequence[Found], tie: float) -> Found:
        result = {}
        for i in self.documents:
            scores = [found[i] for found in children if i in found]
            if scores:
                result[i] = max(scores) + tie * (sum(scores) - max(scores))
        return result

    def _bm25(self, field: str, tokens: Sequence[str], boost: float) -> Found:
        counts = {i: _occurrences(self._tokens(i, field), tokens) for i in self.documents}
        lengths = {i: len(self._tokens(i, field)) for i in self.documents}
        average = sum(lengths.values()) / max(len(lengths), 1)
        weight = boost * (1 + K1) * sum(self._idf(field, token) for token in tokens)
        return {
            i: weight * count / (count + K1 * (1 - B + B * lengths[i] / average))
            for i, count in counts.items()
            if count
        }

    def _idf(self, field: str, token: str) -> float:
        holding = sum(token in self._tokens(i, field) for i in self.documents)
        return math.log(1 + (len(self.documents) - holding + 0.5) / (holding + 0.5))

    def _count(self, found: Iterable[str], field: str, limit: int) -> tuple[tuple[str, int], ...]:
        counts = Counter(value for i in found for value in set(self._tokens(i, field)))
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit])

    def _in_range(self, document_id: str, field: str, low: int | None, high: int | None) -> bool:
        value = self.documents[document_id].get(field)
        if not isinstance(value, int):
            return False
        return (low is None or value >= low) and (high is None or value <= high)

    def _day(self, document_id: str, order: Order) -> tuple[bool, int]:
        day = self.documents[document_id].get("date")
        if not isinstance(day, int):
            return True, 0
        return False, -day if order == "newest" else day

    def _tokens(self, document_id: str, field: str) -> Sequence[str]:
        value = self.documents[document_id].get(field, ())
        assert not isinstance(value, int)
        return value


def _occurrences(tokens: Sequence[str], phrase: Sequence[str]) -> int:
    size = len(phrase)
    return sum(list(tokens[i : i + size]) == list(phrase) for i in range(len(tokens) - size + 1))
