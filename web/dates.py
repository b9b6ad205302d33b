"""Days as people type and read them: 12/3/2025, 3/2025, 2025."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Literal

_DATE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def parse_date(raw: str, end: Literal["start", "end"]) -> date | None:
    """A day from 12/3/2025, 3/2025, 2025 or 2025-03-12; `end` says which end of a month or year."""
    if iso := _ISO_DATE.fullmatch(raw):
        year, month, day = (int(part) for part in iso.groups())
    elif match := _DATE.fullmatch(raw):
        year = int(match[3])
        month = int(match[2]) if match[2] else (1 if end == "start" else 12)
        if not (1 <= month <= 12 and year):
            return None
        last = calendar.monthrange(year, month)[1]
        day = int(match[1]) if match[1] else (1 if end == "start" else last)
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def format_start(day: date) -> str:
    """The shortest text that `parse_date(…, "start")` reads as this day."""
    return f"{day.year:04}" if (day.month, day.day) == (1, 1) else format_day(day)


def format_end(day: date) -> str:
    """The shortest text that `parse_date(…, "end")` reads as this day."""
    return f"{day.year:04}" if (day.month, day.day) == (12, 31) else format_day(day)


def format_day(day: date) -> str:
    """dd/mm/yyyy."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
