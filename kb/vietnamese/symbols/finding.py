"""Symbols in running text, and the spans a segmenter must not cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.model import Span
from kb.vietnamese import kinds
from kb.vietnamese.dates import NOT_IN_NUMBER, find_day
from kb.vietnamese.symbols import grammar
from kb.vietnamese.symbols.symbol import (
    BARE,
    LETTER,
    Symbol,
    bare_symbol,
    is_year,
    old_symbol,
    party_symbol,
    state_symbol,
)

_BEFORE = r"(?<![\w/.,-])"
_PARTY = re.compile(r"(?<![\w/.,])" + grammar.PARTY)
_STATE = re.compile(_BEFORE + grammar.STATE)
_OLD = re.compile(_BEFORE + grammar.OLD)
# Small letters: 21/2009/nđ-cp, 12/kh-ubnd. Only where the first part is a kind's code.
_SMALL = re.compile(
    _BEFORE
    + rf"({grammar.NUMBER})/(?:({grammar.YEAR})/)?([a-zđ]{{2,5}}(?:-[a-zđ]{{2,12}}\d{{0,3}}){{1,4}})"
    r"(?![\w-])"
)
_DRAFT = re.compile(
    r"(?<!\w)[Ss]ố\s*:[\s.…_]{0,40}/((?:KH|[A-ZĐ][A-Za-zĐ]{1,4})-" + grammar.SEGMENTS + r")(?!\w)"
)

# Kinds that are cited by number alone.
_CITED = (
    "luat", "phap-lenh", "lenh", "sac-lenh", "nghi-quyet", "nghi-dinh", "quyet-dinh", "chi-thi",
    "thong-tu", "thong-tu-lien-tich", "ket-luan", "thong-tri", "huong-dan", "quy-dinh", "quy-che",
    "thong-bao", "cong-van", "cong-dien", "ke-hoach", "bao-cao", "chuong-trinh", "de-an", "to-trinh",
)  # fmt: skip
_CITED_NAMES = "|".join(
    name.replace(" ", r"\s+")
    for name in sorted((kinds.get(id).name for id in _CITED), key=len, reverse=True)
)
_BARE = re.compile(
    rf"(?<!\w)({_CITED_NAMES})\s(?:\s*(số)\s*:?\s*)?(\d{{1,5}})(?:/({grammar.YEAR}))?(?![\w%]|[/.,-]\d)",
    re.I,
)
_AFTER_BARE = re.compile(r"\s+(?:ngày\s+\d|của\s|về\s)|\s*[,.;:)”\"\n]|\s*$")

# Words that announce a number. Without them "138/CP" is the name of a steering board.
_ANNOUNCED = re.compile(rf"(?<!\w)(?:số|{_CITED_NAMES}|văn bản|tờ trình)\s*:?\s*$", re.I)

_FORM = re.compile(r"(?:mẫu|biểu)(?:\s+số)?\s*:?\s*$", re.I)

# "ngày 05/3/2020" behind a symbol, perhaps after its issuer: "của Ban Bí thư ngày ...".
_DATED = re.compile(r"[,\s]*(?:của\s[^\d;.]{1,60}?)?[,\s(]*(?:ký\s+)?ngày\s+(?=\d)|\s*\((?=\d)", re.I)

_NUMERIC_DATE = re.compile(
    NOT_IN_NUMBER
    + r"(?:\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d|(?:0?\d|1[0-2])/(?:19|20)\d\d"
    + r"|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2]))(?![\d/]|[.,-]\d)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A symbol in a text. `issued_on` is the day named with it, standing at `issued_span`."""

    symbol: Symbol
    span: Span
    raw: str
    issued_on: date | None = None
    issued_span: Span | None = None


def find_all(text: str) -> list[Found]:
    """Every symbol in an NFC text, in order, not overlapping.

    The forms are those of Nghị định 30/2020/NĐ-CP (Điều 8 and Phụ lục I), of the Party
    (36-HD/VPTW), and of citations by kind and number ("Quyết định số 521 ngày 13/6/2005").
    """
    found: list[Found] = []
    rest = grammar.plain_letters(text)  # what was read is blanked out, so that it is not read again
    for search in (_party, _state, _small, _old, _drafts, _bare):
        taken = list(search(rest))
        rest = blank_out(rest, [span for _, span in taken])
        found += [_with_day(text, symbol, span) for symbol, span in taken]
    return sorted(found, key=lambda each: each.span.start)


def protect_spans(text: str) -> list[Span]:
    """Spans a word segmenter must leave whole: symbols and numeric dates (04/8/2019, 3/2025, 19/8).

    In order, not overlapping. Citations in words ("Quyết định 521") are ordinary words.
    """
    spans = [each.span for each in find_all(text) if each.symbol.family != BARE]
    rest = blank_out(text, spans)
    spans += [Span(*match.span()) for match in _NUMERIC_DATE.finditer(rest)]
    return sorted(spans, key=lambda span: span.start)


def blank_out(text: str, spans: Iterable[Span]) -> str:
    """The text with the characters of these spans, in order and apart, replaced by NUL."""
    pieces, position = [], 0
    for span in spans:
        pieces += [text[position : span.start], "\0" * (span.end - span.start)]
        position = span.end
    return "".join([*pieces, text[position:]])


_Hits = Iterator[tuple[Symbol, Span]]


def _state(text: str) -> _Hits:
    for match in _STATE.finditer(text):
        number, year, segments, bracket = match.groups()
        symbol = state_symbol(number, year, grammar.split_segments(segments), bracket)
        if symbol is not None and not (symbol.family == LETTER and _is_form(text, match.start())):
            yield symbol, Span(*match.span())


def _party(text: str) -> _Hits:
    for match in _PARTY.finditer(text):
        number, separator, code, issuers = match.groups()
        if not separator.isspace() or _announced(text, match.start()):
            symbol = party_symbol(number, code, grammar.split_segments(issuers))
            if symbol is not None:
                yield symbol, Span(*match.span())


def _small(text: str) -> _Hits:
    for match in _SMALL.finditer(text):
        number, year, segments = match.groups()
        parts = segments.upper().split("-")
        if kinds.canonical_code(parts[0]) and (year or _announced(text, match.start())):
            symbol = state_symbol(number, year, parts, None)
            if symbol is not None:
                yield symbol, Span(*match.span())


def _old(text: str) -> _Hits:
    for match in _OLD.finditer(text):
        if _announced(text, match.start()) and not _is_form(text, match.start()):
            yield old_symbol(match[1], match[2] or match[3]), Span(*match.span())


def _drafts(text: str) -> _Hits:
    for match in _DRAFT.finditer(text):
        symbol = state_symbol("", None, grammar.split_segments(match[1]), None)
        if symbol is not None:
            yield symbol, Span(*match.span())


def _bare(text: str) -> _Hits:
    for match in _BARE.finditer(text):
        name, announced, number, year = match.groups()
        kind = kinds.by_name(name)
        if kind is None:
            continue
        # "Chỉ thị 09 của ..." cites; "báo cáo 12 nội dung" and the heading "KẾT LUẬN 1." do not.
        written = len(number) > 1 and name[0].isupper() and not name.isupper()
        clear = announced or year or (written and _AFTER_BARE.match(text, match.end()))
        if clear and (year or not is_year(number)):
            yield bare_symbol(kind, number, year), Span(*match.span())


def _is_form(text: str, start: int) -> bool:
    """True for the number of a form: Mẫu số 01/QTDA."""
    return _FORM.search(text[max(0, start - 20) : start]) is not None


def _announced(text: str, start: int) -> bool:
    return _ANNOUNCED.search(text[max(0, start - 40) : start]) is not None


def _with_day(text: str, symbol: Symbol, span: Span) -> Found:
    raw = text[span.start : span.end]
    introduced = _DATED.match(text, span.end, span.end + 120)
    if introduced is not None:
        found = find_day(text[introduced.end() : introduced.end() + 40])
        if found is not None and found[1] == 0:
            start = introduced.end()
            return Found(symbol, span, raw, found[0], Span(start, start + found[2]))
    return Found(symbol, span, raw)
