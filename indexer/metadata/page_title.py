"""The title that a web page or a collection puts above a reprinted document.

"Thông tư số 53/2025/TT-BXD Công bố …": the number right behind the kind's name. Else it comes last,
"Luật Lâm nghiệp số 16/2017/QH14", behind those of documents that are amended. It counts only where
the document has none itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.metadata.lines import TextLine
from kb.model import Span
from kb.vietnamese import kinds
from kb.vietnamese.symbols import Found, Symbol, find_all

_LINES = 12
_MAX_LINES = 4  # of one title in capitals
_KIND_WORDS = 5
_NUMBERED = re.compile(r"\bsố\s*$", re.I)


@dataclass(frozen=True, slots=True)
class PageTitle:
    """Kind and symbol in such a title, and where they stand."""

    kind: str
    kind_span: Span
    symbol: Symbol
    symbol_span: Span
    subject_span: Span | None  # what follows the symbol, or stands between kind and "số"
    line: TextLine


def read_page_title(lines: Sequence[TextLine]) -> PageTitle | None:
    """The first such title among the first lines."""
    for line in lines[:_LINES]:
        kind = _kind_at_start(line)
        if kind is None:
            continue
        title = [line]
        for following in lines[line.index + 1 : line.index + _MAX_LINES]:
            if not (line.capitals and following.capitals):
                break
            title.append(following)
        for part in reversed(title):
            for found in _numbers(part, kind[1] if part is line else None):
                numbered = _NUMBERED.search(part.text[: found.span.start])
                if found.symbol.family != "bare" and found.symbol.number and numbered:
                    span = Span(part.start + found.span.start, part.start + found.span.end)
                    subject = _subject(line, kind[1], span) if part is line else None
                    return PageTitle(*kind, found.symbol, span, subject, line)
    return None


def _numbers(line: TextLine, kind: Span | None) -> list[Found]:
    """The symbols on a line, the likeliest first: one right behind the kind, else the last."""
    found = find_all(line.text)
    if found and kind is not None:
        between = line.text[kind.end - line.start : found[0].span.start]
        if re.fullmatch(r"\s*số\s*:?\s*", between, re.I):
            return [found[0]]
    return list(reversed(found))


def _subject(line: TextLine, kind: Span, symbol: Span) -> Span | None:
    behind = line.text[symbol.end - line.start :]
    if behind.strip(" .:-–"):
        start = symbol.end + len(behind) - len(behind.lstrip(" .:-–"))
        return Span(start, line.end)
    between = _NUMBERED.sub("", line.text[kind.end - line.start : symbol.start - line.start])
    if not between.strip():
        return None
    start = kind.end + len(between) - len(between.lstrip())
    return Span(start, kind.end + len(between.rstrip()))


def _kind_at_start(line: TextLine) -> tuple[str, Span] | None:
    words = list(re.finditer(r"\S+", line.text))
    for count in range(min(_KIND_WORDS, len(words)), 0, -1):
        end = words[count - 1].end()
        kind = kinds.by_name(line.text[:end])
        if kind is not None:
            return kind.id, Span(line.start, line.start + end)
    return None
