"""Abbreviations in a query: what else the words may be written as in the documents.

An abbreviation is also its long forms, a long form also its abbreviations. Which of several
meanings it is, the other words of the query and the documents decide; what is not decided is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from kb.query.ast import Word
from kb.query.variants import Expanded, Variant
from kb.vietnamese.abbreviation_lookup import Lookup, Meaning, Writing
from kb.vietnamese.analyser import Token
from kb.vietnamese.normalise import fold
from kb.vietnamese.syllables import is_syllable

SURE, ALONE = 0.9, 0.6  # what a variant is worth beside the words as typed; ALONE: one document's word
CLEAR = 0.6  # a meaning with this share of the strength needs no context
ONLY = 0.75  # a long form of this share is also looked for as its abbreviation
ONLY_QUOTED = 0.5  # the same inside a phrase, whose other words are context
MEANINGS = 3  # of an ambiguous abbreviation
ANSWERS = 8  # meanings told to someone who asks for them
VARIANTS = 24  # of one run of words: bounds the query
JOINED = 3  # tokens an abbreviation may be typed as: TP HCM, BCĐ 138

# "viết tắt của (từ) gì", "là viết tắt của cụm từ nào": the words of the question itself.
_ASKING = frozenset(
    ("là", "của", "cho", "từ", "cụm", "chữ", "gì", "nào", "nghĩa", "được", "viết", "tắt")
)
_ASKING_FOLDED = _ASKING | frozenset(map(fold, _ASKING))
_SHORT_FOR, _WHAT = ("viet", "tat"), frozenset(("gi", "nao"))

Part = tuple[str, Sequence[Token]]  # a piece of the query and its tokens


def expand(
    parts: Sequence[Part], lookup: Lookup, *, quoted: bool = False, asked: bool = False
) -> Expanded:
    """The variants of a run of plain words or of a phrase (`quoted`).

    `parts` are the pieces between blanks with their tokens. Ranges of variants count the tokens of
    all parts. Part of a piece is no abbreviation: nothing of 12/KH-CAT is. `asked`: the user wants
    to know what an abbreviation means, so any case will do and all meanings are told.
    """
    run = _Run(parts, lookup, quoted, asked)
    variants: dict[tuple[int, int, Writing], Variant] = {}
    told: dict[tuple[str, str], None] = {}
    taken: set[int] = set()
    exact: set[int] = set()

    def add(start: int, end: int, writings: Iterable[Writing], weight: float) -> None:
        for written in writings:
            variants.setdefault((start, end, written), Variant(start, end, written, weight))

    for start, end, meanings in run.abbreviations():
        taken.update(range(start, end))
        exact.update(at for at in range(start, end) if is_syllable(run.typed[at]))
        told[run.label(start, end), "; ".join(meaning.expansion for meaning, _ in meanings)] = None
        for meaning, weight in meanings[:MEANINGS]:
            add(start, end, meaning.longs, weight)
    for start, end, meaning in run.long_forms():
        if taken.isdisjoint(range(start, end)):
            if run.asked:
                told[run.label(start, end), meaning.abbreviation] = None
            if run.may_shorten(start, end, meaning):
                add(start, end, meaning.shorts, _sureness(meaning))
    best = sorted(variants.values(), key=lambda variant: -variant.weight)[:VARIANTS]
    return Expanded(tuple(best), tuple(told), frozenset(exact))


def subject(words: Sequence[Word]) -> tuple[Sequence[Word], bool]:
    """The words an "XDPT viết tắt của gì" asks about, and whether it asks for an abbreviation."""
    folded = [fold(word.text) for word in words]
    if _SHORT_FOR in pairwise(folded) and not _WHAT.isdisjoint(folded):
        about = [word for word in words if word.text.lower() not in _ASKING_FOLDED]
        return about or words, bool(about)
    # "hd là gì", but not "cầu là gì"
    return words, tuple(folded[1:]) == ("la", "gi") and not is_syllable(words[0].text)


class _Run:
    """One run of tokens, read with a look-up."""

    def __init__(self, parts: Sequence[Part], lookup: Lookup, quoted: bool, asked: bool) -> None:
        self.parts = parts
        found = [token for _raw, tokens in parts for token in tokens]
        self.typed = [raw[token.start : token.end] for raw, tokens in parts for token in tokens]
        self.bounds = frozenset(accumulate((len(tokens) for _raw, tokens in parts), initial=0))
        self.lookup = lookup
        self.quoted = quoted
        self.forms = [token.form for token in found]
        self.folds = [token.fold for token in found]
        self.asked = asked
        self.capitals = all(map(_no_small_letter, self.typed)) and any(
            is_syllable(word) and not lookup.meanings(word) for word in self.typed
        )

    def label(self, start: int, end: int) -> str:
        """Tokens start..end as they were typed."""
        pieces, at = [], 0
        for raw, tokens in self.parts:
            inside = tokens[max(0, start - at) : max(0, end - at)]
            if inside:
                pieces.append(raw[inside[0].start : inside[-1].end])
            at += len(tokens)
        return " ".join(pieces)

    def abbreviations(self) -> Iterator[tuple[int, int, list[tuple[Meaning, float]]]]:
        """The abbreviations in order, not overlapping, each with its likely meanings and weights."""
        at = 0
        while at < len(self.typed):
            longest = JOINED if self.lookup.starts_short(self.folds[at]) else 1
            for end in range(min(at + longest, len(self.typed)), at, -1):
                if {at, end} <= self.bounds and self._written_short(at, end):
                    meanings = self.lookup.meanings(" ".join(self.typed[at:end]))
                    if meanings:
                        yield at, end, self._chosen(at, end, meanings)
                        at = end - 1
                        break
            at += 1

    def long_forms(self) -> Iterator[tuple[int, int, Meaning]]:
        """Every long form of an abbreviation, also one inside another."""
        for at in range(len(self.forms)):
            for end, meaning in self.lookup.long_forms(self.forms, self.folds, at):
                yield at, end, meaning

    def may_shorten(self, start: int, end: int, meaning: Meaning) -> bool:
        """Whether documents that only have the abbreviation are worth looking for."""
        if not self.quoted:
            return meaning.letters > 2 and meaning.share >= ONLY
        others = len(self.forms) - (end - start)
        return meaning.share >= ONLY_QUOTED and (meaning.letters > 2 or others > 1)

    def _written_short(self, start: int, end: int) -> bool:
        """Whether the tokens are written as an abbreviation and not as words: CAT, antq; not cat."""
        for word in self.typed[start:end]:
            if word.isdigit() and start < end - 1:
                continue  # BCĐ 138
            if len(word) < 2 or word.isdigit():
                return False
            if self.asked:
                if word.lower() in _ASKING_FOLDED:
                    return False
                continue
            capitals = sum(map(str.isupper, word)) > 1 and not self.capitals
            if not capitals and (len(word) < 3 or is_syllable(word)):
                return False
        return True

    def _chosen(self, start: int, end: int, meanings: Sequence[Meaning]) -> list[tuple[Meaning, float]]:
        if self.asked:
            return [(meaning, _sureness(meaning) * meaning.share) for meaning in meanings[:ANSWERS]]
        first = meanings[0]
        if len(meanings) > 1:
            support = [self._support(start, end, meaning) for meaning in meanings]
            best = max(support)
            if best > 0:
                first = meanings[support.index(best)]
            elif first.share < CLEAR:
                return [
                    (meaning, _sureness(meaning) * meaning.share / first.share)
                    for meaning in meanings[:MEANINGS]
                ]
        return [(first, _sureness(first))]

    def _support(self, start: int, end: int, meaning: Meaning) -> float:
        """How much the other words of the run speak for a meaning."""
        support = 2.0 * sum(map(self._holds, meaning.cues))
        support += 3.0 * any(map(self._holds, meaning.longs))
        if meaning.longs and meaning.longs[0].forms:
            words = meaning.longs[0].forms
            there = sum(word in self.forms for word in words) / len(words)
            support += there if there >= 0.5 else 0.0
        neighbours = self.typed[max(0, start - 1) : start] + self.typed[end : end + 1]
        if meaning.of_kind and any(map(str.isdigit, neighbours)):
            support += 2.0  # Thông tư 124
        if meaning.of_place and end < len(self.typed) and self.typed[end].istitle():
            support += 2.0  # thành phố Vinh
        return support

    def _holds(self, written: Writing) -> bool:
        """Whether the run has these words side by side; typed without accents they are any."""
        size = len(written.forms)
        return any(
            written.fits(self.forms[at : at + size])
            for at in range(len(self.forms) - size + 1)
            if self.folds[at] == written.folds[0]
        )


def _sureness(meaning: Meaning) -> float:
    return SURE if meaning.certain else ALONE


def _no_small_letter(word: str) -> bool:
    return word == word.upper()
