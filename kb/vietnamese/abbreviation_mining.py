"""Abbreviations that a text explains itself: "… an ninh Tổ quốc (ANTQ)".

Found are the forms of drafting practice: the abbreviation in brackets behind its long form, alone
or announced ("sau đây viết tắt là", "gọi tắt là"), the announcement without brackets, the long
form in brackets behind the abbreviation, and the lines of a list of abbreviations. A pair counts
only where the letters are the initials of the words, one by one: a missed pair costs
little, a wrong one leads every search astray.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.model import Span
from kb.vietnamese import kinds
from kb.vietnamese.abbreviations import key, sense
from kb.vietnamese.normalise import fold
from kb.vietnamese.symbols.grammar import CAPITAL

VERSION = 1  # of these rules: a catalog mined by others is mined again

LONGEST = 24  # words of an expansion
REACH = 260  # characters before a bracket that may hold the expansion
GAP_UNITS = 4  # so many initials in a row are no chance, even some words before the bracket

_LETTER = rf"[{CAPITAL}][a-zđ]{{0,2}}"
# ANTQ, TTg, KT-XH, GD&ĐT, TP.HCM, BCĐ 138
_ABBREVIATION = rf"(?:{_LETTER}[-&.]?){{1,19}}{_LETTER}(?:[ -]?\d{{1,4}})?"
_QUOTE = "[\"“”'‘’]"
# "sau đây viết tắt là", "được gọi tắt là", "ký hiệu là", "gọi chung là"
_ANNOUNCED = (
    r"(?:(?:sau|dưới)\s+đây\s+)?(?:được\s+)?"
    r"(?:(?:gọi|viết|ký\s+hiệu)\s+(?:viết\s+)?(?:tắt\s*|chung\s*)?(?:là|:)?)"
)
_BRACKETED = re.compile(rf"\(\s*(?:{_ANNOUNCED}\s*)?{_QUOTE}?(?P<short>{_ABBREVIATION}){_QUOTE}?\s*\)")
_DECLARED = re.compile(
    rf"[,(]?\s*(?:(?:sau|dưới)\s+đây\s+)?(?:được\s+)?(?:ký\s+hiệu\s+)?(?:gọi|viết)\s+tắt\s*(?:là|:)?\s*"
    rf"{_QUOTE}?(?P<short>{_ABBREVIATION})(?![\w/]){_QUOTE}?"
)
_SHORT_REACH = 40  # characters an abbreviation takes at most
_DECLARED_REACH = 40  # characters of an announcement before its "tắt"
_LONG_IN_BRACKETS = re.compile(r"\(\s*(?P<long>[^()\n]{4,160}?)\s*\)")
_SHORT_BEFORE = re.compile(rf"(?<![\w/.&-])(?P<short>{_ABBREVIATION})\s?$")
_LISTED = re.compile(
    rf"\n[ \t]*[-+*•]?[ \t]*(?P<short>{_ABBREVIATION})[ \t]*(?:[:=–-]|là viết tắt của)[ \t]*"
    r"(?P<long>[^\n;:.()]{4,160})"
)
_UNITS = re.compile(rf"[{CAPITAL}][a-zđ]*|\d+|&")
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.;:!?()\[\]{}|/…\"“”]|\n\s*\n|\n\s*(?:[-+*•]|\d+[.)]|[a-zđ]\))\s")
_BLANKS = re.compile(r"\s+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ROMAN = re.compile("[IVX]+")

# Words an abbreviation may pass over, never at its ends.
_PASSED = frozenset(
    (
        *("và", "của", "về", "các", "cho", "trong", "với", "ở", "tại", "theo", "những", "do", "đối"),
        *("đến", "từ", "trên", "để", "cùng", "of", "and", "the", "for", "on", "in", "to"),
    )
)
# Family names: "Nguyễn Văn A (NVA)" is a person. Hồ is left out for Hồ Chí Minh.
_FAMILY = frozenset(
    (
        *("nguyễn", "trần", "lê", "phạm", "huỳnh", "hoàng", "phan", "vũ", "võ", "đặng", "bùi", "đỗ"),
        *("ngô", "dương", "lý", "đinh", "trịnh", "mai", "lương", "cao", "tạ", "hà", "tô"),
    )
)


@dataclass(frozen=True, slots=True)
class Mined:
    """A pair a text explains: the abbreviation as written, the long form on one line, and the span
    from the first word of the pair to the last sign of it."""

    abbreviation: str
    expansion: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def mine(text: str) -> list[Mined]:
    """The pairs an NFC text explains, in order, each meaning of an abbreviation once."""
    found: dict[tuple[str, tuple[str, ...]], Mined] = {}
    for pair in sorted(_pairs(text), key=lambda pair: pair.span.start):
        found.setdefault((key(pair.abbreviation), sense(pair.expansion)), pair)
    return list(found.values())


def _pairs(text: str) -> Iterator[Mined]:
    for start in _places(text, "("):
        if match := _BRACKETED.match(text, start):
            said = match.start("short") - start > 2  # announced, not only in brackets
            yield from _before(text, match["short"], start, match.end(), announced=said)
        elif match := _LONG_IN_BRACKETS.match(text, start):
            piece = max(0, start - _SHORT_REACH)
            if short := _SHORT_BEFORE.search(text[piece:start]):
                yield from _behind(text, short["short"], piece + short.start(), match)
    for place in _places(text, "tắt"):
        if match := _DECLARED.search(text, max(0, place - _DECLARED_REACH), place + REACH):
            yield from _before(text, match["short"], match.start(), match.end(), announced=True)
    for match in _LISTED.finditer(text):
        yield from _behind(text, match["short"], match.start("short"), match)


def _places(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1)


def _before(text: str, short: str, start: int, end: int, *, announced: bool) -> Iterator[Mined]:
    """The pair whose long form ends before `start`; the abbreviation stands in start..end."""
    units = _units(short)
    words = _clause_before(text, start) if units else []
    fewest = 1 if len(units) >= GAP_UNITS - announced else len(words)
    for last in range(len(words), fewest - 1, -1):
        first = _aligned(units, words[:last])
        if first is not None:
            run = words[first:last]
            if _is_long_form(run, units) and not _cuts_name(words, last):
                long = _line(text, run[0].start, run[-1].end)
                yield Mined(_line(short), long, Span(run[0].start, end))
            return


def _behind(text: str, short: str, start: int, match: re.Match[str]) -> Iterator[Mined]:
    """The pair whose abbreviation begins at `start` and whose long form is the match's `long`."""
    units = _units(short)
    words = [_Word(m[0], m.start(), m.end()) for m in _WORD.finditer(text, *match.span("long"))]
    if units and len(words) <= LONGEST and _aligned(units, words) == 0 and _is_long_form(words, units):
        long = _line(text, words[0].start, words[-1].end)
        yield Mined(_line(short), long, Span(start, start + len(text[start : match.end()].rstrip())))


def _line(text: str, start: int = 0, end: int | None = None) -> str:
    return _BLANKS.sub(" ", text[start:end])


def _units(short: str) -> tuple[str, ...]:
    """What has to be aligned, "TTg" -> T, Tg; empty where `short` is no abbreviation."""
    head = short.split("-", 1)[0]
    if _ROMAN.fullmatch(short) or (head != short and kinds.by_code(head)):
        return ()
    return tuple(_UNITS.findall(short))


def _clause_before(text: str, end: int) -> list[_Word]:
    """The last words of the clause that ends at `end`, a closing quote before it left out."""
    start = max(0, end - REACH)
    piece = text[start:end].rstrip().rstrip("\"“”'‘’,").rstrip()
    cut = 0
    for match in _BREAK.finditer(piece):
        cut = match.end()
    words = [_Word(m[0], start + m.start(), start + m.end()) for m in _WORD.finditer(piece, cut)]
    if start and not cut and words:
        del words[0]  # perhaps only the end of a word
    return words[-LONGEST:]


def _aligned(units: Sequence[str], words: Sequence[_Word]) -> int | None:
    """Index of the word the first unit stands for, where the last word stands for the last one."""
    allowed = 0 if len(units) < 3 else 1 if len(units) == 3 else 3

    def walk(unit: int, word: int, passed: int) -> int | None:
        if word < 0:
            return None
        text = words[word].text
        if units[unit] == "&" and text.lower() not in ("và", "and"):
            return walk(unit - 1, word, passed)
        if units[unit] == "&" or _stands_for(units[unit], text):
            if unit == 0:
                return word
            if (found := walk(unit - 1, word - 1, passed)) is not None:
                return found
        if 0 <= unit < len(units) - 1 and passed < allowed and text.lower() in _PASSED:
            return walk(unit, word - 1, passed + 1)
        return None

    return walk(len(units) - 1, len(words) - 1, 0)


def _stands_for(unit: str, word: str) -> bool:
    if unit[0].isdigit() or word[0].isdigit():
        return unit == word
    initial, letter = word[0].upper(), unit[0]
    # An Ă, Đ, Ư in the abbreviation means that letter; A, D, U are also written for them.
    plain = fold(letter) == letter.lower()
    same = fold(initial) == fold(letter) if plain else _without_tone(initial) == letter
    if not same and (letter, _without_tone(initial)) != ("W", "Ư"):  # TW: trung ương
        return False
    rest = iter(fold(word[1:]))
    return all(tail in rest for tail in fold(unit[1:]))  # Tr(ình), Tg of t(ướn)g


def _is_long_form(words: Sequence[_Word], units: Sequence[str]) -> bool:
    """False for what only happens to have the right initials."""
    texts = [word.text for word in words]
    if len(texts) < 2 or any(text.isdigit() and text not in units for text in texts):
        return False
    if sum(len(text) == 1 for text in texts) > 1:  # "a, b, c"; y tế has one
        return False
    if len(units) < 3 and (any(len(text) < 2 for text in texts) or all(map(str.isupper, texts))):
        return False
    return not (texts[0].lower() in _FAMILY and all(text[0].isupper() for text in texts))


def _cuts_name(words: Sequence[_Word], at: int) -> bool:
    """True where a name goes on behind `at`: "… Lào, Việt | Nam"."""
    return at < len(words) and words[at - 1].text.istitle() and words[at].text.istitle()


@lru_cache(maxsize=1_000)
def _without_tone(letter: str) -> str:
    """An accented capital without its tone: Ứ -> Ư, Ấ -> Â, Đ stays."""
    return unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", letter)))
