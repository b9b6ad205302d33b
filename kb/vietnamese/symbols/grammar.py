"""The pieces of a symbol as regular expressions, shared by reader and finder.

All repetitions are bounded, so no input makes them slow.
"""

from __future__ import annotations

import re

from kb.vietnamese import kinds

CAPITAL = "A-ZĐĂÂÊÔƠƯ"  # abbreviations carry no tone marks
DASH = "[-‐‑‒–—―−]"  # the marks kb.vietnamese.normalise.plain_dashes makes one
NUMBER = r"\d{1,5}[a-zđA-EĐ]?(?:\.\d{1,3})?"  # 12, 522B, 66.22
YEAR = r"(?:19|20)\d\d"
SEGMENT = rf"[{CAPITAL}][{CAPITAL}a-z0-9]{{0,17}}(?:[&.][{CAPITAL}][{CAPITAL}a-z0-9]{{0,9}})?"
_LATER = rf"(?:{SEGMENT}|\d{{1,4}}[{CAPITAL}]{{0,6}})"
# The next segment: close to its dash, perhaps on the next line, or ("109/UBND - VX") blanks around
# it and capitals only, which are not the first of several words in capitals.
_NEXT = (
    rf"(?:{DASH}\n?{_LATER}"
    rf"|[ ]?{DASH}[ ]?[A-ZĐ]{{1,9}}\d{{0,3}}(?!\w)(?![ ][{CAPITAL}À-Ỹ]{{2}}))"
)
SEGMENTS = rf"{SEGMENT}{_NEXT}{{0,14}}"  # joint circulars of 2025 name 13 issuers
BRACKET = rf"(?:\s?\(([{CAPITAL}]{{1,5}}\d{{0,3}}(?:-[{CAPITAL}]{{1,5}}\d{{0,3}})?)\))?"

PARTY_CODE = "|".join(
    sorted((code for kind in kinds.all() for code in kind.codes), key=len, reverse=True)
)
# Before 1995 a dash could stand for the slash: Lệnh số 34-LCT.
OLD_ISSUER = "SL|LCT|L|TTg|CP|HĐBT|HĐCP|HĐNN|NV|CTN"

STATE = rf"({NUMBER})\s?/\s?(?:({YEAR})\s?/\s?)?((?:TTLT/)?{SEGMENTS}){BRACKET}(?!\w)"
PARTY = (
    rf"({NUMBER})(\s?{DASH}\s?|[ ])({PARTY_CODE})(?:\s?/\s?|{DASH})"
    rf"({SEGMENT}(?:{DASH}{_LATER}){{0,4}})(?:/nb)?(?!\w)"
)
OLD = rf"({NUMBER})(?:\s?/\s?([{CAPITAL}]{{2,10}}[a-z]?\d{{0,3}})|-({OLD_ISSUER}))(?![\w/-])"

# Letters that only look like ours: the Icelandic Ð of old keyboards, Cyrillic capitals.
_LOOKALIKES = str.maketrans("ÐАВЕКМНОРСТХ", "ĐABEKMHOPCTX")
_FOREIGN = re.compile("[ÐА-Х]")
_DASHES = re.compile(rf"\s*{DASH}\s*")


def split_segments(segments: str) -> list[str]:
    """ "KH-CAT – PV05" -> ["KH", "CAT", "PV05"]."""
    return _DASHES.split(segments)


def plain_letters(text: str) -> str:
    """The text with letters put right that only look like those of symbols (same length)."""
    return text.translate(_LOOKALIKES) if _FOREIGN.search(text) else text
