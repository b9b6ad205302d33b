"""The periods a document speaks of: covers, event, effective, deadline, target, or only mentioned.

What a document covers is the period of its title or subject, else one that the first paragraphs
report on (kb.vietnamese.periods.role_of).
"""

from __future__ import annotations

from datetime import date

from indexer.metadata.news import context_year
from kb.model import Period, Span
from kb.vietnamese import periods
from kb.vietnamese.periods import Mention

_KEPT = frozenset(("covers", "event", "effective", "deadline", "target"))
_MAX_TEXT = 60_000  # characters: some 20 pages; what a document covers stands in front
_MAX_PERIODS = 60
_MAX_MENTIONED = 20  # periods told in passing ("giai đoạn 2020-2025")
_FUTURE = frozenset(("ke-hoach", "giay-moi", "chuong-trinh", "phuong-an", "cong-dien"))


def read_periods(
    text: str,
    main: Span,
    title: Span | None,
    *,
    kind: str | None = None,
    told_on: date | None = None,
) -> tuple[Period, ...]:
    """The periods within `main`, at most 60, those in title and subject first in any case.

    `title` is where title or subject stand, `told_on` the day of issue or publication.
    """
    stretch = text[main.start : min(main.end, main.start + _MAX_TEXT)]
    here = Span(title.start - main.start, title.end - main.start) if title else None
    year = context_year(text[title.start : title.end]) if title else None
    found: list[Period] = []
    covered, mentioned = False, 0
    for mention in periods.find_all(
        stretch, published=told_on, context_year=year, future=kind in _FUTURE
    ):
        role = periods.role_of(mention, stretch, here)
        known = mention.start is not None or mention.end is not None
        if role == "mentioned" and mention.kind != "day" and known and mentioned < _MAX_MENTIONED:
            mentioned += 1
        elif role not in _KEPT:
            continue
        in_title = here is not None and here.start <= mention.span.start < here.end
        if role == "covers":
            if covered and not in_title:
                continue  # the title's period, or the first one told, is what it covers
            covered = True
        found.append(_period(mention, role, main.start))
        if len(found) >= _MAX_PERIODS:
            break
    return tuple(found)


def _period(mention: Mention, role: str, offset: int) -> Period:
    span = Span(mention.span.start + offset, mention.span.end + offset)
    return Period(mention.start, mention.end, mention.kind, role, mention.raw, span, mention.partial)
