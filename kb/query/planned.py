"""What a query becomes before it is run: the logical query, what to mark, what to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kb.engines.port import Query
from kb.query.ast import Repair
from kb.results import Understood
from kb.vietnamese.abbreviation_lookup import Lookup

# Plain syllables side by side -> for each its likely forms with probabilities, the likeliest first.
Accents = Callable[[Sequence[str]], Sequence[Mapping[str, float]]]


@dataclass(frozen=True, slots=True)
class Mark:
    """What to mark in passages: a token, or tokens side by side joined by blanks (never a prefix).

    `any_accent`: every accent of it counts as a hit.
    """

    form: str
    fold: str
    any_accent: bool
    prefix: bool = False


# Index field, token -> the share of the documents that hold it.
Share = Callable[[str, str], float]


def unknown_share(field: str, token: str) -> float:
    """What is known of a token without an index."""
    return 0.0


def unknown_accents(folds: Sequence[str]) -> list[dict[str, float]]:
    """What is known of accents without an index."""
    return [{} for _fold in folds]


@dataclass(frozen=True, slots=True)
class Lookups:
    """How names in fielded restrictions become ids, () for an unknown one; what abbreviations mean;
    how syllables typed without accents are probably accented, {} where nothing is known; which share of
    the documents holds a token."""

    kind: Callable[[str], tuple[str, ...]]
    unit: Callable[[str], tuple[str, ...]]
    topic: Callable[[str], tuple[str, ...]]
    abbreviations: Lookup
    accents: Accents = unknown_accents
    share: Share = unknown_share


@dataclass(slots=True)
class Plan:
    """What to run and what to mark. `query` is None where nothing restricts the documents."""

    query: Query | None = None
    marks: list[Mark] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    understood: list[Understood] = field(default_factory=list)
    has_words: bool = False  # False: nothing to rank by
    words: int = 0  # different words of the longest run of plain words
