"""What both embedded engines must agree on beyond the port's types: small pure functions."""

from __future__ import annotations

import math
from collections.abc import Iterable

from kb.engines.fields import BY_NAME, Field, FieldKind
from kb.engines.port import (
    All,
    AnyOf,
    Bool,
    Boost,
    Constant,
    DisMax,
    Ids,
    IndexDocument,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)

# BM25 on every engine: how soon repeated words saturate, how much long fields are damped.
K1 = 1.2
B = 0.75

# Sums of 32-bit scores differ in the last digits with the order of the additions, so identical
# documents could come out in any order. Scores are compared, and reported, with this many bits:
# some 60 times coarser than those differences, so that rounding hardly ever separates such documents.
SCORE_BITS = 16


def comparable(score: float) -> float:
    """The score with four to five significant digits: what decides whether two documents tie."""
    mantissa, exponent = math.frexp(score)
    return math.ldexp(round(math.ldexp(mantissa, SCORE_BITS)), exponent - SCORE_BITS)


def checked_field(name: str, kinds: tuple[FieldKind, ...], *, positions: bool = False) -> Field:
    """The field of that name. Raises ValueError, naming the possible ones, where the table has
    none, where it is of another kind, or where it keeps no positions and they are needed."""
    field = BY_NAME.get(name)
    if field is not None and field.kind in kinds and (field.positions or not positions):
        return field
    possible = [f.name for f in BY_NAME.values() if f.kind in kinds and (f.positions or not positions)]
    raise ValueError(f"no such field for this: {name!r}; possible: {', '.join(possible)}")


def check_document(document: IndexDocument) -> None:
    """Raises ValueError where the field table has no such field for a value."""
    for name, value in document.fields.items():
        checked_field(name, ("int",) if isinstance(value, int) else ("text", "keyword"))


def check(query: Query, facets: Iterable[str] = ()) -> None:
    """Raises ValueError where a node or a facet names a field that does not fit it."""
    for name in facets:
        if not (name in BY_NAME and BY_NAME[name].facet):
            possible = [field.name for field in BY_NAME.values() if field.facet]
            raise ValueError(f"not a facet: {name!r}; possible: {', '.join(possible)}")
    match query:
        case Term() | Prefix():
            checked_field(query.field, ("text", "keyword"))
        case AnyOf():
            checked_field(query.field, ("keyword",))
        case Phrase():
            checked_field(query.field, ("text",), positions=True)
        case Range():
            checked_field(query.field, ("int",))
        case Bool():
            for child in (*query.must, *query.should, *query.filter, *query.must_not):
                check(child)
        case DisMax():
            for child in query.children:
                check(child)
        case Boost() | Constant():
            check(query.child)


def required_should(query: Bool) -> int:
    """How many of `should` have to match."""
    optional = query.must or query.filter or not query.should
    return max(query.minimum, 0 if optional else 1)


def is_empty(query: Bool) -> bool:
    """True for a Bool without any clause: it matches nothing."""
    return not (query.must or query.should or query.filter or query.must_not)


def has_one_score(query: Query) -> bool:
    """True where every document found has the same score, as far as the tree alone can tell."""
    match query:
        case All() | AnyOf() | Ids() | Prefix() | Range() | Constant():
            return True
        case Term():
            return BY_NAME[query.field].kind == "keyword"
        case Boost():
            return has_one_score(query.child)
        case Bool():
            return not query.should and all(map(has_one_score, query.must))
        case _:
            return False
