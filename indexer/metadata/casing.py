"""Text in capitals in normal case, for display: "KẾ HOẠCH TỔ CHỨC NGÀY HỘI" -> "Kế hoạch tổ chức ...".

What must keep a capital comes from the tables: units, places, and a list of names of the field.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kb.vietnamese import abbreviations, places
from kb.vietnamese.normalise import fold
from kb.vietnamese.symbols import find_all as find_symbols
from kb.vietnamese.unit_table import table

# Written with these capitals (Nghị định 30/2020/NĐ-CP, Phụ lục II).
_NAMES = (
    "Tổ quốc", "Việt Nam", "Đảng", "Nhà nước", "Công an", "Ủy ban nhân dân", "Hội đồng nhân dân",
    "Công an nhân dân", "Mặt trận Tổ quốc", "Ban Chỉ đạo", "Ban Thường vụ", "Ngày hội", "Hiến pháp",
    "Đề án", "Chủ tịch", "Thủ tướng", "Bộ trưởng", "Giám đốc", "Trung ương", "Nghị quyết", "Nghị định",
    "Thông tư", "Chỉ thị", "Hồ Chí Minh", "Tết Nguyên đán", "Quốc hội", "Liên hiệp Phụ nữ",
    "Đoàn Thanh niên", "Cựu chiến binh", "Ban Bí thư", "Bộ Chính trị", "Tỉnh ủy", "Thành ủy",
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_MAX_WORDS = 12
_NUMBER = re.compile(r"II+|IV|VI{2,3}|IX|X[IVX]+|[A-Z]*\d[\dA-Z-]*")


def normal_case(text: str, *, sentence: bool = True) -> str:
    """`text` in normal case where it is in capitals; `sentence`: it starts with a capital letter."""
    if text.isupper():
        text = _lowered(text)
    return text[:1].upper() + text[1:] if sentence else text


def starts_small(text: str) -> str:
    """`text` with a small first letter unless the first word is a name or an abbreviation."""
    first = _WORD.match(text)
    if first is None or first[0][1:] != first[0][1:].lower():
        return text
    if any(
        text.startswith(name) and not text[len(name) : len(name) + 1].isalpha() for name in _starts()
    ):
        return text
    return text[:1].lower() + text[1:]


@lru_cache(maxsize=1)
def _starts() -> tuple[str, ...]:
    provinces = tuple(province.name for province in places.provinces().values())
    units = tuple(name for entry in table().entries.values() for name in entry.names)
    return (*_NAMES, *provinces, *units)


@lru_cache(maxsize=1)
def _known() -> dict[tuple[str, ...], str]:
    """Words in small letters -> the same words as they are written."""
    names = [*_starts(), *(d.name for found in places.district_names().values() for d in found)]
    wanted = (name for name in names if " " in name or name in _NAMES)
    return {tuple(_WORD.findall(name.lower())): name for name in wanted}


def _lowered(text: str) -> str:
    kept = [(found.span.start, found.span.end) for found in find_symbols(text)]
    words = list(_WORD.finditer(text))
    out, position, index = [], 0, 0
    while index < len(words):
        word = words[index]
        out.append(text[position : word.start()])
        inside = next((end for start, end in kept if start <= word.start() < end), None)
        if inside is not None:
            out.append(text[word.start() : inside])
            position = inside
            while index < len(words) and words[index].start() < inside:
                index += 1
            continue
        count, written = _written(words, index)
        position = words[index + count - 1].end()
        out.append(written if written is not None else _plain(word[0]))
        index += count
    return "".join(out) + text[position:].lower()


def _written(words: list[re.Match[str]], index: int) -> tuple[int, str | None]:
    """How many words from `index` on are a known name, and the name."""
    for count in range(min(_MAX_WORDS, len(words) - index), 0, -1):
        name = _known().get(tuple(word[0].lower() for word in words[index : index + count]))
        if name is not None:
            return count, name
    return 1, None


def _plain(word: str) -> str:
    """An abbreviation or a number stays, anything else gets small letters."""
    if word in abbreviations.unambiguous() or _NUMBER.fullmatch(word):
        return word
    has_vowel = any(letter in "aeiouy" for letter in fold(word))
    return word.lower() if has_vowel or len(word) == 1 else word
