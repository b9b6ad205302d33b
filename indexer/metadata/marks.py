"""Marks of urgency and circulation: lines of their own near the head (Nghị định 30/2020, Điều 4, 8)."""

from __future__ import annotations

from indexer.metadata.lines import Role, TextLine
from indexer.metadata.zones import Zones
from kb.model import Span, Value

_NEAR = 25  # lines


def read_urgency(zones: Zones) -> Value[str] | None:
    """KHẨN, THƯỢNG KHẨN or HỎA TỐC."""
    return _mark(zones, Role.URGENT)


def read_circulation(zones: Zones) -> Value[str] | None:
    """LƯU HÀNH NỘI BỘ, XEM XONG TRẢ LẠI, DỰ THẢO LẦN 2 ..."""
    return _mark(zones, Role.CIRCULATION)


def _mark(zones: Zones, role: Role) -> Value[str] | None:
    for line in zones.lines[:_NEAR]:
        if line.fits(role):
            return Value(_shown(line), 0.9, Span(line.start, line.end), "mark")
    return None


def _shown(line: TextLine) -> str:
    return " ".join(line.text.strip("()[]*. ").split()).upper()
