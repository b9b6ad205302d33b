"""Times told from the day of publication: hôm qua, tuần này, tháng trước, từ đầu năm đến nay."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from kb.model import Span
from kb.vietnamese.normalise import fold
from kb.vietnamese.periods.grammar import TIME, Y, pattern
from kb.vietnamese.periods.mention import Mention

_TO_DATE = rf"(?<!\w)(?:kể\s+)?từ\s+đầu\s+năm(?:\s+({Y}))?\s+(?:đến|tới)\s+nay"
_DAY = rf"(?<!\w)(?:(?:hôm|{TIME})\s+(nay|qua)|hôm\s+(kia)|ngày\s+(mai))(?!\w)"
# Not "nhiều năm qua", "6 tháng qua", "hằng tháng này".
_SPAN = (
    r"(?<!\w)(?<!\d\s)(?<!những\s)(?<!nhiều\s)(?<!các\s)(?<!mấy\s)(?<!vài\s)(?<!mọi\s)"
    r"(?<!một\s)(?<!hai\s)(?<!ba\s)"
    r"(tuần|tháng|quý|năm)\s+(này|nay|qua|trước|ngoái)(?!\w)"
)
_DAYS = {"nay": 0, "qua": -1, "kia": -2, "mai": 1}


def find_relative(low: str, text: str, published: date, folded: bool) -> Iterator[Mention]:
    """Mentions whose days follow from the day of publication. `low` as in rules.Scene."""
    for match in pattern(_TO_DATE, folded).finditer(low):
        start = date(int(match[1]) if match[1] else published.year, 1, 1)
        if start <= published:
            source = "explicit" if match[1] else "published"
            yield _mention(text, match.span(), start, published, "ytd", "span", source)
    for match in pattern(_DAY, folded).finditer(low):
        day = published + timedelta(days=_DAYS[fold(match[1] or match[2] or match[3])])
        yield _mention(text, match.span(), day, day, "day", "day", "published")
    for match in pattern(_SPAN, folded).finditer(low):
        unit, which = fold(match[1]), fold(match[2])
        start, end = _calendar_span(unit, which in ("nay",), published)
        kind = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}[unit]
        yield _mention(text, match.span(), start, end, kind, kind, "published")


def _calendar_span(unit: str, current: bool, published: date) -> tuple[date, date]:
    """The week, month, quarter or year of the day, or the one before."""
    if unit == "tuan":
        monday = published - timedelta(days=published.weekday() + (0 if current else 7))
        return monday, monday + timedelta(days=6)
    length = {"thang": 1, "quy": 3, "nam": 12}[unit]
    months = published.year * 12 + (published.month - 1) // length * length - (0 if current else length)
    year, first = divmod(months, 12)
    last = first + length
    return date(year, first + 1, 1), date(year, last, monthrange(year, last)[1])


def _mention(
    text: str, span: tuple[int, int], start: date, end: date, kind: str, precision: str, source: str
) -> Mention:
    raw = text[span[0] : span[1]]
    return Mention(start, end, kind, precision, None, source, raw, Span(*span))
