"""Where sentences, clauses and list items begin: what a passage is cut along.

Text comes with the line breaks of its source. A paragraph ends at an empty line or before a line that
opens with a number or a dash; a single line break inside a paragraph is only a wrapped line.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_BLOCK = 2_048  # characters whose boundaries are found at once: only the parts looked at cost time
_FARTHEST = 4  # blocks looked through for the next boundary; no sentence is that long

_STOP = re.compile(r"[.!?]|\n")
_CLOSING = "”\"')]»"
# Nothing ends behind these: "TP. Hồ Chí Minh", "KT. CHỦ TỊCH", "v.v. và".
_SHORTENED = frozenset(
    (
        *("TP", "Tp", "TX", "TT", "Q", "P", "H", "X"),
        *("KT", "TM", "TL", "TUQ", "Đ/c", "đ/c", "v.v", "tr"),
        *("GS", "PGS", "TS", "ThS", "BS", "KS"),
    )
)
_LAST_WORD = re.compile(r"(?:^|[\s(\"“])(\S{1,5})$")
_OPENS = re.compile(
    r"(?P<heading>(?:PHỤ LỤC|Phụ lục|PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)(?:\s+(?:số|thứ|THỨ))?"
    r"\s+\w{1,5}\s*(?=[.:\n])|(?:ĐIỀU|Điều)\s+\d{1,3}[a-zđ]?\s*[.:])"
    r"|(?P<roman>[IVXL]{1,6}\s?[.)])\s"
    r"|(?P<number>\d{1,2}\s?[.)])\s"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,2}\.?)\s"
    r"|(?P<letter>[a-zđ]\))\s"
    r"|(?P<dash>[-+*•–])\s"
)
RANKS = {"heading": 0, "roman": 1, "number": 2, "decimal": 3, "letter": 4, "dash": 5}
PLAIN = 6  # of a paragraph that opens with none of these


class Sentences:
    """The sentences of one text, found where they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blocks: dict[int, list[int]] = {}

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
        text = self._text
        before = start - 1
        while before >= 0 and text[before] in " \t":
            before -= 1
        if before >= 0 and text[before] != "\n":
            return None
        opening = _OPENS.match(text, start)
        return RANKS[str(opening.lastgroup)] if opening else PLAIN

    def _bounds(self, block: int) -> list[int]:
        """The starts of sentences whose stop lies in the block."""
        found = self._blocks.get(block)
        if found is None:
            first = block * _BLOCK
            found = [] if block else [_skip_blank(self._text, 0)]
            for match in _STOP.finditer(self._text, first, first + _BLOCK):
                bound = self._bound(match.start())
                if bound is not None and (not found or bound > found[-1]):
                    found.append(bound)
            self._blocks[block] = found
        return found

    def _bound(self, stop: int) -> int | None:
        """Where the sentence behind a stop begins, if the stop ends one."""
        text = self._text
        at = stop + 1
        if text[stop] == "\n":
            start = _skip_blank(text, at)
            is_end = "\n" in text[at:start] or _OPENS.match(text, start) is not None
            return start if is_end and start < len(text) else None
        while at < len(text) and text[at] in _CLOSING:
            at += 1
        if at >= len(text) or not text[at].isspace():
            return None
        start = _skip_blank(text, at)
        if start >= len(text) or text[start].islower() or self._is_no_end(stop):
            return None
        return start

    def _is_no_end(self, stop: int) -> bool:
        """Whether the point belongs to the number that opens a line or to a shortened word."""
        if self._text[stop] != ".":
            return False
        line = self._text.rfind("\n", max(stop - 8, 0), stop) + 1
        if line or stop < 8:
            opening = _OPENS.match(self._text, _skip_blank(self._text, line))
            if opening is not None and opening.end() > stop:
                return True
        last = _LAST_WORD.search(self._text, max(stop - 7, 0), stop)
        return last is not None and last[1] in _SHORTENED


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
