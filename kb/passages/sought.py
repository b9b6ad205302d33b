"""What a query looks for in a document: its words, how much each tells, the answer it asks for."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, pairwise

from kb.passages.finding import Finder
from kb.query.planned import Mark
from kb.vietnamese.questions import Asked, read_question
from kb.vietnamese.syllables import is_syllable

TELLING = 0.3  # of the weight of the rarest word: what weighs less does not choose a passage
FEW = 3  # so many words always do
SIDE_BY_SIDE = 0.5  # two words next to each other as in the query, of what both are worth
IN_TITLE = 0.3  # a word in the document's title: all of the document is about it
LEAST = 0.15  # what a word of every document still weighs, of 1 for one of a single document


class Worth:
    """What it is worth to see marks and pairs of marks; `weights[n]` is that of number n. Sets of them
    are bits, 1 << n for number n."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._weights = weights
        self._sums: dict[int, float] = {}

    def sum(self, bits: int) -> float:
        """What seeing all of these is worth."""
        known = self._sums.get(bits)
        if known is None:
            weights = self._weights
            known = sum([weights[n] for n in range(bits.bit_length()) if bits >> n & 1])
            self._sums[bits] = known
        return known


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a query, prepared once for all documents.

    `weights[n]` is what seeing mark n is worth, 0 to 1; nothing for a word that only asks.
    `neighbours` numbers the pairs of marks that stand side by side, in this order, in the query, from
    where the marks end.
    """

    marks: tuple[Mark, ...]
    weights: tuple[float, ...]
    neighbours: Mapping[tuple[int, int], int]
    asked: frozenset[Asked]
    finder: Finder
    _worth: dict[int, Worth] = field(default_factory=dict)

    def worth(self, titled: int) -> Worth:
        """What marks and pairs are worth in a document whose title holds the marks `titled` (bits)."""
        known = self._worth.get(titled)
        if known is None:
            weights = [
                weight * (IN_TITLE if titled >> number & 1 else 1.0)
                for number, weight in enumerate(self.weights)
            ]
            weights += [SIDE_BY_SIDE * min(weights[a], weights[b]) for a, b in self.neighbours]
            known = self._worth[titled] = Worth(weights)
        return known

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
        typed = _as_typed(marks)
        question = read_question([mark.form for mark in typed])
        # A word may ask in one place of a query and mean something in another.
        meant = {mark for place, mark in enumerate(typed) if place not in question.empty}
        meant.update(marks[: len(marks) - len(typed)])
        weights = [
            _weight(mark, frequency, documents) if not meant or mark in meant else 0.0
            for mark in distinct
        ]
        pairs = dict.fromkeys((number[a], number[b]) for a, b in pairwise(marks))
        return cls(
            marks=distinct,
            weights=tuple(weights),
            neighbours={pair: len(distinct) + place for place, pair in enumerate(pairs)},
            asked=question.asked,
            finder=Finder(distinct, _telling(weights, {number[mark] for mark in typed})),
        )


def _as_typed(marks: Sequence[Mark]) -> Sequence[Mark]:
    """The marks without the other ways to write abbreviations, which come before them: several tokens,
    or one that is no syllable."""

    def is_variant(mark: Mark) -> bool:
        return " " in mark.form or (mark.form.isalpha() and not is_syllable(mark.form))

    return list(dropwhile(is_variant, marks)) or marks


def _telling(weights: Sequence[float], typed: Collection[int]) -> list[int]:
    """The marks that tell passages apart, best first: no word that only asks, and not the commonest
    words of a query with better ones among those `typed`."""
    ranked = sorted(range(len(weights)), key=lambda number: -weights[number])
    least = TELLING * max((weights[number] for number in typed), default=0.0)
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
