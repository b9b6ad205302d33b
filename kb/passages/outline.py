"""A text with its pages and sections, and how people cite a place in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kb.catalog.codec import HEAD_FIELDS
from kb.model import Document, Section

HEAD_LENGTH = 3_000  # characters; a field found beyond them does not stand in the head

_CLAUSE = (re.compile(r"\n[ \t]*(\d{1,2})[ \t]?[.)][ \t]"), [str(n) for n in range(1, 100)])
_POINT = (re.compile(r"\n[ \t]*([a-zđ])\)[ \t]"), "abcdđeghiklmnopqrstuvxy")
# An annex counts its sections anew, and the articles of what it encloses too; a part only its sections.
_ANNEX, _PART, _ARTICLE = "Phụ lục", "Phần", "Điều"


class Paged(Protocol):
    """A page: where it begins in the text, and its number."""

    @property
    def start(self) -> int: ...
    @property
    def number(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Outline:
    """What passages are cut from: a text, where its pages and sections are, where its body begins."""

    text: str
    pages: Sequence[Paged] = ()
    sections: Sequence[Section] = ()
    body: int = 0

    @classmethod
    def of(cls, document: Document) -> Outline:
        """The outline of a whole document."""
        values = [getattr(document.metadata, name) for name in HEAD_FIELDS]
        ends = [value.span.end for value in values if value is not None and value.span is not None]
        return cls(document.text, document.pages, document.sections, body_start(ends))


def body_start(ends: Sequence[int]) -> int:
    """Where the body begins: behind the title, and the symbol, date and subject of an official
    document, which end at `ends`; 0 without any."""
    return max((end for end in ends if end < HEAD_LENGTH), default=0)


def page_at(pages: Sequence[Paged], offset: int) -> int:
    """Number of the page that holds the offset (1 where there are no pages)."""
    index = bisect_right(pages, offset, key=lambda page: page.start) - 1
    return pages[max(index, 0)].number if pages else 1


def section_at(sections: Sequence[Section], offset: int) -> Section | None:
    """The innermost section around the offset."""
    inside = [section for section in sections if section.start <= offset < section.end]
    return max(inside, key=lambda section: section.level) if inside else None


def citation(outline: Outline, start: int, end: int) -> str | None:
    """How to cite the passage start:end: "Điều 9", "điểm a khoản 2 Điều 9", "Mục II.2",
    "Mục 3 Phụ lục I"; None outside all sections.

    Clause and point are named where the passage lies inside one of them.
    """
    section = section_at(outline.sections, start)
    if section is None:
        return None
    label = section.label
    if label.startswith(_ARTICLE):
        label = " ".join([*_within_article(outline.text, section.start, start, end), label])
    for outer in outline.sections:
        encloses = outer.start <= start < outer.end and outer is not section
        if encloses and outer.label.startswith(_ANNEX):
            return f"{label} {outer.label}"
        if encloses and outer.label.startswith(_PART) and section.label.startswith("Mục"):
            return f"{label} {outer.label}"
    return label


def _within_article(text: str, article: int, start: int, end: int) -> list[str]:
    """The point and the clause of an article that the passage lies in."""
    clause = _enclosing(_CLAUSE, text, article, start, end)
    point = _enclosing(_POINT, text, clause[1] if clause else article, start, end)
    cited = [f"điểm {point[0]}"] if point else []
    return [*cited, f"khoản {clause[0]}"] if clause else cited


def _enclosing(
    numbering: tuple[re.Pattern[str], Sequence[str]], text: str, begin: int, start: int, end: int
) -> tuple[str, int] | None:
    """The numbered part of text[begin:] that holds all of start:end: its number, where it starts.

    Numbers must count up from the first, so that a wrapped line that begins with one is no part.
    """
    pattern, numbers = numbering
    found: tuple[str, int] | None = None
    wanted = 0
    for match in pattern.finditer(text, begin, end):
        if wanted == len(numbers) or match[1] != numbers[wanted]:
            continue
        if match.start(1) > start:
            return None
        found = (match[1], match.start(1))
        wanted += 1
    return found
