"""Whether two documents are the same paper: copies, or a draft and what was signed.

Alike is not the same. Every year's plan, every week's report says the same words with other numbers,
dates and periods. So two documents must be alike, and nothing may speak against: not their symbols,
dates, kinds, units or periods, not their titles, and not the numbers in their texts. What OCR
misreads, it misreads everywhere; where numbers differ more than the words around them
do, somebody changed them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Literal

from kb.near.signature import (
    Signature,
    changed_numbers,
    numbers_in,
    resemblance,
    words_in,
    words_kept,
)
from kb.vietnamese.kinds import NEWS
from kb.vietnamese.normalise import fold
from kb.vietnamese.syllables import all_folded

Relation = Literal["copy", "version"]
Stage = Literal["draft", "signed"]

# How much two texts must be alike. By simulation and by eye, see benchmarks/near.py: two scans of one
# page with every twentieth syllable misread in each are alike by .58, one scan and its source by .75.
SAME_PAPER = 0.3  # by symbol and date of issue
SAME_SYMBOL = 0.45  # one of them lacks the date
SAME_TITLE = 0.5
NOTHING_KNOWN = 0.9  # also of news: nobody scans it, and the next day's repeats half of the last one's
TITLE_WORDS = 0.7  # of the words of two titles agree
DRAFT_CHANGES = 2  # numbers that may change between a draft and what is signed: its day, a deadline

_LOOKS_LIKE = str.maketrans("OQILZSBG", "00112586")  # in a symbol read by OCR


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known of a document when it is compared with another."""

    id: str
    signature: Signature
    symbol: str | None = None
    issued_on: date | None = None
    kind: str | None = None
    unit: str | None = None
    title: str | None = None  # None where it is only a file name or a first line
    covers: tuple[date, date] | None = None
    draft: int | None = None  # kb.near.drafts.draft_number

    @property
    def stage(self) -> Stage | None:
        """Draft or signed; None where nothing tells."""
        if self.draft is not None:
            return "draft"
        return "signed" if self.symbol or self.issued_on else None


def relation(a: Paper, b: Paper) -> Relation | None:
    """What two documents are to each other: copies of one paper, versions of it, or nothing (None)."""
    alike = resemblance(a.signature, b.signature)
    if alike < SAME_PAPER:
        return None
    kind: Relation = "copy" if a.draft == b.draft else "version"
    same_symbol = _same(_plain_symbol(a.symbol), _plain_symbol(b.symbol))
    same_date = _same(a.issued_on, b.issued_on)
    if same_symbol is False or (same_date is False and kind == "copy"):
        return None
    if same_symbol and same_date:
        return kind
    if _speaks_against(a, b) or _numbers_changed(a, b, alike, kind):
        return None
    return kind if alike >= _needed(a, b, same_symbol) else None


def _needed(a: Paper, b: Paper, same_symbol: bool | None) -> float:
    if same_symbol:
        return SAME_SYMBOL
    return SAME_TITLE if a.title and b.title and NEWS not in (a.kind, b.kind) else NOTHING_KNOWN


def _same(a: object, b: object) -> bool | None:
    """None where one is not known."""
    return None if a is None or b is None else a == b


def _plain_symbol(symbol: str | None) -> str | None:
    """A symbol without what OCR and people write in two ways."""
    if not symbol:
        return None
    letters = "".join(filter(str.isalnum, fold(symbol).upper()))
    return letters.translate(_LOOKS_LIKE) or None


def _speaks_against(a: Paper, b: Paper) -> bool:
    if _same(a.kind, b.kind) is False:
        return True
    if a.kind != NEWS and _same(a.unit, b.unit) is False:  # news goes from portal to portal
        return True
    if a.covers and b.covers and (a.covers[1] < b.covers[0] or b.covers[1] < a.covers[0]):
        return True
    return bool(a.title and b.title) and not _titles_agree(a.title or "", b.title or "")


def _titles_agree(a: str, b: str) -> bool:
    """One may be shorter or misread; but no number, and no proper word, stands in place of another."""
    first, second = words_in(a), words_in(b)
    numbers, others = set(numbers_in(first)), set(numbers_in(second))
    if numbers - others and others - numbers:
        return False
    words, theirs = set(first), set(second)
    if _proper(words - theirs) and _proper(theirs - words):
        return False
    return len(words & theirs) >= TITLE_WORDS * min(len(words), len(theirs))


def _proper(words: Iterable[bytes]) -> bool:
    """Is one of the words a possible syllable? What OCR makes of a word mostly is none."""
    return any(word.decode() in all_folded() for word in words)


def _numbers_changed(a: Paper, b: Paper, alike: float, kind: Relation) -> bool:
    """Do numbers differ more than chance would have it, if they fared as the other words did?"""
    changed, of = changed_numbers(a.signature, b.signature)
    expected = (1 - words_kept(alike)) * of
    allowed = expected + 2 * sqrt(expected) + (DRAFT_CHANGES if kind == "version" else 0)
    return changed > allowed
