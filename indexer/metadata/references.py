"""Documents that a document names, with the reason: căn cứ, thực hiện, thay thế, bãi bỏ ...

The words in front of a symbol within its sentence tell the relation (Nghị định 30/2020/NĐ-CP,
Phụ lục I, and the wording of amending and repealing provisions); without such words it is a mention.
"""

from __future__ import annotations

import re

from indexer.metadata.head import Form
from indexer.metadata.lines import Role
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
    found: list[Reference] = []
    for each in find_all(text):
        inside = start <= each.span.start < stop or each.span.start >= annex
        if not inside or not each.symbol.number or (own is not None and each.symbol.key == own.key):
            continue
        relation = _relation(text, each) or _relation_of_ground(zones, each) or "cites"
        found.append(Reference(relation, each.symbol.key, each.raw, each.span, each.issued_on))
    return tuple(found)


def _relation(text: str, found: Found) -> str | None:
    """By the nearest telling words before the symbol in its clause, or "... hết hiệu lực" behind it."""
    before = text[max(0, found.span.start - _REACH) : found.span.start]
    ends = list(_SENTENCE.finditer(before))
    clause = before[ends[-1].end() :] if ends else before
    nearest, relation = -1, None
    for name, words in _RELATIONS:
        for match in words.finditer(clause):
            if match.start() > nearest:
                nearest, relation = match.start(), name
    if relation is None and _REPEALED_AFTER.match(text, found.span.end):
        return "repeals"
    return relation


def _relation_of_ground(zones: Zones, found: Found) -> str | None:
    """What the ground says that names the symbol: "Căn cứ Luật ...; Thông tư số ..." names two."""
    for line in reversed(zones.grounds):
        if line.start <= found.span.start and line.fits(Role.GROUND):
            if found.span.start > zones.grounds[-1].end:
                return None
            return next((name for name, words in _RELATIONS if words.search(line.text[:20])), None)
    return None
