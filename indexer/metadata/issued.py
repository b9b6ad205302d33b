"""The day of issue (ngày ban hành): date line, property table, adoption of a law, digital stamp."""

from __future__ import annotations

import re
from datetime import date, timedelta

from indexer.metadata.head import Head
from indexer.metadata.zones import Zones
from kb.i18n import _
from kb.model import Span, Value
from kb.vietnamese.dates import find_day

_EARLIEST = date(1945, 1, 1)
_AHEAD = timedelta(days=40)  # a paper may bear a day to come; more is a slip of the pen (2205)
# "Luật này đã được Quốc hội ... khóa XIV, kỳ họp thứ 3 thông qua ngày 12 tháng 6 năm 2017."
_ADOPTED = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết) này\s(?:(?!\n\n)[\s\S]){0,260}?thông\s+qua\s"
    r"(?:(?!\n\n)[\s\S]){0,80}?(?=ngày\s+\d)",
    re.I,
)
_PLACE = re.compile(r"([^\W\d_][^,\d]{1,40}?)\s*,\s*ngày\b", re.I)
_STAMP = re.compile(r"Ngày ký\s*:?\s*|Thời gian ký\s*:?\s*", re.I)


def read_issued(
    zones: Zones, text: str, properties: dict[str, tuple[str, Span]]
) -> tuple[Value[date] | None, list[str]]:
    """The day and warnings. The best evidence that gives a possible day wins."""
    warnings: list[str] = []
    for rule, confidence, span in _evidence(zones, text, properties):
        found = find_day(text[: span.end], span.start)
        if found is None:
            if rule == "date-line":
                warnings.append(
                    _("Không đọc được ngày ban hành (để trống, bản dự thảo, hoặc ghi sai).")
                )
            continue
        day, start, end = found
        if _EARLIEST <= day <= date.today() + _AHEAD:
            return Value(day, confidence, Span(start, end), rule), warnings
        warnings.append(_("Ngày ban hành {day} không thể đúng.").format(day=f"{day:%d/%m/%Y}"))
    return None, warnings


def read_place(head: Head) -> Value[str] | None:
    """The place in front of the day: the seat of the issuer."""
    line = head.date
    if line is None or (match := _PLACE.search(line.text)) is None:
        return None
    place = " ".join(match[1].split())
    return Value(place, 0.9, Span(line.start + match.start(1), line.start + match.end(1)), "date-line")


def adoption(zones: Zones, text: str) -> Span | None:
    """The sentence in which a law says who adopted it, up to the day ("ngày 12 tháng 6 ...")."""
    for line in reversed(zones.lines):
        if match := _ADOPTED.match(text, line.start):
            return Span(match.start(), match.end())
    return None


def _evidence(
    zones: Zones, text: str, properties: dict[str, tuple[str, Span]]
) -> list[tuple[str, float, Span]]:
    """Stretches of text to read a day from, best first: rule, confidence, span."""
    found: list[tuple[str, float, Span]] = []
    if zones.head.date is not None:
        found.append(("date-line", 0.98, Span(zones.head.date.start, zones.head.date.end)))
    if "issued" in properties:
        found.append(("property-table", 0.95, properties["issued"][1]))
    if adopted := adoption(zones, text):
        found.append(("adopted", 0.9, Span(adopted.end, min(adopted.end + 60, len(text)))))
    for line in (*zones.lines[:10], *zones.lines[-10:]):
        if match := _STAMP.match(line.text):
            found.append(("stamp", 0.4, Span(line.start + match.end(), line.end)))
    return found
