"""What abbreviations mean and how phrases are abbreviated: the table and the documents together.

Writings that differ in case, accents, signs or "và" are one meaning, shown as it is best written.
Pure: who may see which documents is decided before their counts come in (kb.abbreviations).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kb.vietnamese import kinds
from kb.vietnamese.abbreviations import Expansion, key, sense, table
from kb.vietnamese.analyser import tokens
from kb.vietnamese.normalise import fold, has_accents

WRITINGS = 3  # of one meaning, and of one abbreviation
INNER = 2  # more writings of a meaning, with another abbreviation in them
# What an entry of the table counts beside the documents: usual and seen, usual, not usual.
SEEN, USUAL, OTHER = 3.0, 2.0, 1.0
ALONE = 0.5  # what a meaning counts that only one document gives

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Writing:
    """The tokens of an abbreviation or of a phrase, with and without accents."""

    forms: tuple[str, ...]
    folds: tuple[str, ...]

    def fits(self, forms: Sequence[str]) -> bool:
        """Whether these are the tokens, each as written or without its accents."""
        return len(forms) == len(self.forms) and all(
            form in pair for form, *pair in zip(forms, self.forms, self.folds, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of an abbreviation."""

    abbreviation: str  # as it is best written
    expansion: str
    documents: int  # that explain it so
    in_table: bool
    of_kind: bool = False  # a kind of document: "TT 124"
    of_place: bool = False  # a kind of place: "TP Vinh"
    strength: float = 0.0  # beside the other meanings of the abbreviation
    share: float = 1.0  # of the strength of all of them
    cues: tuple[Writing, ...] = ()  # words that speak for this meaning
    names: tuple[str, ...] = ()  # all writings of the abbreviation
    shorts: tuple[Writing, ...] = ()
    longs: tuple[Writing, ...] = ()

    @property
    def certain(self) -> bool:
        """In the table, or explained by more than one document."""
        return self.in_table or self.documents > 1

    @property
    def letters(self) -> int:
        """How many letters and digits the abbreviation has."""
        return len(key(self.abbreviation))


@dataclass(frozen=True, slots=True)
class Counted:
    """What some documents explain in the same words."""

    abbreviation: str
    expansion: str
    documents: int


class Lookup:
    """The table and what documents explain, for look-up in both directions."""

    def __init__(self, mined: Iterable[Counted] = ()) -> None:
        self._by_key = _with_inner_writings(_merged(mined))
        self._starts = frozenset(
            short.folds[0]
            for meanings in self._by_key.values()
            for meaning in meanings
            for short in meaning.shorts
            if len(short.folds) > 1
        )
        by_start: defaultdict[tuple[str, str], list[tuple[Writing, Meaning]]] = defaultdict(list)
        for meanings in self._by_key.values():
            for meaning in meanings:
                for long in meaning.longs:
                    if len(long.folds) > 1:
                        by_start[long.folds[0], long.folds[1]].append((long, meaning))
        self._by_start = dict(by_start)

    def meanings(self, abbreviation: str) -> tuple[Meaning, ...]:
        """What it stands for, best first; empty where it is unknown.

        Those written exactly so, where there are any; else in any case and without accents, but
        never Đ for D.
        """
        found = self._by_key.get(key(abbreviation), ())
        fitting = tuple(m for m in found if any(_fits(abbreviation, name) for name in m.names))
        exact = tuple(meaning for meaning in fitting if abbreviation in meaning.names)
        return exact or fitting

    def abbreviations_of(self, phrase: str) -> tuple[Meaning, ...]:
        """The meanings whose long form is the whole phrase, best first.

        Case and commas do not count; a syllable without accents stands for any.
        """
        found = tokens(phrase)
        forms, folds = [t.form for t in found], [t.fold for t in found]
        exact = (m for end, m in self.long_forms(forms, folds, 0) if end == len(found))
        return tuple(sorted(dict.fromkeys(exact), key=lambda meaning: -meaning.strength))

    def starts_short(self, fold: str) -> bool:
        """True where an abbreviation of several tokens may start with this one: TP.HCM, KT-XH."""
        return fold in self._starts

    def long_forms(
        self, forms: Sequence[str], folds: Sequence[str], at: int
    ) -> Iterator[tuple[int, Meaning]]:
        """The long forms that begin at token `at` of several: their ends and meanings."""
        if at + 1 >= len(folds):
            return
        for writing, meaning in self._by_start.get((folds[at], folds[at + 1]), ()):
            end = at + len(writing.folds)
            if tuple(folds[at:end]) == writing.folds and writing.fits(forms[at:end]):
                yield end, meaning

    def everything(self) -> list[Meaning]:
        """Every meaning, of the table and of documents, by abbreviation, best first."""
        return [meaning for name in sorted(self._by_key) for meaning in self._by_key[name]]

    def all(self) -> list[Meaning]:
        """Every meaning that documents explain, by abbreviation, best first."""
        return [meaning for meaning in self.everything() if meaning.documents]


@lru_cache(maxsize=1)
def shipped() -> Lookup:
    """The table alone."""
    return Lookup()


def _fits(typed: str, abbreviation: str) -> bool:
    """Whether letters typed with a mark (Đ, Ư) are those of the abbreviation."""
    if not has_accents(typed):
        return True
    return all(
        mine == its
        for mine, its in zip(_signs(typed), _signs(abbreviation), strict=False)
        if mine != fold(mine)
    )


def _signs(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


# ---------------------------------------------------------------- merging


def _merged(mined: Iterable[Counted]) -> dict[str, tuple[Meaning, ...]]:
    entries: defaultdict[tuple[str, tuple[str, ...]], list[Expansion]] = defaultdict(list)
    for expansion in table():
        entries[key(expansion.abbreviation), sense(_plain(expansion.text))].append(expansion)
    counted: defaultdict[tuple[str, tuple[str, ...]], list[Counted]] = defaultdict(list)
    for item in mined:
        counted[key(item.abbreviation), sense(item.expansion)].append(item)
    by_key: defaultdict[str, list[Meaning]] = defaultdict(list)
    for name, words in dict.fromkeys((*entries, *counted)):
        own, found = entries.get((name, words), ()), counted.get((name, words), ())
        meaning = _meaning(tuple(own), tuple(found))
        if len(words) > 1 or meaning.in_table:
            by_key[name].append(meaning)
    return {name: _shared(meanings) for name, meanings in by_key.items()}


@lru_cache(maxsize=50_000)  # a changed catalog leaves most meanings as they were
def _meaning(entries: tuple[Expansion, ...], counted: tuple[Counted, ...]) -> Meaning:
    """One meaning from all its writings: those of the table come first, then the frequent ones."""
    entries = tuple(sorted(entries, key=lambda entry: not entry.usual))
    documents = sum(item.documents for item in counted)
    shorts = _ranked((item.abbreviation, item.documents) for item in counted)
    longs = _ranked((item.expansion, item.documents) for item in counted)
    names = tuple(dict.fromkeys([*(entry.abbreviation for entry in entries), *shorts]))
    texts = list(dict.fromkeys([*(entry.text for entry in entries), *longs]))
    best = entries[0] if entries else None
    prior = 0.0 if best is None else OTHER if not best.usual else SEEN if best.checked else USUAL
    seen = ALONE if documents == 1 and best is None else math.log2(1 + documents)
    return Meaning(
        abbreviation=names[0],
        expansion=texts[0],
        documents=documents,
        in_table=best is not None,
        of_kind=best is not None and kinds.by_name(best.text) is not None,
        of_place=best is not None and best.usual and best.category == "admin",
        strength=prior + seen,
        cues=_writings(best.cues if best else ()),
        names=names,
        shorts=_writings(names),
        longs=_writings([form for text in texts for form in _forms(text)]),
    )


def _ranked(written: Iterable[tuple[str, int]]) -> list[str]:
    """Writings, the best first: not all in capitals, with accents, frequent, with more accents."""
    counts: defaultdict[str, int] = defaultdict(int)
    for text, documents in written:
        counts[text] += documents
    if len(counts) < 2:
        return list(counts)

    def worth(text: str) -> tuple[bool, bool, int, int, str]:
        accents = sum(sign != fold(sign) for sign in text.lower())
        capitals = text.isupper() and " " in text
        return (capitals, not accents, -counts[text], -accents, text)

    return sorted(counts, key=worth)


def _shared(meanings: Sequence[Meaning]) -> tuple[Meaning, ...]:
    """The meanings of one key, best first, with their shares."""
    total = sum(meaning.strength for meaning in meanings)
    ordered = sorted(meanings, key=lambda meaning: -meaning.strength)
    return tuple(replace(meaning, share=meaning.strength / total) for meaning in ordered)


def _plain(text: str) -> str:
    """An expansion without the remark in brackets: "ca (trực)"."""
    return _IN_BRACKETS.sub("", text)


def _forms(text: str) -> Iterator[str]:
    """The text, and "phòng cháy và chữa cháy" for "phòng cháy, chữa cháy"."""
    yield _plain(text)
    if text.count(",") == 1:
        yield _plain(text).replace(",", " và")


def _writings(texts: Iterable[str]) -> tuple[Writing, ...]:
    found: dict[Writing, None] = {}
    for text in texts:
        if parts := tokens(text):
            found[Writing(tuple(t.form for t in parts), tuple(t.fold for t in parts))] = None
    return tuple(found)[:WRITINGS]


def _with_inner_writings(
    by_key: dict[str, tuple[Meaning, ...]],
) -> dict[str, tuple[Meaning, ...]]:
    """Long forms that hold another one may be written with its abbreviation: "bảo vệ ANTQ"."""
    inner: dict[tuple[str, ...], Meaning] = {}
    for meanings in by_key.values():
        first = meanings[0]
        if (
            len(meanings) == 1
            and first.certain
            and first.letters > 2
            and len(first.shorts[0].folds) == 1
        ):
            for long in first.longs:
                if long.folds not in inner or inner[long.folds].strength < first.strength:
                    inner[long.folds] = first

    def enriched(meaning: Meaning) -> Meaning:
        long = meaning.longs[0] if meaning.longs else None
        if long is None or len(long.folds) < 4:
            return meaning
        size = len(long.folds)
        parts = [
            (inner[long.folds[start:end]], start, end)
            for start in range(size - 1)
            for end in range(start + 2, size + 1)
            if end - start < size and long.folds[start:end] in inner
        ]
        parts.sort(key=lambda part: (-part[0].strength, part[2] - part[1]))
        written = [
            Writing(
                (*long.forms[:start], *other.shorts[0].forms, *long.forms[end:]),
                (*long.folds[:start], *other.shorts[0].folds, *long.folds[end:]),
            )
            for other, start, end in parts[:INNER]
        ]
        return replace(meaning, longs=(*meaning.longs, *written))

    return {name: tuple(map(enriched, meanings)) for name, meanings in by_key.items()}
