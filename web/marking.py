"""Text cut into pieces at its marks, so that templates can escape every piece and mark after.

The library marks single words. Words side by side become one mark here; where some do, a word of
theirs that stands alone is only a faint mark: after a search for "ngày hội" nobody wants to be led
through every "ngày 15".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from kb.vietnamese.normalise import fold


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


def join(ranges: Iterable[tuple[int, int]], text: str) -> tuple[Mark, ...]:
    """The ranges as marks: in order, within `text`, overlapping and neighbouring ones made one.

    Ranges are half-open and may come unsorted, overlapping or out of bounds. Neighbours have
    nothing but blanks between them.
    """
    joined: list[tuple[int, int]] = []
    sizes: list[int] = []  # words in each
    for start, end in sorted((max(0, s), min(e, len(text))) for s, e in ranges):
        if start >= end:
            continue
        if joined and not text[joined[-1][1] : start].strip():
            sizes[-1] += start >= joined[-1][1]
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
            sizes.append(1)
    several = (text[s:e] for (s, e), size in zip(joined, sizes, strict=True) if size > 1)
    words_of_several = {word for words in several for word in fold(words).split()}
    marks: list[Mark] = []
    number = 0
    for (start, end), size in zip(joined, sizes, strict=True):
        faint = size == 1 and fold(text[start:end]) in words_of_several
        number += not faint
        marks.append(Mark(start, end, None if faint else number))
    return tuple(marks)


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


def snippet(text: str, ranges: Iterable[tuple[int, int]], start: int = 0) -> Snippet:
    """A passage that starts at `start` of its document; an ellipsis where it stops in a sentence."""
    marks = join(ranges, text)
    before = () if _starts_sentence(text) else (Piece("… "),)
    after = () if _SENTENCE_END.search(text) else (Piece(" …"),)
    first_hit = next((mark.start for mark in hits(marks)), 0)
    return Snippet((*before, *cut(text, marks), *after), start + first_hit)


def _starts_sentence(text: str) -> bool:
    first = next((c for c in text if c.isalnum()), "")
    return first.isupper() or first.isdigit()
