"""Which values a field can have: names in our tables, dates, words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Protocol

from kb.vietnamese import kinds, periods, topics, units
from kb.vietnamese.normalise import fold
from kb.vietnamese.segment import segment

Range = tuple[date | None, date | None]

_COMPARISON = re.compile(r"(>=|<=|[<>≤≥])\s*")
_DAY = timedelta(days=1)


class KnownValues(Protocol):
    """Which values fields can have. The parser asks it how many words belong to a value."""

    def names(self, field: str, text: str) -> bool:
        """Is `text` the whole name of a kind, a unit or a topic (`field`)?"""

    def days(self, text: str) -> Range | None:
        """First and last day of "2020..2022", "quý I/2025" ...; None where it is no date."""

    def first_word(self, text: str) -> int:
        """Where the first word of `text` ends, which may be several syllables ("hội nghị")."""


class Tables:
    """The values of our own tables (kb.vietnamese)."""

    def names(self, field: str, text: str) -> bool:
        """See KnownValues."""
        if field == "kind":
            return kinds.by_name(text) is not None
        if field == "topic":
            return topics.by_name(text) is not None
        unit = units.resolve(text)  # also finds a unit inside a longer text
        return unit is not None and (unit.start, unit.end) == (0, len(text))

    def days(self, text: str) -> Range | None:
        """See KnownValues."""
        if comparison := _COMPARISON.match(text):
            days = periods.query_range(text[comparison.end() :])
            return _compared(comparison[1], days) if days else None
        if fold(text) == "nay":  # "từ 2020 đến nay"
            return date.today(), date.today()
        return periods.query_range(text)

    def first_word(self, text: str) -> int:
        """See KnownValues."""
        # The segmenter knows running text; in capitals it would find no word of two syllables.
        spans = segment(text.lower() if text.isupper() else text)
        return spans[0][1] if spans else 0


def _compared(sign: str, days: Range) -> Range | None:
    """The days after, from, before or up to a period; None where it has no such end."""
    first, last = days
    if sign in (">", ">=", "≥"):
        start = first if sign != ">" else last and last + _DAY
        return (start, None) if start else None
    end = last if sign != "<" else first and first - _DAY
    return (None, end) if end else None
