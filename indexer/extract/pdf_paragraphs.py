"""Where paragraphs begin among the lines of a PDF page: gaps, indents, labels, short last lines.

Nghị định 30/2020, Phụ lục I: paragraphs are justified, their first line is indented by 1 to 1.27 cm,
and at least 6 pt part two paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from indexer.extract.assemble import DraftLine, Rect
from indexer.extract.labels import starts_with_label
from indexer.extract.tables import CELL_BORDER

_INDENT = 9.0  # points
_EXTRA_GAP = 0.3  # of the type height, beyond the usual gap between lines
_SHORT = 0.12  # of the text width left free at the end of a line
_ENDS = re.compile(r"[.;:!?…/)\]”\"]$")
_SENTENCE_END = re.compile(r"[.;:!?…/]$")


def mark_paragraphs(lines: Sequence[DraftLine]) -> None:
    """Set `new_paragraph` of the lines of one page; lines without positions begin one each."""
    edges = _edges(lines)
    usual_gap = _usual_gap(lines)
    for before, line in pairwise(lines):
        line.new_paragraph = _begins(before, line, edges, usual_gap)


def mark_page_join(before: Sequence[DraftLine], after: Sequence[DraftLine]) -> None:
    """Join a paragraph that goes on over a page break: the first line of `after` begins no new one.

    Both are the lines of a page that has some; empty pages may lie between.
    """
    last, first = before[-1], after[0]
    first.new_paragraph = (
        last.column is not None
        or first.column is not None
        or first.centered
        or CELL_BORDER in last.words
        or CELL_BORDER in first.words
        or bool(_SENTENCE_END.search(last.text))
        or starts_with_label(first.text)
        or last.rect is None
        or first.rect is None
        or first.rect.x0 > _edges(after)[0] + _INDENT
        or last.rect.x1 < _edges(before)[1] - _SHORT * last.rect.x1
    )


def _begins(before: DraftLine, line: DraftLine, edges: tuple[float, float], usual_gap: float) -> bool:
    if before.rect is None or line.rect is None:
        return True
    if before.column != line.column or CELL_BORDER in before.words or CELL_BORDER in line.words:
        return True
    gap = line.rect.y0 - before.rect.y1
    height = min(_height(before.rect), _height(line.rect))
    if gap > usual_gap + _EXTRA_GAP * height or gap < -height:
        return True
    if line.column is not None:
        return False
    if before.centered or line.centered:
        return before.centered != line.centered
    left, right = edges
    ended = _ENDS.search(before.text) is not None
    short = before.rect.x1 < right - _SHORT * (right - left)
    if line.rect.x0 > before.rect.x0 + _INDENT:
        return True
    indented = line.rect.x0 > left + _INDENT
    return (ended and (short or indented or starts_with_label(line.text))) or (
        short and starts_with_label(line.text)
    )


def _edges(lines: Sequence[DraftLine]) -> tuple[float, float]:
    """Left and right edge of the running text: the commonest left edge, the usual right one."""
    rects = [line.rect for line in lines if line.rect is not None and line.column is None]
    if not rects:
        return 0.0, 0.0
    lefts = Counter(round(rect.x0 / 4) for rect in rects)
    common = [left for left, count in lefts.items() if count >= 0.2 * len(rects)]
    left = 4.0 * min(common, default=min(lefts))
    rights = sorted(rect.x1 for rect in rects)
    return left, rights[-1 - len(rights) // 20]


def _usual_gap(lines: Sequence[DraftLine]) -> float:
    """The free height between two lines of one paragraph: the smaller ones of the page."""
    gaps = sorted(
        below.rect.y0 - above.rect.y1
        for above, below in pairwise(lines)
        if above.rect is not None
        and below.rect is not None
        and above.column is None
        and below.column is None
        and -_height(above.rect) < below.rect.y0 - above.rect.y1 < 2 * _height(above.rect)
    )
    return median(gaps[: max(1, len(gaps) * 2 // 3)]) if gaps else 0.0


def _height(rect: Rect) -> float:
    return rect.y1 - rect.y0
