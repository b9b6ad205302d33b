"""What a query can score at most: the sum of its terms and what else it may add.

A sum of terms is what engines rank fastest. The query's own score is never above it by more than
`Ceiling.bound`, so the best documents by the sum hold the best documents of the query.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from kb.engines.fields import BY_NAME
from kb.engines.port import Bool, Boost, Constant, DisMax, Nothing, Phrase, Prefix, Query, Term
from kb.engines.semantics import K1, required_should

Terms = dict[tuple[str, str], float]  # (field, token): boost

Frequency = Callable[[str, str], int]


@dataclass(slots=True)
class Ceiling:
    """For a document that matches the query its score is

    sum(`terms`) - sum(`counted`) + sum(`others`),

    where each adds only what of it the document has, and never more than sum(`terms`) + `bound`.
    """

    terms: Terms = field(default_factory=dict)
    counted: Terms = field(default_factory=dict)  # those of `terms` that `others` score as well
    others: list[Query] = field(default_factory=list)
    bound: float = 0.0


def ceiling(query: Query, frequency: Frequency, documents: int) -> Ceiling:
    """The ceiling of a query. `frequency(field, token)`: how many of the `documents` hold the token."""
    reader = _Reader(frequency, documents)
    reader.read(query, 1.0, matched=True)
    return reader.ceiling


class _Reader:
    def __init__(self, frequency: Frequency, documents: int) -> None:
        self.frequency = frequency
        self.documents = documents
        self.ceiling = Ceiling()

    def read(self, query: Query, factor: float, *, matched: bool = False) -> None:
        """Take in a part of the query. `matched`: every document in question matches it."""
        match query:
            case Nothing():
                pass
            case Term() if BY_NAME[query.field].kind == "text":
                _add(self.ceiling.terms, {(query.field, query.token): query.boost * factor})
            case Boost():
                self.read(query.child, factor * query.factor, matched=matched)
            case Bool() if matched or _adds_up(query):
                for child in query.must:
                    self.read(child, factor, matched=matched)
                for child in query.should:
                    self.read(child, factor)
            case Bool():
                parts = [self._apart(child, factor) for child in (*query.must, *query.should)]
                self._other(query, factor, parts, sum(part.bound for part in parts))
            case DisMax():
                parts = [self._apart(child, factor) for child in query.children]
                bounds = [part.bound for part in parts]
                bound = max(bounds, default=0.0) + query.tie * sum(bounds)
                self._other(query, factor, parts, bound)
            case _:
                if bound := self._most(query) * factor:
                    self._other(query, factor, (), bound)

    def _apart(self, query: Query, factor: float) -> Ceiling:
        reader = _Reader(self.frequency, self.documents)
        reader.read(query, factor)
        return reader.ceiling

    def _other(
        self, query: Query, factor: float, parts: list[Ceiling] | tuple[()], bound: float
    ) -> None:
        self.ceiling.others.append(query if factor == 1.0 else Boost(query, factor))
        self.ceiling.bound += max(bound, 0.0)
        for part in parts:
            _add(self.ceiling.terms, part.terms)
            _add(self.ceiling.counted, part.terms)

    def _most(self, query: Query) -> float:
        """The highest score of a node without scored parts."""
        match query:
            case Constant():
                return query.score
            case Term() | Prefix():
                return query.boost
            case Phrase():
                idf = sum(self._idf(query.field, token) for token in query.tokens)
                return query.boost * idf * (1 + K1)
            case _:
                return 1.0

    def _idf(self, field_name: str, token: str) -> float:
        # Deleted documents may still count: four times as many is taken as the most.
        return math.log1p(4 * self.documents / (self.frequency(field_name, token) + 0.5))


def _adds_up(query: Bool) -> bool:
    """Does each `should` that matches count, whatever the others do?"""
    apart = query.must or query.filter or query.must_not
    return not apart and required_should(query) <= 1


def _add(terms: Terms, more: Terms) -> None:
    for key, boost in more.items():
        terms[key] = terms.get(key, 0.0) + boost
