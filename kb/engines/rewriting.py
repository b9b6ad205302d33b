"""Queries rewritten for speed: the same answers from fewer nodes, or a part of the answer."""

from __future__ import annotations

from collections.abc import Callable

from kb.engines.port import Bool, Boost, Constant, DisMax, Nothing, Query, Term
from kb.engines.semantics import required_should


def simplified(query: Query, is_held: Callable[[str, str], bool]) -> Query:
    """The same documents with the same scores, without terms that no document holds and without the
    nodes that are left with a single clause.

    `is_held(field, token)` tells whether any document may hold the token.
    """

    def each(queries: tuple[Query, ...]) -> tuple[Query, ...]:
        return tuple(simplified(child, is_held) for child in queries)

    match query:
        case Term():
            return query if is_held(query.field, query.token) else Nothing()
        case Bool():
            must, filters = each(query.must), each(query.filter)
            should = tuple(child for child in each(query.should) if not _is_nothing(child))
            needed = required_should(query)
            if needed > len(should) or any(map(_is_nothing, (*must, *filters))):
                return Nothing()
            positive = bool(must or filters or should)
            must_not = tuple(c for c in each(query.must_not) if not (positive and _is_nothing(c)))
            if len(must) + len(should) == 1 and not (filters or must_not):
                return (*must, *should)[0]
            return Bool(must, should, filters, must_not, needed)
        case DisMax():
            children = tuple(child for child in each(query.children) if not _is_nothing(child))
            if len(children) < 2:
                return children[0] if children else Nothing()
            return DisMax(children, query.tie)
        case Boost() | Constant():
            child = simplified(query.child, is_held)
            if _is_nothing(child):
                return child
            if isinstance(query, Boost):
                return Boost(child, query.factor)
            return Constant(child, query.score)
        case _:
            return query


def matching(query: Query) -> Query:
    """The same documents, with any score: without what only ranks."""

    def each(queries: tuple[Query, ...]) -> tuple[Query, ...]:
        return tuple(map(matching, queries))

    match query:
        case Bool():
            needed = required_should(query)
            should = each(query.should) if needed else ()
            return Bool(each(query.must), should, each(query.filter), each(query.must_not), needed)
        case DisMax():
            return Bool(should=each(query.children), minimum=1)
        case Boost() | Constant():
            return matching(query.child)
        case _:
            return query


def summands(query: Query) -> list[Query]:
    """What the score of a document that matches the query is the sum of: each summand that the
    document matches counts, the others do not. Terms that occur several times are one summand."""
    terms: dict[tuple[str, str], float] = {}
    others: list[Query] = []

    def read(query: Query, factor: float, *, matched: bool) -> None:
        match query:
            case Term():
                key = (query.field, query.token)
                terms[key] = terms.get(key, 0.0) + query.boost * factor
            case Boost():
                read(query.child, factor * query.factor, matched=matched)
            case Bool() if matched or _adds_up(query):
                for child in query.must:
                    read(child, factor, matched=matched)
                for child in query.should:
                    read(child, factor, matched=False)
            case Nothing() | Constant(score=0.0):
                pass
            case _:
                others.append(query if factor == 1.0 else Boost(query, factor))

    read(query, 1.0, matched=True)
    return [*(Term(*key, boost) for key, boost in terms.items()), *others]


def _adds_up(query: Bool) -> bool:
    """Does each `should` that a document matches count, whatever else it matches?"""
    conditions = query.must or query.filter or query.must_not
    return not conditions and required_should(query) <= 1


def _is_nothing(query: Query) -> bool:
    return isinstance(query, Nothing)
