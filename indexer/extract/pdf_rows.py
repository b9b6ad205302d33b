"""Rows of a PDF page: what stands at one height, and the area that text fills."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from indexer.extract.assemble import DraftLine, Rect
from indexer.extract.pdf_page import Segment

GUTTER = 8.0  # points; narrower gaps are blanks
CENTER_SLACK = 9.0  # points

Gap = tuple[float, float]


@dataclass(slots=True)
class Row:
    """Segments of one height, from left to right."""

    segments: list[Segment]
    rect: Rect
    narrowest: float = GUTTER  # points of a gap between its columns

    @property
    def gaps(self) -> list[Gap]:
        """The free stretches between its segments that are wide enough to part columns."""
        ends = ((a.rect.x1, b.rect.x0) for a, b in pairwise(self.segments))
        return [(x0, x1) for x0, x1 in ends if x1 - x0 >= self.narrowest]


@dataclass(frozen=True, slots=True)
class Area:
    """The stretch of the page that text fills, from left to right."""

    left: float
    right: float

    def centers(self, rect: Rect) -> bool:
        """True if `rect` is centred here and leaves room on both sides."""
        room = 0.07 * (self.right - self.left)
        return (
            abs((rect.x0 + rect.x1) - (self.left + self.right)) / 2 <= CENTER_SLACK
            and rect.x0 >= self.left + room
            and rect.x1 <= self.right - room
        )


def page_rows(segments: Iterable[Segment]) -> list[Row]:
    """Segments of (nearly) the same height together, from top to bottom."""
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda s: (s.rect.y0 + s.rect.y1, s.rect.x0)):
        if rows and _same_height(rows[-1].rect, segment.rect):
            rows[-1].segments.append(segment)
            rows[-1].rect = rows[-1].rect.union(segment.rect)
        else:
            rows.append(Row([segment], segment.rect))
    for row in rows:
        row.segments.sort(key=lambda s: s.rect.x0)
    return rows


def _same_height(first: Rect, second: Rect) -> bool:
    _x0, top, _x1, low = first
    _x0, other_top, _x1, other_low = second
    shared = min(low, other_low) - max(top, other_top)
    return shared > 0.5 * min(low - top, other_low - other_top)


def line_of_row(row: Row, *, centered: bool, column: str | None) -> DraftLine:
    """The segments of a row as one line; bold if most of its letters are."""
    words = [word for segment in row.segments for word in segment.words]
    letters = sum(len(word.text) for word in words)
    bold = sum(len(s.text) for s in row.segments if s.bold) > letters / 2
    return DraftLine(words, row.rect, bold, centered, column)
