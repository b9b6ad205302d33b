"""Terms that a document defines: "Trong … này, các từ ngữ dưới đây được hiểu như sau: 1. X là …".

Read from the article that explains terms, which normative documents have, and from any sentence that
says "… được hiểu là …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import Span, StoredText

VERSION = 1

_LONGEST = 12_000  # characters of an article of terms
_WORDS = 18  # of a term
_TEXT = 2_000  # characters of a definition
_ZONE = re.compile(
    r"(?:Giải\s+thích\s+(?:các\s+)?(?:từ\s+ngữ|thuật\s+ngữ)"
    r"|(?:từ\s+ngữ|thuật\s+ngữ)(?:\s+sau\s+đây|\s+dưới\s+đây)?\s+được\s+hiểu(?:\s+như\s+sau)?\s*:?)"
    r"[ .:]*\n",
    re.I,
)
_ZONE_END = re.compile(
    r"\n\s*(?:Điều\s+\d+[a-zđ]?\s*[.:]|Chương\s+[IVXLC\d]+\b|Mục\s+\d+\b|Phần\s+thứ\b)", re.I
)
_ITEM = re.compile(r"(?:^|\n)\s*(?:\d{1,2}[.)]|[a-zđ]\))\s+(?=\S)")
_PARAGRAPH = re.compile(r"\n\s*\n\s*(?=\S)")
# "gọi là" and "không phải là" within a term are part of it.
_IS = re.compile(
    r"(?<!gọi)(?<!phải)(?<!tức)(?<!hiểu)\s+(?:được\s+hiểu\s+là|là|(?:bao\s+)?gồm)\s*:?\s+(?=\S)|\s*:\s+là\s+",
    re.I,
)
_SAID = re.compile(
    r"(?:(?<=\n)|(?<=[.;:]\s)|^)\s*[“\"]?(?P<term>[A-ZÀ-ỴĐ][^.;:\n”\"]{2,120})[”\"]?\s+được\s+hiểu\s+là\s+(?P<text>[^.\n]+(?:\n[^.\n]+)*\.)",
)
_HINT = re.compile(r"được\s+hiểu\s+là")
_NO_TERM = re.compile(
    r"^(?:Trong|Các|Những|Điều|Khoản|Theo|Đây|Nội\s+dung\s+này|Quy\s+định\s+này)\b", re.I
)
_QUOTES = " “”\"'."
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it is said to be; `span` is the whole statement in the text."""

    term: str
    text: str
    span: Span


def read(stored: StoredText) -> tuple[Definition, ...]:
    """The terms a text defines, each once, in its order."""
    found: dict[str, Definition] = {}
    for definition in (*_articles(stored.text), *_sentences(stored.text)):
        found.setdefault(definition.term.lower(), definition)
    return tuple(sorted(found.values(), key=lambda each: each.span.start))


def _articles(text: str) -> Iterator[Definition]:
    after = 0
    for match in _ZONE.finditer(text):
        if match.end() <= after:
            continue
        ending = _ZONE_END.search(text, match.end() - 1, match.end() + _LONGEST)
        end = ending.start() if ending else min(len(text), match.end() + _LONGEST)
        yield from _items(text, match.end(), end)
        after = end


def _items(text: str, start: int, end: int) -> Iterator[Definition]:
    zone = text[start - 1 : end]
    starts = [match.end() for match in _ITEM.finditer(zone)]
    numbered = bool(starts)
    if not numbered:
        starts = [0, *(match.end() for match in _PARAGRAPH.finditer(zone))]
    for position, at in enumerate(starts):
        stop = starts[position + 1] if position + 1 < len(starts) else len(zone)
        item = zone[at:stop]
        if numbered:  # without the number of the next
            item = (
                _ITEM.sub("", item) if not item.strip() else re.sub(r"\n\s*\S{1,3}[.)]\s*$", "", item)
            )
        definition = _definition(item, start - 1 + at)
        if definition is not None:
            yield definition


def _definition(item: str, at: int) -> Definition | None:
    verb = _IS.search(item)
    if verb is None:
        return None
    term = _plain(item[: verb.start()]).strip(_QUOTES)
    text = _plain(item[verb.end() :])
    if not term or len(term.split()) > _WORDS or _NO_TERM.match(term) or len(text.split()) < 3:
        return None
    return Definition(term, text[:_TEXT], Span(at, at + len(item.rstrip())))


def _sentences(text: str) -> Iterator[Definition]:
    if not _HINT.search(text):  # most texts; the whole pattern takes its time
        return
    for match in _SAID.finditer(text):
        term = _plain(match["term"]).strip(_QUOTES)
        if len(term.split()) <= _WORDS and not _NO_TERM.match(term):
            yield Definition(
                term, _plain(match["text"])[:_TEXT], Span(match.start("term"), match.end())
            )


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
