"""The reading order of a PDF page: rows, side-by-side columns, ruled tables.

Vietnamese official papers are one column of text with two places where two columns stand side by
side: the header (issuer left, Quốc hiệu right) and the end (Nơi nhận left, signature right), see
Nghị định 30/2020, Phụ lục I. Those are read column by column, left first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from indexer.extract.assemble import DraftLine, Rect, Word
from indexer.extract.landmarks import right_hand_start
from indexer.extract.pdf_page import RawPage, Segment
from indexer.extract.pdf_tables import find_tables, table_lines
from indexer.extract.tables import CELL_BORDER

_GUTTER = 8.0  # points; narrower gaps are blanks
_WIDE_GAP = 40.0  # points; pieces of a lone row further apart are separate lines
_CENTER_SLACK = 9.0  # points
_NUMBERS = re.compile(r"[\d.,%/ -]+")
_HEADER_ROWS = 16  # rows of the page among which a header is looked for

Gap = tuple[float, float]


@dataclass(slots=True)
class Row:
    """Segments of one height, from left to right."""

    segments: list[Segment]
    rect: Rect

    @property
    def gaps(self) -> list[Gap]:
        """The free stretches between its segments that are wide enough to part columns."""
        ends = ((a.rect.x1, b.rect.x0) for a, b in pairwise(self.segments))
        return [(x0, x1) for x0, x1 in ends if x1 - x0 >= _GUTTER]


@dataclass(frozen=True, slots=True)
class Area:
    """The stretch of the page that text fills, from left to right."""

    left: float
    right: float

    def centers(self, rect: Rect) -> bool:
        """True if `rect` is centred here and leaves room on both sides."""
        room = 0.07 * (self.right - self.left)
        return (
            abs((rect.x0 + rect.x1) - (self.left + self.right)) / 2 <= _CENTER_SLACK
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


def ordered_lines(page: RawPage) -> list[DraftLine]:
    """The lines of the page as a person reads them, without paragraph marks yet."""
    tables = find_tables(page.rules)
    in_tables: dict[int, list[Segment]] = {}
    rows: list[Row] = []
    for row in page_rows(page.segments):
        free = []
        for segment in row.segments:
            table = next((i for i, t in enumerate(tables) if t.holds(segment.rect)), None)
            if table is None:
                free.append(segment)
            else:
                in_tables.setdefault(table, []).append(segment)
        if free:
            rows.append(Row(free, reduce(Rect.union, (s.rect for s in free))))
    _cut_headers(rows)
    area = _text_area(rows, page)
    lines: list[DraftLine] = []
    pending = sorted((tables[i].rect.y0, i) for i in in_tables)
    start = 0
    for top, index in pending:
        end = next((i for i in range(start, len(rows)) if rows[i].rect.y0 >= top), len(rows))
        lines += _flow(rows[start:end], area)
        lines += table_lines(tables[index], in_tables[index])
        start = end
    lines += _flow(rows[start:], area)
    lines += [DraftLine(s.words, s.rect, s.bold) for s in page.sideways]
    _uncenter_aligned(lines)
    _center_followers(lines)
    return lines


def _same_height(first: Rect, second: Rect) -> bool:
    shared = min(first.y1, second.y1) - max(first.y0, second.y0)
    return shared > 0.5 * min(first.y1 - first.y0, second.y1 - second.y0)


def _text_area(rows: list[Row], page: RawPage) -> Area:
    """From the usual left edge to the usual right edge; the page itself if it has few rows."""
    if len(rows) < 3:
        return Area(0.1 * page.width, 0.93 * page.width)
    lefts = sorted(row.rect.x0 for row in rows)
    rights = sorted(row.rect.x1 for row in rows)
    return Area(lefts[len(lefts) // 20], rights[-1 - len(rights) // 20])


def _uncenter_aligned(lines: list[DraftLine]) -> None:
    """A line that begins exactly where longer or shorter ones begin is aligned left, not centred."""
    ends: dict[int, list[float]] = {}
    for line in lines:
        if line.rect is not None and line.column is None:
            ends.setdefault(round(line.rect.x0), []).append(line.rect.x1)
    for line in lines:
        if line.centered and line.rect is not None and line.column is None:
            others = ends[round(line.rect.x0)]
            line.centered = all(abs(x1 - line.rect.x1) <= 2 * _CENTER_SLACK for x1 in others)


def _center_followers(lines: list[DraftLine]) -> None:
    """A wide line of a centred title is centred too, though it leaves no room at its sides."""
    for before, line in pairwise(lines):
        if (
            before.centered
            and before.column is None
            and line.column is None
            and line.bold == before.bold
        ):
            middles = [r.x0 + r.x1 for r in (before.rect, line.rect) if r is not None]
            if len(middles) == 2 and abs(middles[0] - middles[1]) <= 4:
                line.centered = True


def _cut_headers(rows: list[Row]) -> None:
    """Part segments in which the right header column is glued to the left one."""
    for row in rows[:_HEADER_ROWS]:
        parted: list[Segment] = []
        for segment in row.segments:
            cut = right_hand_start([word.text for word in segment.words])
            parted += [segment] if not cut else _halves(segment, cut)
        row.segments = parted


def _halves(segment: Segment, cut: int) -> list[Segment]:
    return [_segment(segment.words[:cut], segment.bold), _segment(segment.words[cut:], segment.bold)]


def _segment(words: list[Word], bold: bool) -> Segment:
    return Segment(words, _around(words), bold)


def _around(words: Iterable[Word]) -> Rect:
    return reduce(Rect.union, (word.rect for word in words if word.rect is not None))


# ---------------------------------------------------------------- side-by-side columns


@dataclass(frozen=True, slots=True)
class Block:
    """Rows `start:end` share free stretches that part them into columns."""

    start: int
    end: int
    gaps: tuple[Gap, ...]


def _flow(rows: list[Row], area: Area) -> list[DraftLine]:
    lines: list[DraftLine] = []
    at = 0
    for block in _blocks(rows, area):
        lines += [_whole_row(row, area) for row in rows[at : block.start]]
        lines += _block_lines(rows[block.start : block.end], block.gaps, area)
        at = block.end
    lines += [_whole_row(row, area) for row in rows[at:]]
    return lines


def _blocks(rows: list[Row], area: Area) -> Iterator[Block]:
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
        yield Block(start, end, tuple(gaps))


def _free(gaps: list[Gap], row: Row) -> list[Gap]:
    """What `row` leaves free of `gaps`; wide enough parts only."""
    for segment in row.segments:
        rect = segment.rect
        parts = [part for x0, x1 in gaps for part in ((x0, min(x1, rect.x0)), (max(x0, rect.x1), x1))]
        gaps = sorted({(x0, x1) for x0, x1 in parts if x1 - x0 >= _GUTTER})
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
    if len(rows) == 1 and not any(x1 - x0 >= _WIDE_GAP for x0, x1 in gaps):
        return [_whole_row(rows[0], area)]
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
            centered = len(column) > 1 and abs(middle_off) <= _CENTER_SLACK
            lines.append(_line(row, centered=centered, column=name))
    return lines


def _right_is_numbers(rows: list[Row]) -> bool:
    return all(_NUMBERS.fullmatch(row.segments[-1].text) for row in rows)


def _table_row(row: Row) -> DraftLine:
    words: list[Word] = []
    for segment in row.segments:
        words += [CELL_BORDER, *segment.words] if words else segment.words
    return DraftLine(words, row.rect, all(s.bold for s in row.segments))


def _whole_row(row: Row, area: Area) -> DraftLine:
    return _line(row, centered=area.centers(row.rect), column=None)


def _line(row: Row, *, centered: bool, column: str | None) -> DraftLine:
    words = [word for segment in row.segments for word in segment.words]
    letters = sum(len(word.text) for word in words)
    bold = sum(len(s.text) for s in row.segments if s.bold) > letters / 2
    return DraftLine(words, row.rect, bold, centered, column)
