"""The reading order of a PDF page: header columns, ruled tables, running text."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise

from indexer.extract.assemble import DraftLine, Rect
from indexer.extract.landmarks import right_hand_start
from indexer.extract.pdf_columns import flowing_lines
from indexer.extract.pdf_page import RawPage, Segment
from indexer.extract.pdf_rows import CENTER_SLACK, Area, Row, page_rows
from indexer.extract.pdf_tables import find_tables, table_lines

_HEADER_ROWS = 16  # rows of the page among which a header is looked for


def ordered_lines(page: RawPage) -> list[DraftLine]:
    """The lines of the page as a person reads them, without paragraph marks yet."""
    tables = find_tables(page.rules)
    in_tables: dict[int, list[Segment]] = {}
    found = page_rows(page.segments)
    rows: list[Row] = [] if tables else found
    for row in found if tables else ():
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
        lines += flowing_lines(rows[start:end], area)
        lines += table_lines(tables[index], in_tables[index])
        start = end
    lines += flowing_lines(rows[start:], area)
    lines += [DraftLine(s.words, s.rect, s.bold) for s in page.sideways]
    _uncenter_aligned(lines)
    _center_followers(lines)
    return lines


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
            line.centered = all(abs(x1 - line.rect.x1) <= 2 * CENTER_SLACK for x1 in others)


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
            if cut:
                row.narrowest = 0.0  # known to be two columns, however close
        row.segments = parted


def _halves(segment: Segment, cut: int) -> list[Segment]:
    halves = []
    for words in (segment.words[:cut], segment.words[cut:]):
        rect = reduce(Rect.union, (word.rect for word in words if word.rect is not None))
        halves.append(Segment(words, rect, segment.bold))
    return halves
