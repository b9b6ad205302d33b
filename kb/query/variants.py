"""What else a range of tokens may be written as, and the queries and marks that follow from it.

A variant is an alternative for each token it stands for, so that one abbreviation counts as one
word, and the four syllables of "an ninh Tổ quốc" all count as matched where a document has ANTQ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod

from kb.engines.port import DisMax, Phrase, Query, Term
from kb.query.planned import Mark
from kb.vietnamese.abbreviation_lookup import Writing
from kb.vietnamese.analyser import Token

SEQUENCES = 12  # other ways to write one phrase
# What a match of the other form is worth beside the syllables typed: in a direct match words and
# pairs count as well.
TO_LONG, TO_SHORT = 2.5, 5.0


@dataclass(frozen=True, slots=True)
class Variant:
    """Another way to write tokens start..end of a run."""

    start: int
    end: int
    written: Writing
    weight: float  # 0..1, beside the tokens as typed


@dataclass(frozen=True, slots=True)
class Expanded:
    """The variants of a run, and what to tell: (as typed, meaning) of each abbreviation.

    `exact`: tokens that are abbreviations and would be words with accents: CAT is not cát.
    """

    variants: tuple[Variant, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    exact: frozenset[int] = frozenset()

    def beside(self, start: int, end: int, zone: str, worth: float) -> Iterator[Query]:
        """Alternatives for tokens start..end: the variants that stand for some of them.

        A variant's worth is shared out among the tokens it stands for.
        """
        for variant in self.variants:
            shared = min(end, variant.end) - max(start, variant.start)
            if shared > 0:
                yield _scored(variant, zone, worth * shared / (variant.end - variant.start))

    def ranking(self, zones: Iterable[str], worth: float) -> Iterator[Query]:
        """The variants in zones where they need not match."""
        for zone in zones:
            for variant in self.variants:
                yield _scored(variant, zone, worth)

    def phrases(self, found: Sequence[Token], zone: str, worth: float) -> Iterator[Query]:
        """The other ways to write the whole run side by side."""
        for written, weight in _sequences(found, self.variants):
            yield _side_by_side(written, zone, worth * weight)

    def marks(self) -> list[Mark]:
        """What else to mark in passages."""
        written = [variant.written for variant in self.variants]
        return [Mark(" ".join(w.forms), " ".join(w.folds), any_accent=False) for w in written]


def either(own: Query, others: Iterable[Query]) -> Query:
    """`own` or one of the others; the best of them scores."""
    alternatives = tuple(others)
    return DisMax((own, *alternatives)) if alternatives else own


def _scored(variant: Variant, zone: str, worth: float) -> Query:
    longer = len(variant.written.forms) > variant.end - variant.start
    return _side_by_side(
        variant.written, zone, worth * variant.weight * (TO_LONG if longer else TO_SHORT)
    )


def _side_by_side(written: Writing, zone: str, boost: float) -> Query:
    """Documents with the writing; with its accents where so few syllables need them: CAT is not cát."""
    size = len(written.forms)
    if size == 1:
        return Term(f"{zone}_syllable", written.forms[0], boost)
    if size == 2:
        return Phrase(f"{zone}_syllable", written.forms, boost)
    return Phrase(f"{zone}_fold", written.folds, boost)


def _sequences(found: Sequence[Token], variants: Sequence[Variant]) -> Iterator[tuple[Writing, float]]:
    """The run with variants in it, and weights: with each of them, then with several that do not
    overlap."""
    typed = Writing(tuple(token.form for token in found), tuple(token.fold for token in found))
    in_order = sorted(variants, key=lambda variant: variant.start)
    ways: list[tuple[Variant, ...]] = [(variant,) for variant in variants]
    for chosen in ways:  # grows behind what is read
        if len(ways) >= SEQUENCES:
            break
        ways += ((*chosen, variant) for variant in in_order if variant.start >= chosen[-1].end)
    for chosen in ways[:SEQUENCES]:
        yield _replaced(typed, chosen), prod(variant.weight for variant in chosen)


def _replaced(typed: Writing, chosen: Iterable[Variant]) -> Writing:
    forms, folds = list(typed.forms), list(typed.folds)
    for variant in sorted(chosen, key=lambda variant: -variant.start):
        forms[variant.start : variant.end] = variant.written.forms
        folds[variant.start : variant.end] = variant.written.folds
    return Writing(tuple(forms), tuple(folds))
