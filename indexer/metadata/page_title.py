"""The title that a web page or a collection puts above a reprinted document.

"Luật Lâm nghiệp số 16/2017/QH14": a kind's name first, the number last. The number of a document that
is amended may stand in it too, so the last one counts, and only where the document has none itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.metadata.lines import TextLine
from kb.model import Span
from kb.vietnamese import kinds
from kb.vietnamese.symbols import Symbol, find_all

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
            for found in reversed(find_all(part.text)):
                numbered = _NUMBERED.search(part.text[: found.span.start])
                if found.symbol.family != "bare" and found.symbol.number and numbered:
                    span = Span(part.start + found.span.start, part.start + found.span.end)
                    subject = _subject(line, kind[1], span) if part is line else None
                    return PageTitle(*kind, found.symbol, span, subject, line)
    return None


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
