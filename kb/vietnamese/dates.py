"""Single calendar days: as numbers ("04/8/2019") and in words ("ngày 04 tháng 8 năm 2019").

Months and longer periods, and days without a year, are the business of kb.vietnamese.periods.
"""

from __future__ import annotations

import re
from datetime import date

from kb.vietnamese.normalise import fold, plain_dashes

# Names of months, folded. "Tháng Giêng" is a month of the moon and not among them.
MONTH_NAMES = {
    "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip

# The draft "ngày   tháng   năm 2020" has no month: "năm" is one only before "năm 2020".
MONTH_WORD = (
    r"(?:mười\s+một|mười\s+hai|mười|một|hai|ba|tư|bốn|năm(?=\s+năm\b)|sáu|bảy|bẩy|tám|chín)(?!\w)"
)
NOT_IN_NUMBER = r"(?<!\d)(?<!\d[/.,-])"

_NUMERIC = re.compile(
    NOT_IN_NUMBER
    + r"(?:(\d{1,2})\s?(?:/\s?(\d{1,2})(?:\s?/\s?|\s+nam\s+)|-(\d{1,2})-|\.(\d{1,2})\.)"
    + r"((?:18|19|20)\d\d)"
    + r"|((?:19|20)\d\d)-(\d\d)-(\d\d))(?![\d/]|[.,-]\d)"
)
_WORDS = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*thang\s*(\d{{1,2}}|{fold(MONTH_WORD)})\s*[,/]?\s*(?:nam\s*)?((?:18|19|20)\d\d)(?!\d)"
)


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none (31/2)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_number(written: str) -> int | None:
    """1..12 of "8", "08", "tám" or "Tám"; None for anything else."""
    folded = " ".join(fold(written).split())
    number = int(folded) if folded.isdecimal() else MONTH_NAMES.get(folded, 0)
    return number if 1 <= number <= 12 else None


def find_day(text: str, start: int = 0) -> tuple[date, int, int] | None:
    """The first complete valid day at or after `start`: (day, start, end), offsets into `text`."""
    folded = plain_dashes(fold(text))
    found = [
        (day, m.start(), m.end())
        for pattern, read in ((_NUMERIC, _read_numeric), (_WORDS, _read_words))
        for m in pattern.finditer(folded, start)
        if (day := read(m))
    ]
    return min(found, key=lambda each: each[1]) if found else None


def parse_day(text: str) -> date | None:
    """The day of a date line: "Hà Tĩnh, ngày 04 tháng 8 năm 2019", "04/8/2019", "2019-08-04".

    None where day, month or year is missing (an unsigned draft) or the day does not exist.
    """
    found = find_day(text)
    return found[0] if found else None


def _read_numeric(match: re.Match[str]) -> date | None:
    day, slash, dash, dot, year, iso_year, iso_month, iso_day = match.groups()
    if iso_year:
        return make_day(int(iso_year), int(iso_month), int(iso_day))
    return make_day(int(year), int(slash or dash or dot), int(day))


def _read_words(match: re.Match[str]) -> date | None:
    month = month_number(match[2])
    return make_day(int(match[3]), month, int(match[1])) if month else None
