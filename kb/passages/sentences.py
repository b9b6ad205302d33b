"""Where sentences, clauses and list items begin: what a passage is cut along.

Text comes with the line breaks of its source. A paragraph ends at an empty line or before a line that
opens with a number or a dash; a single line break inside a paragraph is only a wrapped line.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_BLOCK = 512  # characters whose boundaries are found at once: only the parts looked at cost time
_BEYOND = 64  # characters after a block that a boundary at its end may need to see
_FARTHEST = 8  # blocks looked through for the next boundary; no sentence is that long

_OPENING = (
    r"(?P<heading>(?:PHỤ LỤC|Phụ lục|PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)(?:\s+(?:số|thứ|THỨ))?"
    r"\s+\w{1,5}\s*(?=[.:\n])|(?:ĐIỀU|Điều)\s+\d{1,3}[a-zđ]?\s*[.:])"
    r"|(?P<roman>[IVXL]{1,6}\s?[.)])\s"
    r"|(?P<number>\d{1,2}\s?[.)])\s"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,2}\.?)\s"
    r"|(?P<letter>[a-zđ]\))\s"
    r"|(?P<dash>[-+*•–])\s"
)
_OPENS = re.compile(_OPENING)
_UNNAMED = re.sub(r"\?P<\w+>", "?:", _OPENING)
RANKS = {"heading": 0, "roman": 1, "number": 2, "decimal": 3, "letter": 4, "dash": 5}
ROW = 6  # of a table: cells with bars between them
PLAIN = 7  # of a paragraph that opens with none of these

# The end of a sentence, which no small letter follows; an empty line; a line that opens a part.
_SMALL = "a-zà-ýăđĩũơưạ-ỹ"
_STOP = re.compile(rf"[.!?][”\"')\]»]*\s++(?![{_SMALL}])|\n[ \t]*+(?:\n\s*+|(?={_UNNAMED}))")
_NUMBER = re.compile(r"(?:(?:Điều|ĐIỀU)\s+)?\d{1,3}[a-zđ]?(?:\.\d{1,2}){0,2}|[IVXL]{1,6}|[a-zđ]")
_LONG_WORD = 4  # letters: longer than a shortened word in small letters
# Nothing ends behind these: "TP. Hồ Chí Minh", "KT. CHỦ TỊCH", "Đ/c. Trần Văn B".
_SHORTENED = frozenset(
    (
        *("TP", "Tp", "TX", "TT", "Q", "P", "H", "X"),
        *("KT", "TM", "TL", "TUQ", "Đ/c", "đ/c", "v.v", "tr"),
        *("GS", "PGS", "TS", "ThS", "BS", "KS"),
    )
)


class Sentences:
    """The sentences of one text, found where they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks: dict[int, list[int]] = {}
        self._ranks: dict[int, int | None] = {}

    def around(self, offset: int) -> tuple[int, int]:
        """Where the sentence around the offset begins, and the one behind it."""
        bounds = self._bounds(offset // _BLOCK)
        place = bisect_right(bounds, offset)
        if 0 < place < len(bounds):
            return bounds[place - 1], bounds[place]
        return self.start(offset), self.next(offset)

    def start(self, offset: int) -> int:
        """Where the sentence around the offset begins."""
        block = offset // _BLOCK
        for number in range(block, max(block - _FARTHEST, -1), -1):
            bounds = self._bounds(number)
            place = bisect_right(bounds, offset)
            if place:
                return bounds[place - 1]
        return 0 if block < _FARTHEST else (block - _FARTHEST + 1) * _BLOCK

    def next(self, offset: int) -> int:
        """Where the next sentence begins, or the length of the text."""
        block = offset // _BLOCK
        for number in range(block, block + _FARTHEST):
            if number * _BLOCK >= len(self._text):
                return len(self._text)
            bounds = self._bounds(number)
            place = bisect_right(bounds, offset)
            if place < len(bounds):
                return bounds[place]
        return min(len(self._text), (block + _FARTHEST) * _BLOCK)

    def rank(self, start: int) -> int | None:
        """How the paragraph that begins there opens: 0 for an article or a chapter, more for smaller
        parts (RANKS), PLAIN without a number. None for a sentence within a paragraph."""
        if start not in self._ranks:
            self._ranks[start] = self._rank(start)
        return self._ranks[start]

    def _rank(self, start: int) -> int | None:
        text = self._text
        before = start - 1
        while before >= 0 and text[before] in " \t":
            before -= 1
        if before >= 0 and text[before] != "\n":
            return None
        opening = _OPENS.match(text, start)
        if opening:
            return RANKS[str(opening.lastgroup)]
        line = text.find("\n", start)
        return ROW if text.find(" | ", start, line if line >= 0 else len(text)) >= 0 else PLAIN

    def _bounds(self, block: int) -> list[int]:
        """The starts of sentences whose stop lies in the block."""
        found = self._blocks.get(block)
        if found is None:
            first = block * _BLOCK
            found = [] if block else [_skip_blank(self._text, 0)]
            last, length = first + _BLOCK, len(self._text)
            for match in _STOP.finditer(self._text, first, last + _BEYOND):
                stop, bound = match.span()
                if stop >= last or bound >= length:
                    break
                if self._text[stop] != "." or not self._is_no_end(stop):
                    found.append(bound)
            self._blocks[block] = found
        return found

    def _is_no_end(self, stop: int) -> bool:
        """Whether the point belongs to the number that opens a line or to a shortened word."""
        text = self._text
        word = text[max(stop - _LONG_WORD, 0) : stop]
        if word.islower() and word.isalpha():
            return False  # as most sentences end; the rest looks closer
        line = max(text.rfind("\n", max(stop - 16, 0), stop), stop - 16 if stop > 16 else -1) + 1
        before = text[line:stop].lstrip()
        opens_line = line == 0 or text[line - 1] == "\n"
        if opens_line and _NUMBER.fullmatch(before):
            return True
        words = before.rsplit(None, 1)
        return bool(words) and words[-1].lstrip('(“"') in _SHORTENED


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
