"""The fields of the query language, and how people write their names."""

from __future__ import annotations

import re

from kb.vietnamese.normalise import fold

# Canonical name -> what people write. Each also without accents, without blanks, in any case.
NAMES: dict[str, tuple[str, ...]] = {
    "kind": ("loại văn bản", "tên loại", "loại", "kind", "type"),
    "unit": ("đơn vị", "cơ quan", "unit"),
    "topic": ("chủ đề", "topic"),
    "symbol": ("số ký hiệu", "số hiệu", "ký hiệu", "số", "symbol", "number"),
    "title": ("tiêu đề", "trích yếu", "title"),
    "date": ("ngày ban hành", "ngày", "năm", "date", "year"),
    "from": ("từ ngày", "từ", "from"),
    "to": ("đến ngày", "đến", "to"),
}
DATE_FIELDS = frozenset({"date", "from", "to"})
LISTED_FIELDS = frozenset({"kind", "unit", "topic"})  # their values are names of several words


def _spellings(names: tuple[str, ...]) -> str:
    """A pattern for any of the names, as written or without accents, blanks optional."""
    spellings = dict.fromkeys(spelling for name in names for spelling in (name, fold(name)))
    return "|".join(spelling.replace(" ", r"\s?") for spelling in spellings)


FIELD = re.compile(
    rf"(?:{'|'.join(f'(?P<{field}>{_spellings(names)})' for field, names in NAMES.items())})\s?:(?!//)",
    re.IGNORECASE,
)
"""A field's name with its colon; `lastgroup` is the canonical name."""
