"""Dates and periods among the plain words: "6 tháng đầu năm 2020", "quý I/2025", "2022".

A period people report on means what a document covers, a day or an open range when it was issued, a
year either. What has no year is no period: "ngày 19/8" asks for a meaning, not for documents of a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kb.engines.port import Query
from kb.model import Span
from kb.query.understanding import clauses
from kb.query.understanding.recognised import Recognised, overlaps
from kb.query.understanding.runs import Run
from kb.results import Understood
from kb.vietnamese.normalise import fold, has_accents
from kb.vietnamese.periods import Mention, find_typed

REPORTED = frozenset(("ytd_months", "half", "quarter"))
YEARS = frozenset(("year", "phase", "term", "school_year"))
NOT_ASKED = frozenset(("recurring", "anniversary", "comparison"))

FIRST_YEAR, YEARS_AHEAD = 1945, 15  # what is further off is a number, not a year

MERGER = date(2025, 7, 1)  # Nghị quyết 202/2025/QH15: 63 provinces became 34
_MERGER = re.compile(r"\b(truoc|sau)(?: khi)? sap nhap\b")

# Without one of these there is nothing to read.
_SPEAKS_OF_TIME = re.compile(r"\d{4}|\b(?:nay|ngoai|truoc|qua|kia|sau)\b")
_TIME_WORDS = re.compile(r"\b(?:thang|nam|quy|tu|den|dau|cuoi|giai doan|ngay|tuan)\b")


def periods_named(run: Run, taken: Sequence[Span], today: date) -> Iterator[Recognised]:
    """The dates and periods of a run outside of `taken` (spans of the query)."""
    folded = fold(run.text)
    if _SPEAKS_OF_TIME.search(folded) is None:
        return
    text = run.without(taken, " ")
    mentions = _mentions(text, today)
    lent = any(mention.year_from == "context" for mention in mentions)
    for mention in mentions:
        if lent and mention.kind == "year":
            continue  # it completes another: "quý I ... 2025"
        bounds = (mention.start, mention.end)
        if mention.cited or mention.kind in NOT_ASKED or bounds == (None, None):
            continue
        if all(day is None or _plausible(day, today) for day in bounds):
            start, end = mention.span.start, mention.span.end
            yield _recognised(run, start, end, mention.kind, *bounds)
    for match in _MERGER.finditer(folded):
        if not overlaps(run.span(*match.span()), taken):
            before = match[1] == "truoc"
            first, last = (None, date(2025, 6, 30)) if before else (MERGER, None)
            yield _recognised(run, *match.span(), "range", first, last)


def _mentions(text: str, today: date) -> list[Mention]:
    """As typed; or without accents, where accents were left out of the words of time only."""
    found = find_typed(text, today=today)
    if has_accents(text) and _TIME_WORDS.search(text.lower()):
        plain = find_typed(fold(text), today=today)
        if _covered(plain) > _covered(found):
            return plain
    return found


def _covered(mentions: Sequence[Mention]) -> int:
    return sum(m.span.end - m.span.start for m in mentions if m.start or m.end)


def _plausible(day: date, today: date) -> bool:
    return FIRST_YEAR <= day.year <= today.year + YEARS_AHEAD


def _recognised(
    run: Run, start: int, end: int, kind: str, first: date | None, last: date | None
) -> Recognised:
    written = run.text[start:end]
    whole = first is not None and last is not None
    ranks: Query
    stands_for: Query
    if whole and kind in REPORTED:
        ranks, stands_for = clauses.report_period(first, last)  # type: ignore[arg-type]
    elif whole and kind in YEARS:
        ranks, stands_for = clauses.year(first, last)  # type: ignore[arg-type]
    else:
        ranks, stands_for = clauses.days(first, last)
    bounds = (("from", first), ("to", last))
    told = Understood(
        "period" if kind in REPORTED | YEARS else "date",
        written,
        f"{first or ''}..{last or ''}",
        label=written,
        span=run.span(start, end),
        filters=tuple((name, day.isoformat()) for name, day in bounds if day),
        soft=True,
    )
    return Recognised(told, ranks, stands_for)
