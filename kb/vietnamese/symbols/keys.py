"""Keys under which the index files a symbol, and the keys to look up for what a user typed.

A key is one opaque word; "~" stands for a part left out. For 12/KH-CAT-PV05:

12/KH-CAT-PV05   the canonical spelling, zeros before the number aside
12/khcatpv05     without accents, case and separators: 12 KH/CAT PV05
12/khcat~        without the drafter: 12/KH-CAT
ke-hoach/12      kind and number: kế hoạch số 12
12               the number alone

A year stands after the number (124/2021/ttbca), or "~" for a year left out (124/~/ttbca).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model import Span
from kb.vietnamese import kinds
from kb.vietnamese.normalise import fold, nfc, plain_dashes
from kb.vietnamese.symbols import grammar
from kb.vietnamese.symbols.finding import find_all
from kb.vietnamese.symbols.reading import KNOWN_ISSUER, LABEL, MAX_LENGTH, parse
from kb.vietnamese.symbols.symbol import (
    BARE,
    LETTER,
    Symbol,
    bare_symbol,
    is_year,
    kind_id,
    state_symbol,
)

_NOT_LETTERS = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Typed:
    """A part of a query that names a document, the symbol it was read as, the keys to look up."""

    symbol: Symbol
    span: Span
    keys: tuple[str, ...]


def search_keys(symbol: Symbol, year: int | None = None) -> tuple[str, ...]:
    """The keys a document is filed under, the most exact first.

    `year` is the year of issue, for symbols that do not name it ("kế hoạch 12 năm 2024").
    """
    number, years = _number(symbol), [y for y in dict.fromkeys((symbol.year, year)) if y]
    keys = []
    if symbol.family != BARE:
        full, main = _letters(symbol)
        keys.append(_exact(symbol))
        for letters in (full, main + "~") if full != main else (full,):
            keys += [f"{number}/{y}/{letters}" for y in years]
            keys.append(f"{number}/~/{letters}" if symbol.year else f"{number}/{letters}")
    kind = kind_id(symbol)
    if kind is not None:
        keys += [*(f"{kind}/{number}/{y}" for y in years), f"{kind}/{number}"]
    return tuple(dict.fromkeys([*keys, number] if number else keys))


def query_keys(text: str, *, number_alone: bool = False) -> tuple[str, ...]:
    """The keys to look up for a whole text typed by a user, the most exact first; () for no symbol.

    Reads "12/KH-CAT-PV05", "12 kh cat", "chi thi 09 ct tw", "nghị định 06/2014", "tt 124 bca",
    "09cttw", "số 188". A number without any of that ("188") counts only with `number_alone`.
    """
    text = nfc(text).strip()
    if len(text) > MAX_LENGTH:
        return ()
    symbol = parse(text)
    if symbol is not None:
        return _keys_of(symbol)
    for typed in find_typed(text):
        if typed.span == Span(0, len(text)):
            return typed.keys
    if glued := _GLUED.fullmatch(_SEPARATORS.sub("", fold(text))):
        number, letters = _plain_number(glued[1]), glued[2]
        return tuple(f"{number}/{year}{letters}{more}" for more in ("", "~") for year in ("", "~/"))
    label = LABEL.match(text)
    alone = _NUMBER.fullmatch(text[label.end() :] if label else text)
    if alone and (label or number_alone):
        return (_plain_number(alone[0]),)
    return ()


def find_typed(text: str) -> list[Typed]:
    """The parts of an NFC query that name documents, also as loosely as "tt 124 bca an toàn".

    In order, not overlapping. Much more willing than `find_all`: not for running text.
    """
    found = [Typed(each.symbol, each.span, _keys_of(each.symbol)) for each in find_all(text)]
    taken = [each.span for each in found]
    for match in _LOOSE.finditer(plain_dashes(fold(text))):
        span = Span(*match.span())
        read = parse(text[span.start : span.end])
        symbols = [read] if read else _loose_symbols(match)
        if symbols and not any(span.start < t.end and t.start < span.end for t in taken):
            keys = dict.fromkeys(key for symbol in symbols for key in _keys_of(symbol))
            found.append(Typed(symbols[0], span, tuple(keys)))
    return sorted(found, key=lambda each: each.span.start)


def _keys_of(symbol: Symbol) -> tuple[str, ...]:
    number = _number(symbol)
    if symbol.family == BARE:
        kind = kind_id(symbol)
        return (f"{kind}/{number}/{symbol.year}" if symbol.year else f"{kind}/{number}",)
    full, main = _letters(symbol)
    prefixes = [f"{number}/{symbol.year}/"] if symbol.year else [f"{number}/", f"{number}/~/"]
    keys = [_exact(symbol), *(prefix + full for prefix in prefixes)]
    # A drafter the user left out, or that the document leaves out.
    keys += [prefix + (main if full != main else full + "~") for prefix in prefixes]
    return tuple(keys)


def _exact(symbol: Symbol) -> str:
    return symbol.key.lstrip("0")


def _number(symbol: Symbol) -> str:
    return _plain_number(symbol.number)


def _plain_number(number: str) -> str:
    return fold(number).lstrip("0")


def _letters(symbol: Symbol) -> tuple[str, str]:
    """The letters of the whole symbol, and those without the drafter or further issuers."""
    code = symbol.kind_code if symbol.family != LETTER else None
    main = _compact((code or "") + (symbol.issuer or ""))
    tail = symbol.key[len(symbol.number) :].removeprefix(f"/{symbol.year}")
    full = max(_compact(tail), main + _compact(symbol.drafter or ""), key=len)
    return full, main


def _compact(text: str) -> str:
    return _NOT_LETTERS.sub("", fold(text))


# ---------------------------------------------------------------- loosely typed

_NUMBER = re.compile(grammar.NUMBER)
_NAMES = {
    fold(name): kind
    for kind in kinds.all()
    if kind.id not in (kinds.NEWS, kinds.OTHER)
    for name in (kind.name, *kind.aliases)
}
_CODES = {fold(code) for kind in kinds.all() for code in kind.codes if len(code) > 1}
_SEPARATORS = re.compile(r"[/-]")


def _any_of(words: set[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_GLUED = re.compile(rf"(\d{{1,5}})((?:{_any_of(_CODES)})[a-z]{{2,12}}(?:\d{{1,3}})?)")  # 09cttw

_GAP = r"[\s/-]{1,3}"
_LOOSE = re.compile(
    rf"(?<![\w/.-])(?:(?P<name>{_any_of(set(_NAMES))})\s+|(?P<before>{_any_of(_CODES)})\s+)?(?:so\s*:?\s*)?"
    rf"(?P<number>{grammar.NUMBER})(?:(?:{_GAP}|\s+nam\s+)(?P<year>{grammar.YEAR}))?"
    rf"(?:{_GAP}(?P<after>{_any_of(_CODES)}))?(?P<issuers>(?:{_GAP}{KNOWN_ISSUER}(?!\w)){{0,4}})"
    # Not the 6 of "báo cáo 6 tháng", the 24 of 24/7, the 2 of 2,5.
    r"(?!\w|[/.,-]\d|%|\s+(?:thang|nam|ngay|quy|tuan|gio)\b)"
)


def _loose_symbols(match: re.Match[str]) -> list[Symbol]:
    """The readings of a loosely typed symbol; several where HD may be HĐ."""
    name, number, year, issuers = match["name"], match["number"], match["year"], match["issuers"]
    code = match["after"] or match["before"]
    if not (name or code) or (not year and is_year(number)):
        return []
    named = kinds.by_code_folded(code) if code else (_NAMES[name],)
    parts = [part.upper() for part in re.findall(r"\w+", issuers)]
    if parts:
        codes = [kind.codes[0] for kind in named if kind.codes]
        symbols = [state_symbol(number, year, [each, *parts], None) for each in codes]
        return [symbol for symbol in symbols if symbol is not None]
    if match["after"] and not (name or match["before"]):
        return []  # "12 da nẵng"
    return [bare_symbol(kind, number, year) for kind in named]
