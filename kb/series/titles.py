"""Whether two titles name the same recurring work: "… năm 2022" and "… năm 2023"."""

from __future__ import annotations

import re

from kb.vietnamese.normalise import fold

ALIKE = 0.7  # shared words of two titles of one series
_FEW = 3  # words: a shorter title has to be the same
# What differs between the years; "6 tháng" against "năm" is another series.
_TIME = re.compile(
    r"\b(?:nam|giai doan|nhiem ky)?\s*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\b"
    r"|\bquy\s+(?:[ivx]+|\d)\b|\bthang\s+\d{1,2}\b|\bngay\s+\d{1,2}(?:[/-]\d{1,2})?\b|\blan thu\s+\w+\b"
)
_LENGTHS = (
    ("sau-thang", re.compile(r"\b(?:6|06|sau) thang\b")),
    ("chin-thang", re.compile(r"\b(?:9|09|chin) thang\b")),
    ("quy", re.compile(r"\bquy\s+(?:[ivx]+|\d)\b")),
    ("thang", re.compile(r"\bthang\s+\d{1,2}\b")),
    ("tuan", re.compile(r"\btuan\s+\d")),
)
_WORD = re.compile(r"[^\W_]+")


def words(title: str) -> frozenset[str]:
    """The words that stay the same every year."""
    return frozenset(_WORD.findall(_TIME.sub(" ", fold(title))))


def alike(first: str, second: str) -> float:
    """Shared words of two titles (0..1); 0 where they cover periods of another length."""
    if _length(first) != _length(second):
        return 0.0
    one, other = words(first), words(second)
    if not one or not other:
        return 0.0
    share = len(one & other) / len(one | other)
    return share if min(len(one), len(other)) > _FEW or share == 1.0 else 0.0


def _length(title: str) -> str:
    folded = fold(title)
    return next((name for name, pattern in _LENGTHS if pattern.search(folded)), "")
