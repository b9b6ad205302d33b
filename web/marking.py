"""Text cut into pieces at its marks, so that templates can escape every piece and mark after.

The library marks single words. Words side by side become one mark here; where some do, a word of
theirs that stands alone is only a faint mark: after a search for "ngày hội" nobody wants to be led
through every "ngày 15".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kb.results import Passage
from kb.vietnamese.normalise import fold

_BETWEEN = re.compile(r"[\s/-]+")  # what may stand between the words of one mark


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters start:end of a text. `number` counts the hits from 1; None: a faint mark."""

    start: int
    end: int
    number: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, in a mark or not."""

    text: str
    mark: Mark | None = None
    first: bool = False  # the mark starts here (a mark over two paragraphs has two pieces)

    @property
    def hit(self) -> int | None:
        """The number of the hit this piece belongs to."""
        return self.mark.number if self.mark else None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage as pieces, and where its first hit (or the passage) starts in the document."""

    pieces: tuple[Piece, ...]
    offset: int
    passage: Passage


def join(
    ranges: Iterable[tuple[int, int]], text: str, company: frozenset[str] | None = None
) -> tuple[Mark, ...]:
    """The ranges as marks: in order, within `text`, overlapping and neighbouring ones made one.

    Ranges are half-open and may come unsorted, overlapping or out of bounds. Neighbours have
    nothing but blanks of one paragraph, or the signs inside a symbol, between them. `company` is what
    `company_of` says of the text, or of the larger text it is a part of.
    """
    runs = _runs(ranges, text)
    known = company_of(ranges, text) if company is None else company
    marks: list[Mark] = []
    number = 0
    for start, end, words in runs:
        faint = words == 1 and fold(text[start:end]) in known
        number += not faint
        marks.append(Mark(start, end, None if faint else number))
    return tuple(marks)


def company_of(ranges: Iterable[tuple[int, int]], text: str) -> frozenset[str]:
    """The marked words, folded, that stand side by side with another one somewhere in the text."""
    several = (text[start:end] for start, end, words in _runs(ranges, text) if words > 1)
    return frozenset(word for words in several for word in _BETWEEN.split(fold(words)))


def _runs(ranges: Iterable[tuple[int, int]], text: str) -> list[tuple[int, int, int]]:
    """Joined ranges: start, end, how many words."""
    runs: list[tuple[int, int, int]] = []
    for start, end in sorted((max(0, s), min(e, len(text))) for s, e in ranges):
        if start >= end:
            continue
        if runs and _close(text[runs[-1][1] : start]):
            first, last, words = runs[-1]
            runs[-1] = (first, max(last, end), words + (start >= last))
        else:
            runs.append((start, end, 1))
    return runs


def _close(gap: str) -> bool:
    return gap in ("/", "-") or (not gap.strip() and gap.count("\n") < 2)


def hits(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks a reader steps through: all but the faint ones."""
    return tuple(mark for mark in marks if mark.number is not None)


def hit_at(marks: Sequence[Mark], offset: int) -> Mark:
    """Of the hits (at least one), the one that holds `offset`, else the next; after all, the last."""
    index = bisect_right(marks, offset, key=lambda mark: mark.end)
    return marks[min(index, len(marks) - 1)]


def cut(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """The pieces of text[start:end]. `marks` come from `join`, as offsets of the whole text."""
    end = len(text) if end is None else end
    pieces: list[Piece] = []
    position = start
    first = bisect_right(marks, start, key=lambda mark: mark.end)
    for mark in islice(marks, first, None):
        if mark.start >= end:
            break
        left, right = max(mark.start, start), min(mark.end, end)
        if position < left:
            pieces.append(Piece(text[position:left]))
        pieces.append(Piece(text[left:right], mark, first=mark.start >= start))
        position = right
    if position < end:
        pieces.append(Piece(text[position:end]))
    return tuple(pieces)


# ---------------------------------------------------------------- passages

_SENTENCE_END = re.compile(r"[.!?;:…][\"”)\]]*\s*$")
_PARAGRAPHS = re.compile(r"([.:;!?]?)\s*\n\s*\n\s*")


def snippets(passages: Iterable[Passage]) -> tuple[Snippet, ...]:
    """The passages of one document, marked alike."""
    passages = tuple(passages)
    company = frozenset().union(*(company_of(p.marks, p.text) for p in passages))
    return tuple(_snippet(passage, company) for passage in passages)


def _snippet(passage: Passage, company: frozenset[str]) -> Snippet:
    """The pieces of a passage, with an ellipsis where it stops in a sentence."""
    text = passage.text
    marks = join(passage.marks, text, company)
    pieces = (replace(p, text=_one_line(p.text)) for p in cut(text, marks))
    before = () if _starts_sentence(text) else (Piece("… "),)
    after = () if _SENTENCE_END.search(text) else (Piece(" …"),)
    first_hit = next((mark.start for mark in hits(marks)), 0)
    return Snippet((*before, *pieces, *after), passage.start + first_hit, passage)


def _one_line(text: str) -> str:
    """Paragraphs told apart by a dot in the middle where no sign of the text does it."""
    return _PARAGRAPHS.sub(lambda match: f"{match[1]} " if match[1] else " · ", text)


def _starts_sentence(text: str) -> bool:
    first = next((c for c in text if c.isalnum()), "")
    return first.isupper() or first.isdigit()
