"""What a query looks for in a document: its words, how much each tells, the answer it asks for."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.passages.finding import Finder
from kb.query.planned import Mark
from kb.vietnamese.questions import Asked, read_question

TELLING = 0.3  # of the weight of the rarest word: what weighs less does not choose a passage
FEW = 3  # so many words always do
LEAST = 0.15  # what a word of every document still weighs, of 1 for one of a single document


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a query, prepared once for all documents.

    `weights[n]` is what seeing mark n is worth, 0 to 1; nothing for a word that only asks.
    `neighbours` are the pairs of marks that stand side by side, in this order, in the query.
    """

    marks: tuple[Mark, ...]
    weights: tuple[float, ...]
    neighbours: frozenset[tuple[int, int]]
    asked: frozenset[Asked]
    finder: Finder

    @classmethod
    def of(
        cls,
        marks: Sequence[Mark],
        frequency: Callable[[str], int] | None = None,
        documents: int = 0,
    ) -> Sought:
        """From the marks of a query, in its order. `frequency` tells how many of the `documents`
        hold a token, as written or, where it has no accents, folded; without it all words weigh the
        same."""
        distinct = tuple(dict.fromkeys(marks))
        number = {mark: place for place, mark in enumerate(distinct)}
        question = read_question([mark.form for mark in marks])
        # A word may ask in one place of a query and mean something in another.
        meant = {mark for place, mark in enumerate(marks) if place not in question.empty}
        weights = [
            _weight(mark, frequency, documents) if not meant or mark in meant else 0.0
            for mark in distinct
        ]
        return cls(
            marks=distinct,
            weights=tuple(weights),
            neighbours=frozenset((number[a], number[b]) for a, b in pairwise(marks)),
            asked=question.asked,
            finder=Finder(distinct, _telling(weights)),
        )


def _telling(weights: Sequence[float]) -> list[int]:
    """The marks that tell passages apart, best first: no word that only asks, and not the commonest
    words of a query with better ones."""
    ranked = sorted(range(len(weights)), key=lambda number: -weights[number])
    least = TELLING * max(weights, default=0.0)
    return [
        number
        for place, number in enumerate(ranked)
        if weights[number] > 0 and (place < FEW or weights[number] >= least)
    ]


def _weight(mark: Mark, frequency: Callable[[str], int] | None, documents: int) -> float:
    if frequency is None or documents < 2 or mark.prefix:
        return 1.0
    tokens = (mark.fold if mark.any_accent else mark.form).split() or [mark.form]
    rarest = min(frequency(token) for token in tokens)
    told = math.log((documents + 1) / (min(rarest, documents) + 1)) / math.log(documents + 1)
    return LEAST + (1.0 - LEAST) * told
