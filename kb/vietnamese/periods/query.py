"""Ranges of days as people type them after "ngày:"."""

from __future__ import annotations

from datetime import date

from kb.vietnamese.normalise import nfc
from kb.vietnamese.periods.finding import find_typed

Range = tuple[date | None, date | None]

MAX_LENGTH = 100  # characters


def query_range(text: str, *, today: date | None = None) -> Range | None:
    """The first and last day of a typed range, None for an open end; None where it is no range.

    Reads "2022", "3/2025", "04/8/2019", "2022-06-15", "quý I/2024", "6 tháng đầu năm 2020", "từ 2020
    đến 2023", and any two of them around "..", of which one may be missing. With accents or without.
    A year is never invented: "quý I" alone is no range. Only "tháng trước" and its like use `today`.
    """
    text = nfc(text).strip()
    if len(text) > MAX_LENGTH:
        return None
    if ".." not in text:
        return _whole(text, today)
    first, _, last = text.partition("..")
    first, last = first.strip(". "), last.strip(". ")
    start, end = (_whole(side, today) if side else (None, None) for side in (first, last))
    if start is None or end is None or not (first or last):
        return None
    if first and last and start[0] and end[0] and start[0] > end[0]:
        start, end = end, start  # 2023..2020
    return start[0], end[1]


def _whole(text: str, today: date | None) -> Range | None:
    """The one period that is all of the text."""
    found = find_typed(text, today=today)
    if len(found) != 1 or (found[0].span.start, found[0].span.end) != (0, len(text)):
        return None
    start, end = found[0].start, found[0].end
    return (start, end) if start or end else None
