"""One symbol, however it is typed: "Số: 12/KH-CAT-PV05", "09 ct tw", "47-KH-BCĐ", "30/2020/nd-cp"."""

from __future__ import annotations

import re

from kb.vietnamese import kinds
from kb.vietnamese.normalise import fold, nfc, plain_dashes
from kb.vietnamese.symbols import grammar
from kb.vietnamese.symbols.symbol import (
    Symbol,
    bare_symbol,
    is_year,
    old_symbol,
    party_symbol,
    state_symbol,
)

MAX_LENGTH = 120  # characters; a joint circular of 14 issuers has 90

LABEL = re.compile(r"^(?:số|so)\s*[:.]?\s+(?=\S)|^(?:số|so)\s*[:.]\s*", re.I)
_SEPARATOR = re.compile(r"\s*([/-])\s*|\s+")
_PARTY = re.compile(grammar.PARTY)
_STATE = re.compile(grammar.STATE)
_OLD = re.compile(grammar.OLD)
_NUMBER = re.compile(rf"({grammar.NUMBER})(?:/({grammar.YEAR}))?", re.I)
_PART = re.compile(r"[a-zđăâêôơư][a-zđăâêôơư0-9&.]{0,19}|\d{1,4}[a-zđ]{0,6}", re.I)
_BRACKET = re.compile(r"\s*\(([^\W_][\w-]{0,12})\)$")

# What may follow number and code without any separator: bodies, and codes of units (PV05, V28).
KNOWN_ISSUER = (
    r"(?:bca|cat|catp|cah|cap|cax|catx|caq|ubnd|hdnd|ctubnd|ubmttq|mttq|vp|vptw|vpcp|tw|tu|hu|qu|du"
    r"|duca\w*|cp|ttg|ctn|qh\d+|ubtvqh\d+|tandtc|vksndtc|bcd\w*|bqp|btc|bnv|byt|btp|bct|bxd|bgtvt"
    r"|bgddt|bldtbxh|bvhttdl|btttt|bkhcn|btnmt|bnnptnt|xdpt|[a-z]{1,2}\d{2})"
)
_PARTY_ISSUER = re.compile(r"(?:tw|vptw|tu|hu|qu|du\w*|bcsd\w*|bt[vc]\w*)", re.I)


def parse(text: str) -> Symbol | None:
    """The symbol a whole text is, "Số:" or a kind's name before it allowed; None where it is none.

    Blanks for slashes and hyphens, small letters and missing accents are put right. `parse(s.key)`
    is `s` again, apart from what stood in brackets.
    """
    written = plain_dashes(grammar.plain_letters(nfc(text))).strip().rstrip(".,;").replace("_", "-")
    if not written or len(written) > MAX_LENGTH:
        return None
    written = LABEL.sub("", written)
    kind, written = _split_kind(written)
    if kind is not None:
        written = LABEL.sub("", written)
        number = _NUMBER.fullmatch(_close(written))
        if number and (number[2] or not is_year(number[1])):
            return bare_symbol(kind, number[1], number[2])
    return _as_printed(written) or _as_typed(written)


def _split_kind(written: str) -> tuple[kinds.Kind | None, str]:
    """ "Chỉ thị số 09-CT/TW" -> (chỉ thị, "số 09-CT/TW")."""
    digit = re.search(r"\d|/", written)
    words = written[: digit.start()] if digit else ""
    name = re.sub(r"\s(?:số|so)\s*:?\s*$", "", words.rstrip() + " ", flags=re.I).strip()
    kind = kinds.by_name(name) if name else None
    return (kind, written[len(words) :]) if kind else (None, written)


def _close(written: str) -> str:
    return re.sub(r"\s*([/-])\s*", r"\1", written)


def _as_printed(written: str) -> Symbol | None:
    written = _close(written)
    if match := _PARTY.fullmatch(written):
        return party_symbol(match[1], match[3], grammar.split_segments(match[4]))
    if match := _STATE.fullmatch(written):
        symbol = state_symbol(match[1], match[2], grammar.split_segments(match[3]), match[4])
        if symbol is not None:
            return symbol
    if match := _OLD.fullmatch(written):
        return old_symbol(match[1], match[2] or match[3])
    return None


def _as_typed(written: str) -> Symbol | None:
    bracket = _BRACKET.search(written)
    if bracket is not None:
        written = written[: bracket.start()]
    number = re.match(rf"({grammar.NUMBER}|)(?=[\s/-])", written, re.I)
    if number is None:
        return None
    # Between the separators: "", code, issuer ...; or "", year, code, issuer ...
    pieces = _SEPARATOR.split(written[number.end() :])
    parts, separators = pieces[2::2], [separator or " " for separator in pieces[1::2]]
    year = parts.pop(0) if len(parts) > 1 and re.fullmatch(grammar.YEAR, parts[0]) else None
    if year is not None:
        separators.pop(0)
    if not parts or parts[0][:1].isdigit() or not all(_PART.fullmatch(part) for part in parts):
        return None
    if set(separators) == {" "} and not _is_plain_list(parts):
        return None
    parts = [_capitals(part) for part in parts]
    return _assemble(
        number[1].lower(), year, parts, separators, bracket[1].upper() if bracket else None
    )


def _is_plain_list(parts: list[str]) -> bool:
    """Only blanks between number, code and issuers: every part must be known."""
    return (
        len(parts) > 1
        and kinds.canonical_code(parts[0]) is not None
        and all(re.fullmatch(KNOWN_ISSUER, fold(part)) for part in parts[1:])
    )


def _assemble(
    number: str, year: str | None, parts: list[str], separators: list[str], bracket: str | None
) -> Symbol | None:
    code = kinds.canonical_code(parts[0])
    if code and number and not year and len(parts) > 1:
        written_as_party = separators[0] == "-"
        if written_as_party or (separators[0] == " " and _PARTY_ISSUER.fullmatch(fold(parts[1]))):
            return party_symbol(number, code, parts[1:])
    if separators[0] == "-" or (separators[0] == " " and code is None):
        return None
    symbol = state_symbol(number, year, parts, bracket)
    if symbol is None and number and separators[0] == "/" and len(parts) == 1:
        old = _OLD.fullmatch(f"{number}/{parts[0]}")
        return old_symbol(number, parts[0]) if old else None
    return symbol


def _capitals(part: str) -> str:
    """Mixed spellings (TTg, QyĐ) stay, everything else becomes capitals."""
    return part if sum(letter.isupper() for letter in part) > 1 else part.upper()
