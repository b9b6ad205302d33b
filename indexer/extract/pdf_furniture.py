"""Page numbers, running headers and footers: taken out of the text.

Never taken out: Quốc hiệu and its companions, and the first appearance of a secrecy mark, which
the importer must see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from indexer.extract.landmarks import is_fixed, is_mark
from indexer.extract.pdf_page import RawPage
from indexer.extract.pdf_rows import Row, page_rows

_PAGE_NUMBER = re.compile(r"[-–—|.\s]*(?:trang|page)?\s*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—|.\s]*", re.I)
_NUMBER_AT_EDGE = re.compile(
    r"(?:(?P<before>\d{1,4})\b)?(?P<words>.*?)(?:\b(?P<after>\d{1,4})(?:\s*/\s*\d{1,4})?)?", re.S
)
_GAZETTE = re.compile(r"CÔNG BÁO\s?/\s?Số[\d\s+-]+/\s?Ngày[\d\s-]+")  # also in issues of two pages
_MARGIN = 0.12  # share of the page height where numbers and running lines stand
_DEEPEST = 3  # rows at the top and at the bottom that may be furniture
_STANDS_OFF = 0.6  # of the type height: the free height between furniture and text
_FEWEST_PAGES = 3
_SHARE_OF_PAGES = 0.25  # left and right pages differ, and parts of a volume do

Key = tuple[str, int | None]


class Furniture:
    """Page numbers and lines that repeat at the edge of many pages of a document."""

    def __init__(self, pages: Sequence[RawPage]) -> None:
        """Look through `pages`; those that are set aside stay so."""
        counts: Counter[Key] = Counter()
        self._edges: dict[int, tuple[list[Row], list[Row]]] = {}  # of pages at hand, by number
        for page in pages:
            was_aside = page.packed is not None
            page.take_back()
            edges = _edges(page)
            if not was_aside:
                self._edges[page.number] = edges
            edge = [s for rows in edges for row in rows[:_DEEPEST] for s in row.segments]
            counts.update(
                {key for segment in edge + page.sideways for key in _keys(segment.text, page.number)}
            )
            if was_aside:
                page.set_aside()
        enough = max(_FEWEST_PAGES, _SHARE_OF_PAGES * len(pages))
        self._running = {key for key, count in counts.items() if count >= enough and key[0]}
        self._marks_seen: set[str] = set()

    def remove_from(self, page: RawPage) -> None:
        """Take it out of a page, in place; the pages of a document in their order."""
        removed: set[int] = set()
        for rows in self._edges.pop(page.number, None) or _edges(page):
            gone = _furniture_rows(rows, page, self._running, self._marks_seen)
            removed.update(id(segment) for row in gone for segment in row.segments)
        self._marks_seen.update(s.text for s in page.segments if is_mark(s.text))
        page.segments = [s for s in page.segments if id(s) not in removed]
        page.sideways = [
            s
            for s in page.sideways
            if not _removable(s.text, page.number, self._running, self._marks_seen)
        ]


def _edges(page: RawPage) -> tuple[list[Row], list[Row]]:
    """The rows near the top edge, from the edge inwards, then those near the bottom edge.

    One row more than may be removed, to measure how far furniture stands off.
    """
    rows = page_rows(page.segments)
    return rows[: _DEEPEST + 1], rows[: -_DEEPEST - 2 : -1]


def _furniture_rows(
    rows: list[Row], page: RawPage, running: set[Key], marks_seen: set[str]
) -> list[Row]:
    """Those of `rows` (from the edge inwards) that are furniture."""
    gone: list[Row] = []
    for row in rows[:_DEEPEST]:
        in_margin = row.rect.y1 <= _MARGIN * page.height or row.rect.y0 >= (1 - _MARGIN) * page.height
        texts = [segment.text for segment in row.segments]
        if not in_margin or not all(_removable(t, page.number, running, marks_seen) for t in texts):
            break
        gone.append(row)
    # Footnotes may end alike on many pages; but they stand close to the line before.
    while (
        gone and len(gone) < len(rows) and _is_running(gone[-1]) and _close(gone[-1], rows[len(gone)])
    ):
        gone.pop()
    return gone


def _is_running(row: Row) -> bool:
    return not all(_PAGE_NUMBER.fullmatch(segment.text) for segment in row.segments)


def _close(first: Row, second: Row) -> bool:
    gap = max(first.rect.y0 - second.rect.y1, second.rect.y0 - first.rect.y1)
    return gap < _STANDS_OFF * (first.rect.y1 - first.rect.y0)


def _removable(text: str, page: int, running: set[Key], marks_seen: set[str]) -> bool:
    if _PAGE_NUMBER.fullmatch(text) or _GAZETTE.fullmatch(text):
        return True
    if is_mark(text):
        return text in marks_seen
    return any(key in running for key in _keys(text, page)) and not is_fixed(text)


def _keys(text: str, page: int) -> Iterator[Key]:
    """What makes two running lines the same: their words, with or without the page number in them.

    "Báo cáo 2020 | 7" on page 5 and "Báo cáo 2020 | 8" on page 6 are the same line: the second key
    keeps the words and how far the number is off the page's place in the file.
    """
    yield "".join(text.split()).casefold(), None
    match = _NUMBER_AT_EDGE.fullmatch(text)
    if match and (match["before"] or match["after"]):
        number = int(match["before"] or match["after"])
        yield "".join(match["words"].split()).casefold(), number - page
