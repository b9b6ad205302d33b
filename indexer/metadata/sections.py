"""The outline of a document: Phần, Chương, Mục, Điều, Phụ lục, I., 1., a).

What stands below what follows from the kinds of numbering: in a plan "1." stands below "I.", in a law
Điều below Mục below Chương (Nghị định 30/2020/NĐ-CP, Phụ lục I, and the forms of normative texts).
Numbers must count up from 1, so a year or a figure at the start of a line is no section. An excerpt
may leave articles out; where an article is quoted between two others, those two go on counting.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.metadata.lines import Role, TextLine
from kb.model import Section

# Letters of points: the Vietnamese alphabet in the order of official documents, without f j w z.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ORDINALS = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_MAX_TITLE = 160  # characters of one line; a longer line is a paragraph, not a heading
_MAX_GAP = 3  # numbers that may be missing in between: a lost line must not hide the rest
_ARTICLE = 4  # rank of Điều


@dataclass(frozen=True, slots=True)
class _Style:
    """A kind of numbering; `rank` orders them from the outermost inwards."""

    word: str  # what people call it; "" where only the number is printed
    rank: int
    pattern: re.Pattern[str]  # groups: number, title


_STYLES = (
    _Style("Phụ lục", 0, re.compile(r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?([IVXLC\d]+))?\W{0,3}(.*)")),
    _Style(
        "Phần",
        0,
        re.compile(rf"PHẦN\s+(?:THỨ\s+)?({'|'.join(_ORDINALS)}|[IVX]+|\d+)\b[.:]?\s*(.*)", re.I),
    ),
    _Style("Chương", 1, re.compile(r"CHƯƠNG\s+([IVXLC]+|\d+)\b[.:]?\s*(.*)", re.I)),
    _Style("Mục", 2, re.compile(r"MỤC\s+(\d+|[IVX]+)\b[.:]?\s*(.*)", re.I)),
    _Style("Tiểu mục", 3, re.compile(r"TIỂU MỤC\s+(\d+|[IVX]+)\b[.:]?\s*(.*)", re.I)),
    _Style("Điều", _ARTICLE, re.compile(r"ĐIỀU\s+(\d{1,3}[a-zđ]?)\s*[.:]\s*-?\s*(.*)", re.I)),
    _Style("", 5, re.compile(r"([IVXLC]{1,6})\s?[.–/)-]+\s*(\S.*)")),
    _Style("", 6, re.compile(r"(\d{1,2})\s?[.)]\s+(\S.*)")),
    _Style("", 7, re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,2})\.?\s+(\S.*)")),
    _Style("", 8, re.compile(rf"([{_LETTERS}])\)\s*(\S.*)")),
)


@dataclass(frozen=True, slots=True)
class _Heading:
    style: _Style
    number: str
    title: str
    start: int


def is_heading(text: str) -> bool:
    """Whether a line starts with one of the numberings of a body."""
    return any(style.pattern.fullmatch(text) for style in _STYLES)


def read_sections(lines: Sequence[TextLine], start: int, end: int) -> tuple[Section, ...]:
    """The sections among the lines within characters start:end, in order.

    A section ends where the next one of its rank or above begins. Clauses and points of an article
    are left out: people cite the article, and long laws have thousands of them.
    """
    within = [line for line in lines if start <= line.start < end]
    found: list[Section] = []
    open_: list[tuple[_Heading, int]] = []  # heading, its place in `found`

    def close(rank: int, at: int) -> None:
        while open_ and open_[-1][0].style.rank >= rank:
            _, place = open_.pop()
            section = found[place]
            found[place] = Section(section.start, at, section.level, section.label, section.title)

    for heading in _headings(within):
        close(heading.style.rank, heading.start)
        label = _label(heading, [each for each, _ in open_])
        found.append(Section(heading.start, end, len(open_) + 1, label, heading.title))
        open_.append((heading, len(found) - 1))
    return tuple(found)


def _headings(lines: Sequence[TextLine]) -> Iterator[_Heading]:
    last: dict[int, int] = {}  # rank -> the number reached in the part that is open
    article_open = False
    articles = _Articles(lines)
    for place, line in enumerate(lines):
        for style in _STYLES:
            match = style.pattern.fullmatch(line.text)
            if match is None or (article_open and style.rank > _ARTICLE):
                continue
            if style.word == "Phụ lục" and not line.fits(Role.ANNEX):
                continue
            number = match[1] or ""
            value = _value(number, last.get(style.rank, 0)) if number else last.get(style.rank, 0) + 1
            before = last.get(style.rank)
            counts_on = value == 1 or (before is not None and before <= value < before + _MAX_GAP)
            is_article = style.rank == _ARTICLE
            if not counts_on and not (is_article and articles.left_out(place, value, before)):
                continue
            # What is numbered below starts anew; articles count on through all chapters.
            last = {rank: n for rank, n in last.items() if rank < style.rank or rank == _ARTICLE}
            last[style.rank] = value
            if style.rank <= _ARTICLE:
                article_open = is_article
            yield _Heading(style, number, _title(lines, place, style, match[2]), line.start)
            break


class _Articles:
    """Which lines look like the heading of an article, to tell an excerpt from a quotation."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        article = next(style for style in _STYLES if style.rank == _ARTICLE)
        self._places: dict[int, list[int]] = {}  # number -> places of its lines, in order
        for place, line in enumerate(lines):
            if match := article.pattern.fullmatch(line.text):
                number = int(match[1].rstrip(match[1].lstrip("0123456789")))
                self._places.setdefault(number, []).append(place)

    def left_out(self, place: int, value: int, before: int | None) -> bool:
        """Whether the article `value` at `place` follows `before` with others left out between them.

        It does if none of those below it, up to the next that begins at 1, goes on from `before`.
        """
        if before is None or value <= before:
            return False
        following = min(self._next(before + step, place) for step in range(1, _MAX_GAP))
        return following >= self._next(1, place)

    def _next(self, number: int, place: int) -> float:
        places = self._places.get(number, [])
        index = bisect_right(places, place)
        return places[index] if index < len(places) else math.inf


def _value(number: str, last: int) -> int:
    """What a number counts: "IV" 4, "đ" 5, "2.3" 3, "9a" as the article before it plus one."""
    if number.lower() in _ORDINALS:
        return _ORDINALS.index(number.lower()) + 1
    if number.isdigit():
        return int(number)
    if "." in number:
        return int(number.rsplit(".", 1)[1])
    if number[0].isdigit():
        return last + 1
    if number.isupper() and all(letter in _ROMAN for letter in number):
        values = [_ROMAN[letter] for letter in number]
        return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return _LETTERS.index(number) + 1 if number in _LETTERS else 0


def _title(lines: Sequence[TextLine], place: int, style: _Style, rest: str) -> str:
    """The words of a heading: on its line, on the following bold lines, or on the line below."""
    words = [rest] if rest else []
    line = lines[place]
    for following in lines[place + 1 : place + 4]:
        below = not words and style.rank < _ARTICLE
        wrapped = bool(words) and line.bold and following.bold and not following.new_paragraph
        centered = style.rank < _ARTICLE and following.capitals and (following.centered or not words)
        if is_heading(following.text) or not (below or wrapped or centered):
            break
        words.append(following.text)
    title = " ".join(words)
    if line.bold or style.rank < _ARTICLE:
        return title
    following_line = lines[place + 1] if place + 1 < len(lines) else None
    wraps = following_line is not None and not following_line.new_paragraph and len(line.text) > 60
    runs_on = wraps and following_line is not None and not is_heading(following_line.text)
    sentence = len(title) > _MAX_TITLE or title.endswith((".", ";", ",")) or runs_on
    return "" if sentence else title.rstrip(":")


def _label(heading: _Heading, above: Sequence[_Heading]) -> str:
    """As people cite it: "Điều 9", "Chương II", "Mục 1 Chương II", "Mục II.2"."""
    word, number = heading.style.word, heading.number
    if word:
        own = (
            f"{word} thứ {number.lower()}"
            if number.lower() in _ORDINALS
            else f"{word} {number}".strip()
        )
        parent = above[-1] if above else None
        if heading.style.rank in (2, 3) and parent is not None and parent.style.word:
            return f"{own} {parent.style.word} {parent.number}"
        return own
    if "." in number:
        above = [each for each in above if each.style.rank == 5]  # "2.1" holds the number above itself
    numbers = [each.number for each in above if not each.style.word] + [number]
    return "Mục " + ".".join(numbers)
