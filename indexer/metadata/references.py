"""Documents that a document names, with the reason: căn cứ, thực hiện, thay thế, bãi bỏ ...

The words in front of a symbol within its sentence tell the relation (Nghị định 30/2020/NĐ-CP,
Phụ lục I, and the wording of amending and repealing provisions); without such words it is a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.metadata.head import Form
from indexer.metadata.zones import Zones
from kb.model import Reference
from kb.vietnamese.symbols import Found, Symbol, find_all

_REACH = 240  # characters before a symbol
_SENTENCE = re.compile(r"[.;:](?=\s)|\n\s*\n|\n(?=\s*(?:[-–+]|\d+\.|[a-zđ]\)|Căn cứ|Điều)\s)")
# The word nearest to the symbol decides; several words of one relation stand together.
_RELATIONS = tuple(
    (relation, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I))
    for relation, words in (
        ("replaces", r"thay\s+thế(?:\s+cho)?"),
        ("repeals", r"bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|hết\s+hiệu\s+lực"),
        ("amends", r"sửa\s+đổi,?\s*(?:và\s+)?bổ\s+sung|sửa\s+đổi|đính\s+chính"),
        ("annex_of", r"kèm\s+theo"),
        ("answers", r"phúc\s+đáp|trả\s+lời"),
        ("follows", r"tiếp\s+theo"),
        ("based_on", r"căn\s+cứ"),
        ("implements", r"thực\s+hiện|triển\s+khai|thi\s+hành|quán\s+triệt|theo\s+chỉ\s+đạo\s+tại"),
    )
)
_REPEALED_AFTER = re.compile(r"[^.;]{0,160}(?<!\w)hết\s+hiệu\s+lực(?!\w)", re.I)


def read_references(text: str, zones: Zones, own: Symbol | None) -> tuple[Reference, ...]:
    """The documents named in the text, in order; the document's own symbol is left out."""
    start = zones.main.start if zones.head.form is not Form.OTHER else 0
    stop = zones.tail.start if zones.tail.start is not None else len(text)
    annex = zones.tail.annex.start if zones.tail.annex else len(text)
    return tuple(_references(text, start, stop, annex, own))


def _references(
    text: str, start: int, stop: int, annex: int, own: Symbol | None
) -> Iterator[Reference]:
    for found in find_all(text):
        inside = start <= found.span.start < stop or found.span.start >= annex
        if not inside or not found.symbol.number or (own is not None and found.symbol.key == own.key):
            continue
        relation = _relation(text, found)
        yield Reference(relation, found.symbol.key, found.raw, found.span, found.issued_on)


def _relation(text: str, found: Found) -> str:
    before = text[max(0, found.span.start - _REACH) : found.span.start]
    ends = list(_SENTENCE.finditer(before))
    clause = before[ends[-1].end() :] if ends else before
    nearest, relation = -1, "cites"
    for name, words in _RELATIONS:
        for match in words.finditer(clause):
            if match.start() > nearest:
                nearest, relation = match.start(), name
    if relation in ("cites", "replaces") and _REPEALED_AFTER.match(text, found.span.end):
        return "repeals" if relation == "cites" else relation
    return relation
