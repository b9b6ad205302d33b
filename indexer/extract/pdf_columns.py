"""Columns that stand side by side on a PDF page.

Vietnamese official papers are one column of text with two places where two columns stand side by
side: the header (issuer left, Quốc hiệu right) and the end (Nơi nhận left, signature right), see
Nghị định 30/2020, Phụ lục I. Those are read column by column, left first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from indexer.extract.assemble import DraftLine, Rect, Word
from indexer.extract.pdf_rows import CENTER_SLACK, GUTTER, Area, Gap, Row, line_of_row
from indexer.extract.repairs import repaired
from indexer.extract.tables import CELL_BORDER

_WIDE_GAP = 40.0  # points; pieces of a lone row further apart are separate lines
_NUMBERS = re.compile(r"[\d.,%/ -]+")


def flowing_lines(rows: list[Row], area: Area) -> list[DraftLine]:
    """The lines of rows from top to bottom, side-by-side columns one after the other."""
    lines: list[DraftLine] = []
    at = 0
    for block in _blocks(rows, area):
        lines += [_whole_row(row, area) for row in rows[at : block.start]]
        lines += _block_lines(rows[block.start : block.end], block.gaps, area)
        at = block.end
    lines += [_whole_row(row, area) for row in rows[at:]]
    return lines


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows `start:end` share free stretches that part them into columns."""

    start: int
    end: int
    gaps: tuple[Gap, ...]


def _blocks(rows: list[Row], area: Area) -> Iterator[_Block]:
    """The runs of rows with a common free stretch, at least one of them parted by it."""
    done = 0
    for first, row in enumerate(rows):
        if first < done or not row.gaps:
            continue
        gaps, last, at = row.gaps, first, first + 1
        while at < len(rows):
            shared = _free(gaps, rows[at])
            if not shared:
                break
            gaps, last = shared, at if rows[at].gaps else last
            at += 1
        gaps = row.gaps
        for inner in rows[first + 1 : last + 1]:
            gaps = _free(gaps, inner)
        start, end = first, last + 1
        while start > done and _continues(rows[start - 1], rows[start], gaps, area):
            above = rows[start - 2] if start - 1 > done else None
            if above and not _free(gaps, above) and _near(above, rows[start - 1]):
                break  # the last line of a paragraph of full width
            start -= 1
            gaps = _free(gaps, rows[start])
        while end < len(rows) and _continues(rows[end], rows[end - 1], gaps, area):
            gaps = _free(gaps, rows[end])
            end += 1
        done = end
        yield _Block(start, end, tuple(gaps))


def _free(gaps: list[Gap], row: Row) -> list[Gap]:
    """What `row` leaves free of `gaps`; wide enough parts only."""
    enough = min(GUTTER, *(0.5 * (x1 - x0) for x0, x1 in gaps)) if gaps else 0.0
    for segment in row.segments:
        rect = segment.rect
        parts = [part for x0, x1 in gaps for part in ((x0, min(x1, rect.x0)), (max(x0, rect.x1), x1))]
        gaps = sorted({(x0, x1) for x0, x1 in parts if x1 - x0 >= enough})
    return gaps


def _continues(row: Row, neighbour: Row, gaps: list[Gap], area: Area) -> bool:
    """True if `row`, all on one side, goes on with a column of the block beside it."""
    return (
        bool(_free(gaps, row)) and not row.gaps and _near(row, neighbour) and not area.centers(row.rect)
    )


def _near(first: Row, second: Row) -> bool:
    distance = max(first.rect.y0 - second.rect.y1, second.rect.y0 - first.rect.y1)
    return distance < 1.2 * (first.rect.y1 - first.rect.y0)


def _block_lines(rows: list[Row], gaps: tuple[Gap, ...], area: Area) -> list[DraftLine]:
    parted = [row for row in rows if row.gaps]
    alone = len(rows) == 1 or (len(parted) == 1 and _is_running_text(parted[0], area))
    if alone and not any(x1 - x0 >= _WIDE_GAP for x0, x1 in gaps):
        return [_whole_row(row, area) for row in rows]
    if len(parted) >= 3 and (len(gaps) > 1 or _right_is_numbers(parted)):
        return [_table_row(row) for row in rows]
    widest = max(gaps, key=lambda gap: gap[1] - gap[0])
    middle = sum(widest) / 2
    columns: dict[str, list[Row]] = {"left": [], "right": []}
    for row in rows:
        for name in columns:
            own = [s for s in row.segments if (s.rect.x1 <= middle) == (name == "left")]
            if own:
                columns[name].append(Row(own, reduce(Rect.union, (s.rect for s in own))))
    lines = []
    for name, column in columns.items():
        extent = Area(min(r.rect.x0 for r in column), max(r.rect.x1 for r in column))
        for row in column:
            middle_off = (row.rect.x0 + row.rect.x1 - extent.left - extent.right) / 2
            centered = len(column) > 1 and abs(middle_off) <= CENTER_SLACK
            lines.append(line_of_row(row, centered=centered, column=name))
    return lines


def _is_running_text(row: Row, area: Area) -> bool:
    """True for a line with one wide gap somewhere, as a font that lacks letters tears it.

    The left one of two columns is no wider than half of the page.
    """
    torn_at = row.gaps[0][0]
    return row.narrowest == GUTTER and torn_at - area.left > 0.5 * (area.right - area.left)


def _right_is_numbers(rows: list[Row]) -> bool:
    return all(_NUMBERS.fullmatch(row.segments[-1].text) for row in rows)


def _table_row(row: Row) -> DraftLine:
    words: list[Word] = []
    for segment in row.segments:
        words += [CELL_BORDER, *segment.words] if words else segment.words
    return DraftLine(words, row.rect, all(s.bold for s in row.segments))


def _whole_row(row: Row, area: Area) -> DraftLine:
    line = line_of_row(row, centered=area.centers(row.rect), column=None)
    if len(row.segments) > 1:
        line.words = repaired(line.words)  # a word may be torn at the gap
    return line
