"""Who signed: the name under the last title of the signature (Nghị định 30/2020/NĐ-CP, Điều 13)."""

from __future__ import annotations

import re

from indexer.metadata.zones import Zones
from kb.model import Span, Value

RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|[úu][ỷyý]|úy)|(?:PGS|GS|TS|ThS)\.)\s*", re.I
)


def read_signer(zones: Zones, properties: dict[str, tuple[str, Span]]) -> Value[str] | None:
    """The person's name without rank or degree."""
    if zones.tail.signer is not None:
        line = zones.tail.signer
        return _name(line.text, line.start, 0.9, "signature")
    if "signer" in properties:
        written, span = properties["signer"]
        return _name(written, span.start, 0.9, "property-table")
    return None


def _name(written: str, start: int, confidence: float, rule: str) -> Value[str]:
    position = 0
    while rank := RANK.match(written, position):
        position = rank.end()
    name = written[position:]
    shown = name.title() if name.isupper() else name
    return Value(shown, confidence, Span(start + position, start + len(written)), rule)
