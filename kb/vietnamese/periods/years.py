"""The year a day or period without one belongs to, or none.

In order of trust: the other end of the same expression, the title, the sentence, the paragraph,
the day of publication. What none of them settles stays without a year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kb.vietnamese.periods.mention import Mention, Piece, Reading

EXPLICIT, CONTEXT, PUBLISHED, UNKNOWN = "explicit", "context", "published", "unknown"

_SLACK = timedelta(days=3)  # news may be posted with a day of tomorrow, a plan signed late
_NEAR = timedelta(days=200)  # how far from its publication a text tells a day without naming the year
_LEAP_CYCLE = 8  # years to look through for a 29 February (1896-1904)
_SENTENCE_END = re.compile(r"[.!?…]\s+|\n\s*\n")

# Years of these say when the text tells of, those of the others are far from it.
_TELLING = ("day", "range", "month", "quarter", "year", "ytd_months", "half", "approx")
_REPORTED = ("quarter", "ytd_months", "half")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of the time a text speaks of."""

    text: str
    published: date | None
    context_year: int | None
    future: bool
    explicit: tuple[tuple[int, int, str], ...]  # (position, year, kind) of what names its year

    def years_near(self, position: int) -> list[tuple[int, bool]]:
        """Years the surroundings suggest, best first, and whether only a "năm 2020" does so."""
        found = [(self.context_year, True)] if self.context_year else []
        for start, end in (self._sentence(position), self._paragraph(position)):
            inside = [(year, kind) for at, year, kind in self.explicit if start <= at < end]
            if len({year for year, _ in inside}) == 1:
                loose = all(kind in ("year", "ytd_months", "half") for _, kind in inside)
                found.append((inside[0][0], loose))
        return found

    @property
    def reported_year(self) -> int | None:
        """The one year the whole text reports on, as in "6 tháng đầu năm 2017"."""
        years = {year for _, year, kind in self.explicit if kind in _REPORTED}
        return years.pop() if len(years) == 1 else None

    def _sentence(self, position: int) -> tuple[int, int]:
        start, end = max(0, position - 1_000), position + 1_000
        ends = [match.end() for match in _SENTENCE_END.finditer(self.text, start, end)]
        return (
            max((each for each in ends if each <= position), default=start),
            min((each for each in ends if each > position), default=end),
        )

    def _paragraph(self, position: int) -> tuple[int, int]:
        end = self.text.find("\n", position)
        return self.text.rfind("\n", 0, position) + 1, len(self.text) if end < 0 else end


def explicit_years(readings: list[Reading]) -> tuple[tuple[int, int, str], ...]:
    """(position, year, kind) of the readings that tell when the text is about."""
    return tuple(
        (reading.span.start, piece.year, reading.kind)
        for reading in readings
        if reading.kind in _TELLING and not reading.cited
        for piece in reading.pieces
        if piece.year
    )


def settle(reading: Reading, knowledge: Knowledge) -> Mention | None:
    """The reading with its years; None where the calendar does not have it."""
    raw = knowledge.text[reading.span.start : reading.span.end]
    precision = reading.pieces[0].precision if len(reading.pieces) == 1 else "span"
    if reading.kind == "recurring":
        return _mention(reading, None, None, precision, _partial(reading), UNKNOWN, raw)
    pieces, source = _with_years(reading, knowledge)
    if pieces is None:
        return _mention(reading, None, None, precision, _partial(reading), UNKNOWN, raw)
    start = pieces[0].start() if reading.first else None
    end = pieces[-1].end() if reading.last else None
    if (
        (reading.first and start is None)
        or (reading.last and end is None)
        or (start and end and start > end)
    ):
        return None
    return _mention(reading, start, end, precision, None, source, raw)


def _mention(
    reading: Reading,
    start: date | None,
    end: date | None,
    precision: str,
    partial: str | None,
    source: str,
    raw: str,
) -> Mention:
    return Mention(
        start, end, reading.kind, precision, partial, source, raw, reading.span, reading.cited
    )


def _partial(reading: Reading) -> str:
    return "/".join(piece.partial() for piece in reading.pieces)


def _with_years(reading: Reading, knowledge: Knowledge) -> tuple[list[Piece] | None, str]:
    pieces = reading.pieces
    known = [piece for piece in pieces if piece.year]
    source = EXPLICIT
    if not known:
        year, source = _choose(reading, pieces[0], knowledge)
        if year is None:
            return None, UNKNOWN
        known = pieces[:1] = [pieces[0].of(year)]
    if len(pieces) == 2 and len(known) == 1:
        pieces = _completed(pieces)
    return pieces, source


def _completed(pieces: list[Piece]) -> list[Piece]:
    """Both ends with a year, the unknown one as close to the known one as order allows."""
    first, last = pieces
    if first.year:
        year = first.year if last.last >= first.first else first.year + 1
        return [first, last.of(year)]
    if last.year:
        year = last.year if first.first <= last.last else last.year - 1
        return [first.of(year), last]
    return pieces


def _choose(reading: Reading, piece: Piece, knowledge: Knowledge) -> tuple[int | None, str]:
    published, position = knowledge.published, reading.span.start
    if reading.years_ago is not None:
        return (published.year - reading.years_ago, PUBLISHED) if published else (None, UNKNOWN)
    for year, loose in knowledge.years_near(position):
        if _plausible(reading, piece.of(year), loose, published):
            return year, CONTEXT
    if published is not None:
        expected = reading.expected or knowledge.future
        if piece.precision == "day":
            return _nearest_day(reading, piece, published, expected), PUBLISHED
        return _year_of_period(piece, published, expected), PUBLISHED
    if reading.kind in _REPORTED and knowledge.reported_year:
        return knowledge.reported_year, CONTEXT
    return None, UNKNOWN


def _plausible(reading: Reading, piece: Piece, loose: bool, published: date | None) -> bool:
    """Whether a suggested year fits: its weekday, its distance from the day of publication."""
    day = piece.start()
    if day is None or not _on_weekday(reading, day):
        return False
    if piece.precision != "day":
        return True
    if published is not None:
        return abs(day - published) <= _NEAR
    # Around New Year "tổng kết năm 2019" is told in 2020, "nhiệm vụ năm 2020" in 2019.
    return not (loose and day.month in (12, 1, 2))


def _nearest_day(reading: Reading, piece: Piece, published: date, expected: bool) -> int | None:
    """The year of the last such day up to publication, or of the first one from there."""
    step = 1 if expected else -1
    for year in range(published.year - step, published.year + step * _LEAP_CYCLE, step):
        day = piece.of(year).start()
        if day is None or not _on_weekday(reading, day):
            continue
        if (day >= published - _SLACK) if expected else (day <= published + _SLACK):
            return year
    return None


def _year_of_period(piece: Piece, published: date, expected: bool) -> int:
    """The year of publication, except where a plan or a report of January points to its neighbour."""
    start, end = piece.of(published.year).start(), piece.of(published.year).end()
    if expected:
        return published.year + 1 if end and end < published else published.year
    told_of_last_year = published.month <= 2 and start and start > published
    return published.year - 1 if told_of_last_year else published.year


def _on_weekday(reading: Reading, day: date) -> bool:
    return reading.weekday is None or day.weekday() == reading.weekday
