"""What a query becomes before it is run: the logical query, what to mark, what to tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from kb.engines.port import Query
from kb.query.ast import Repair
from kb.results import Understood
from kb.vietnamese.abbreviation_lookup import Lookup
from kb.vietnamese.analyser import Token


@dataclass(frozen=True, slots=True)
class Mark:
    """What to mark in passages: a token, or tokens side by side joined by blanks (never a prefix).

    `any_accent`: every accent of it counts as a hit.
    """

    form: str
    fold: str
    any_accent: bool
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Lookups:
    """How names in fielded restrictions become ids, () for an unknown one; what abbreviations mean."""

    kind: Callable[[str], tuple[str, ...]]
    unit: Callable[[str], tuple[str, ...]]
    topic: Callable[[str], tuple[str, ...]]
    abbreviations: Lookup


@dataclass(slots=True)
class Plan:
    """What to run and what to mark. `query` is None where nothing restricts the documents."""

    query: Query | None = None
    marks: list[Mark] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    understood: list[Understood] = field(default_factory=list)
    has_words: bool = False  # False: nothing to rank by
    words: int = 0  # different words of the longest run of plain words

    def mark(self, found: Iterable[Token], exact: Collection[int] = ()) -> None:
        """Mark the tokens; those numbered in `exact` only as they are written."""
        for number, token in enumerate(found):
            self.has_words = True
            any_accent = not token.accented and number not in exact
            self.marks.append(Mark(token.form, token.fold, any_accent))
