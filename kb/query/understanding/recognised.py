"""What was recognised in a query, and what it means for the search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.engines.port import Bool, Query
from kb.model import Span
from kb.results import Understood


@dataclass(frozen=True, slots=True)
class Recognised:
    """A part of a query that names something.

    told        what the user is shown; `told.span` points into the query's text
    ranks       documents that have it, with what that is worth on top of the words
    stands_for  documents in which its words need not stand
    has         documents that have it as a field, where `stands_for` takes in more
    alone       documents that are found for it alone, whatever the other words are
    whole       makes what is found where a query is nothing but this; the same however it is written.
                Made when asked for: most queries are more than one name
    """

    told: Understood
    ranks: Query | None = None
    stands_for: Query | None = None
    has: Query | None = None
    alone: Query | None = None
    whole: Callable[[], Query] | None = None

    @property
    def span(self) -> Span:
        """Where it stands in the query."""
        assert self.told.span is not None
        return self.told.span


def overlaps(span: Span, others: Sequence[Span]) -> bool:
    """True where the span shares a character with any of the others."""
    return any(span.start < other.end and other.start < span.end for other in others)


def nothing_but(found: Sequence[Recognised], words: Sequence[Span]) -> Query | None:
    """What is found where the words are nothing but one name; None where they are more. A name may
    have several meanings."""
    whole = tuple(
        each.whole()
        for each in found
        if each.whole is not None and all(overlaps(each.span, (word,)) for word in words)
    )
    if not whole:
        return None
    return whole[0] if len(whole) == 1 else Bool(should=whole, minimum=1)
