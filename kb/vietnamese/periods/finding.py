"""Finding all dates and periods of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kb.model import Span
from kb.vietnamese.normalise import fold, has_accents, plain_dashes
from kb.vietnamese.periods.building import Scene
from kb.vietnamese.periods.grammar import pattern
from kb.vietnamese.periods.mention import Mention, Reading
from kb.vietnamese.periods.relative import find_relative
from kb.vietnamese.periods.rules import RULES, TYPED_RULES, Rule
from kb.vietnamese.periods.years import Knowledge, explicit_years, settle
from kb.vietnamese.symbols.finding import blank_out
from kb.vietnamese.symbols.finding import find_all as find_symbols

_EVERY_YEAR = r"\s*,?\s*(?:hằng|hàng|mỗi)\s+năm(?!\w)"
_YEAR_TOLD = r"(?:(?<=năm)|\s+năm)\s+(ngoái|trước|nay)(?!\w)"
_COMPARED = r"(?<!\w)(?:so\s+với|cùng\s+kỳ)(?:\s+(?:cùng\s+kỳ|của|với))*\s+$"
_EXPECTED = r"(?<!\w)(?:sẽ|dự\s+kiến|tổ\s+chức\s+vào|sắp)(?!\w)[^.;\n]*$"
_WEEKDAY = r"(?<!\w)(?:thứ\s+(hai|ba|tư|năm|sáu|bảy|[2-7])|(chủ\s+nhật))\s*,?\s*\(?$"
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
# "Luật Công an nhân dân năm 2018", "... ngày 20 tháng 11 năm 2018": the date belongs to the name.
_NAMED_LAW = r"(?<!\w)(?:luật|pháp\s+lệnh|hiến\s+pháp)(?!\w)[^.;,:\n]{0,80}$"


def find_all(
    text: str,
    *,
    published: date | None = None,
    context_year: int | None = None,
    future: bool = False,
) -> list[Mention]:
    """Every date and period of an NFC text, in order, not overlapping.

    `published`: day of publication or issue, from which "19/6", "quý II" and "hôm qua" get their
    year. `context_year`: the year the title names. `future`: the text is a plan or an invitation,
    its days lie ahead. Numbers of documents are left out; days named with them are `cited`.
    """
    return _find(text, RULES, published, context_year, future, published)


def find_typed(text: str, *, today: date | None = None) -> list[Mention]:
    """The dates and periods of a query: as `find_all`, and "2022", "3/2025", "từ 2020" stand alone.

    Only what is told from now on ("tháng trước") uses `today`; "quý I" stays partial.
    """
    return _find(text, RULES + TYPED_RULES, None, None, False, today)


def _find(
    text: str,
    rules: Sequence[Rule],
    published: date | None,
    context_year: int | None,
    future: bool,
    today: date | None,
) -> list[Mention]:
    folded = not has_accents(text)
    symbols = find_symbols(text)
    low = blank_out(_small(text, folded), [found.span for found in symbols])
    cited = {found.issued_span.end for found in symbols if found.issued_span}
    readings: list[Reading] = []
    for rule in rules:
        scene = Scene(text, low, folded)
        found_here = [
            _in_context(reading, scene, cited)
            for match in pattern(rule.source, folded).finditer(low)
            for reading in rule.build(scene, match)
        ]
        low = blank_out(low, [reading.span for reading in found_here])
        readings += found_here

    knowledge = Knowledge(text, published, context_year, future, explicit_years(readings))
    mentions = [mention for reading in readings if (mention := settle(reading, knowledge))]
    if today is not None:
        mentions += find_relative(low, text, today, folded)
    return sorted(mentions, key=lambda each: each.span.start)


def _in_context(reading: Reading, scene: Scene, cited: set[int]) -> Reading:
    """What the words around say: hằng năm, so với cùng kỳ, sẽ, thứ Sáu, a document's number."""
    start, end = reading.span.start, reading.span.end
    precise = len(reading.pieces) == 1 and reading.pieces[0].precision == "day"
    weekday = scene.before(_WEEKDAY, start) if precise else None
    expected = scene.before(_EXPECTED, start, 60)
    law = (
        reading.kind in ("year", "day")
        and reading.pieces[0].year
        and scene.before(_NAMED_LAW, start, 100)
    )
    told = None if any(piece.year for piece in reading.pieces) else scene.at(_YEAR_TOLD, end)
    if told is not None:
        end = told.end()
    reading = replace(
        reading,
        span=Span(start, end),
        years_ago=None if told is None else int(fold(told[1]) != "nay"),
        expected=reading.expected or expected is not None,
        cited=end in cited or bool(law),
        weekday=_weekday(weekday[1]) if weekday else None,
    )
    if not any(piece.year for piece in reading.pieces) and scene.at(_EVERY_YEAR, end):
        return replace(reading, kind="recurring")
    if scene.before(_COMPARED, start):
        return replace(reading, kind="comparison")
    return reading


def _weekday(written: str | None) -> int:
    if written is None:
        return 6  # chủ nhật
    return int(written) - 2 if written.isdecimal() else _WEEKDAYS[fold(written)]


def _small(text: str, folded: bool) -> str:
    """The text as the rules see it: small letters, plain dashes, of the same length."""
    plain = plain_dashes(text)
    low = fold(plain) if folded else plain.lower()
    return (
        low
        if len(low) == len(text)
        else "".join((fold(c) if folded else c.lower())[:1] or " " for c in plain)
    )
