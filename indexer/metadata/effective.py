"""From which day a document is in force, as its closing provisions say ("Hiệu lực thi hành")."""

from __future__ import annotations

import re
from datetime import date, timedelta

from indexer.metadata.zones import Zones
from kb.model import Span, Value
from kb.vietnamese.dates import find_day

_KINDS = (
    r"Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị|Quy chế"
    r"|Quy định|Lệnh|Quy trình|Hướng dẫn|Kế hoạch|Văn bản"
)
# "Thông tư này có hiệu lực thi hành kể từ ngày 15 tháng 02 năm 2022."
_SENTENCE = re.compile(
    rf"(?:{_KINDS})\s+này\s+(?:bắt\s+đầu\s+)?có\s+hiệu\s+lực(?:\s+thi\s+hành)?[^.;\n]{{0,30}}?"
    r"(?P<when>(?:kể\s+)?(?:từ|sau)\s[^.;\n]{0,90}|ngày\s+\d[^.;\n]{0,60})",
    re.I,
)
_SIGNED = re.compile(r"(?:kể\s+)?từ\s+ngày\s+(?:ký|ban\s+hành|được\s+ký)", re.I)
_DAYS = re.compile(r"sau\s+(\d{1,3})\s+ngày,?\s+kể\s+từ\s+ngày\s+(?:ký|ban\s+hành)", re.I)
_TABLE = re.compile(r"Ngày\s+có\s+hiệu\s+lực\s*:?\s*", re.I)


def read_effective(zones: Zones, text: str, issued: date | None) -> Value[date] | None:
    """The day, by the document's own words, else by a law site's table.

    "Kể từ ngày ký" is the day of issue, "sau 45 ngày kể từ ngày ký" is counted from it: both need it.
    """
    for match in _SENTENCE.finditer(text, zones.main.start, zones.main.end):
        start, end = match.span("when")
        if after := _DAYS.search(text, start, end):
            if issued is not None:
                day = issued + timedelta(days=int(after[1]))
                return Value(day, 0.9, Span(match.start(), after.end()), "days-after-signing")
        elif signed := _SIGNED.match(text, start, end):
            if issued is not None:
                return Value(issued, 0.95, Span(match.start(), signed.end()), "from-signing")
        elif found := find_day(text[:end], start):
            return Value(found[0], 0.95, Span(match.start(), found[2]), "in-force-from")
    for line in zones.lines[:80]:
        if label := _TABLE.search(line.text):
            found = find_day(text[: line.end], line.start + label.end())
            if found:
                return Value(found[0], 0.9, Span(found[1], found[2]), "property-table")
    return None
