"""Documents by year, and by month where few years are looked at: bars to click or drag over."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.results import FacetValue, Results
from web.facets import FacetLink
from web.languages import _
from web.params import SearchState

MAX_BARS = 16  # years drawn side by side; earlier ones are listed
MAX_MONTHS = 24  # of the days asked for; more are too narrow to click on
BAR_STEPS = 20  # the style sheet has one class for each height


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or a month: `height` is 0..BAR_STEPS, 0 only where there is nothing.

    `start` and `end` are its days; `tick` stands below it, `name` tells it to who cannot see it.
    """

    tick: str
    name: str
    count: int
    height: int
    selected: bool
    state: SearchState
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars of years for the latest, links for the ones before; bars of months, or none."""

    years: tuple[Bar, ...]
    earlier: tuple[FacetLink, ...]
    months: tuple[Bar, ...]


def build(results: Results, state: SearchState) -> Histogram | None:
    """The histogram of an answer; None where no document found has a date."""
    counts = _counts(results.facets.get("year", ()))
    known = sorted({*counts, *state.year}, key=int)
    if not any(counts.values()):
        return None
    last = int(known[-1])
    first = max(int(known[0]), last - MAX_BARS + 1)
    earlier = tuple(
        FacetLink(
            year,
            counts.get(year),
            year in state.year,
            state.toggled("year", year),
            state.excluding("year", year),
        )
        for year in reversed(known)
        if int(year) < first
    )
    years = [_year(number, counts.get(str(number), 0), state) for number in range(first, last + 1)]
    return Histogram(_scaled(years), earlier, _scaled(_months(results, state)))


def _counts(values: Sequence[FacetValue]) -> dict[str, int]:
    return {value.value: value.count for value in values}


def _year(number: int, count: int, state: SearchState) -> Bar:
    start, end, year = date(number, 1, 1), date(number, 12, 31), str(number)
    selected = year in state.year or _in_range(start, end, state)
    return Bar(year, year, count, 0, selected, state.toggled("year", year), start, end)


def _in_range(start: date, end: date, state: SearchState) -> bool:
    """Whether a range is asked for and some of these days lie in it."""
    if not (state.date_from or state.date_to):
        return False
    return (state.date_from or start) <= end and (state.date_to or end) >= start


def _months(results: Results, state: SearchState) -> list[Bar]:
    """Of the year or range asked for, all months, if they are few; a month chosen shows its year."""
    span = _span(state)
    if span is None:
        return []
    first, last = span
    whole = (first.year, last.year) if (last.year - first.year + 1) * 12 <= MAX_MONTHS else None
    if whole is None:
        return []
    counts = _counts(results.facets.get("month", ()))
    bars = []
    for year in range(whole[0], whole[1] + 1):
        for month in range(1, 13):
            start = date(year, month, 1)
            end = date(year, month, calendar.monthrange(year, month)[1])
            chosen = (state.date_from, state.date_to) == (start, end)
            to = state.only("year", str(year)).without_dates() if chosen else state.within(start, end)
            name = _("tháng %(month)s/%(year)s", month=month, year=year)
            count = counts.get(f"{year:04}-{month:02}", 0)
            selected = _in_range(start, end, state)
            bars.append(Bar(str(month), name, count, 0, selected, to, start, end))
    return bars


def _span(state: SearchState) -> tuple[date, date] | None:
    if state.date_from and state.date_to:
        return state.date_from, state.date_to
    if state.year and not (state.date_from or state.date_to):
        years = [int(year) for year in state.year]
        return date(min(years), 1, 1), date(max(years), 12, 31)
    return None


def _scaled(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    most = max((bar.count for bar in bars), default=1) or 1
    heights = (max(1, round(bar.count / most * BAR_STEPS)) if bar.count else 0 for bar in bars)
    return tuple(replace(bar, height=height) for bar, height in zip(bars, heights, strict=True))
