"""Marks of state secrets on a page: MẬT, TỐI MẬT, TUYỆT MẬT.

A mark stands apart: a stamp, a line of its own, a page header. The words of a text ("bảo mật", "mật
độ", "Luật Bảo vệ bí mật nhà nước") are none. Where marks stand: Thông tư 24/2020/TT-BCA (below the
symbol on the first page); the law in force: Luật 117/2025/QH15.

What a person cannot miss is read through what machines make of it: letter-spacing, frames, lost
accents, a misread letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.extract.base import Extracted
from kb.vietnamese.normalise import fold

FIRST_LINES = 25  # of the page a document begins on
HEADER_LINES, FOOTER_LINES = 3, 2  # of every page

LEVELS = {"mat": "MẬT", "toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT"}
_URGENCY = r"(?:hoatoc(?:hengio)?|thuongkhan|khan)"
_BEFORE = r"(?:taimatlieu|tailieu|vanban|hoso|(?:dau|muc)?do(?:mat)?|bansao|loai)"
_PLAIN = re.compile(rf"{_BEFORE}?(mat|toimat|tuyetmat){_URGENCY}?|{_URGENCY}(mat|toimat|tuyetmat)")
_COPY = re.compile(r"ban(?:trich)?saobimatnhanuoc")
# A line that goes on: "... danh mục bí mật nhà nước độ" / "Tối mật".
_GOES_ON = re.compile(
    r"(?:[,;:]|(?<!\w)(?:độ|mức|loại|và|hoặc|hay|bí|bảo|tuyệt mật|tối mật|thứ|các|là))$", re.IGNORECASE
)
_ALONE = re.compile(r"^\W*(?:tối|tuyệt)\W*$", re.IGNORECASE)  # a stamp on two lines
_NUMBER = re.compile(r"^\W*Số\s*:?\s*[\w./-]*[/-]\S*\s+")  # a mark may stand behind the symbol
_IN_LIST = re.compile(r"^-\s.*[;,.]$|[;,]$")
_NATION = re.compile(r"\s*(?:CỘNG HÒA|CỘNG HOÀ|ĐẢNG CỘNG SẢN)\s.*$|^.*VIỆT NAM\s+")
# Signs around it, and what is read of a stamp's frame. A number with a point is an item of a list.
_FRAME = re.compile(r"^(?:[^\w]|(?<!\w)[IlL](?![\w.)]))+|(?:[^\w]|(?<!\w)[IlL](?!\w))+$")
_LOOKS_LIKE = str.maketrans({"0": "o", "1": "i", "|": "i", "!": "i"})
_NO_MARKS = ("MẮT", "TUYẾTMAI")  # words and names that look like a misread mark


def mark(extracted: Extracted) -> str | None:
    """The highest mark on the pages of a file: "MẬT", "TỐI MẬT" or "TUYỆT MẬT"; None without one."""
    found = {level for level in map(_level, _places(extracted.as_printed())) if level}
    return max(found, key=list(LEVELS.values()).index, default=None)


def _places(extracted: Extracted) -> Iterator[tuple[str, str]]:
    """(line before, line) wherever a mark may stand."""
    pages: dict[int, list[str]] = {}
    for line in extracted.lines:
        if text := extracted.text[line.start : line.end].strip():
            pages.setdefault(line.page, []).append(text)
    for number, lines in pages.items():
        head = range(min(FIRST_LINES if number in extracted.beginnings else HEADER_LINES, len(lines)))
        foot = range(max(0, len(lines) - FOOTER_LINES), len(lines))
        for at in sorted({*head, *foot}):
            yield (lines[at - 1] if at else ""), lines[at]


def _level(place: tuple[str, str]) -> str | None:
    """The mark that a line is."""
    before, line = place
    line = _NATION.sub("", line) or line
    numbered = _NUMBER.match(line)
    bare = _FRAME.sub("", line[numbered.end() :] if numbered else line)
    if not bare or len(bare) > 60 or _IN_LIST.search(line):
        return None
    letters = "".join(c for c in bare if c.isalnum())
    plain = fold(letters).translate(_LOOKS_LIKE)
    if _COPY.fullmatch(plain):
        return LEVELS["mat"]
    shouted = letters.upper() == letters
    named = "mật" in letters.lower() and letters[0].isupper()
    if numbered:
        named = named and plain.startswith("domat")
    if (
        letters in _NO_MARKS
        or not (shouted or named)
        or (_GOES_ON.search(before) and not _ALONE.match(before))
    ):
        return None
    found = _PLAIN.fullmatch(plain) or (shouted and _PLAIN.fullmatch(plain.strip("il")))
    if found:
        level = found[1] or found[2]
        over = fold("".join(filter(str.isalpha, before))) if _ALONE.match(before) else ""
        return LEVELS[over + level if level == "mat" else level]
    if shouted:
        for level in ("tuyetmat", "toimat"):
            if _one_apart(plain.strip("il"), level):
                return LEVELS[level]
    return None


def _one_apart(a: str, b: str) -> bool:
    """Is one letter changed, missing or too many?"""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    shorter = min(len(a), len(b))
    at = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    return b[at:] == a[at + 1 :] or b[at + 1 :] in (a[at:], a[at + 1 :])
