"""The spellings of dates and periods, one rule each, in the order they are tried.

A rule is a pattern and the function that gives its matches a meaning; what yields a reading is
blanked out for the rules behind it. The patterns see small letters only (see periods.grammar).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.vietnamese.periods import building as build
from kb.vietnamese.periods.building import Match, Scene
from kb.vietnamese.periods.grammar import (
    BARE_YEAR,
    COUNT,
    DAY,
    FIRST,
    LAST,
    LAST_DAY,
    MONTH,
    MONTH_OF_YEAR,
    PIECE,
    QUARTER,
    TIME,
    YEAR,
    D,
    M,
    Y,
)
from kb.vietnamese.periods.mention import Reading


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern (accented small letters, see grammar.pattern) and what its matches mean."""

    source: str
    build: Callable[[Scene, Match], Iterator[Reading]]


_SEVERAL = (
    r"(?<!\w)(?P<first>(?P<unit>{unit}\s*){value})\s*(?P<join>,|và|-|đến)\s*"
    r"(?P<second>(?P<again>{unit}\s*)?"
    rf"(?P<last>{{value}}(?:(?:\s?[/.-]\s?|\s*,?\s*năm\s+){Y})?))"
)
_QUARTER_NUMBER = r"(?:iv|i{1,3}|[1-4])(?!\w)"

RULES = (
    Rule(rf"(?<!\w)năm\s+học\s+({Y})\s?-\s?({Y})", build.school_year),
    Rule(
        rf"(?P<count>{COUNT})\s+tháng(?:\s+(?P<part>đầu|cuối))?\s*,?\s+(?:của\s+)?năm(?!\s+học)"
        rf"(?:\s+(?P<year>{Y}))?(?(part)|(?<=\d))",
        build.months_of_year,
    ),
    Rule(rf"(?<!\w)(?:kể\s+)?từ\s+đầu\s+năm\s+({Y})\s+(?:đến|tới)\s+nay", build.year_to_date),
    Rule(rf"(?<!\w)nửa\s+(đầu|cuối)\s+năm(?:\s+({Y}))?(?!\s+học)", build.half_year),
    Rule(
        rf"(?<!\w)(?P<prefix>từ\s+ngày|từ|ngày|đêm\s+ngày|đêm)\s+(?P<day>{D})(?:\s*,\s*{D}){{0,6}}"
        rf"\s*(?:,|và|-|đến(?:\s+hết)?(?:\s+ngày)?|rạng\s+sáng)\s*(?P<last>{LAST_DAY})",
        build.days_of_month,
    ),
    Rule(
        r"(?:(?<!\w)(?=[gntq])|(?=\d))"
        rf"(?P<prefix>(?:giai\s+đoạn|nhiệm\s+kỳ|thời\s+kỳ|từ(?:\s+{TIME})?)\s+)?(?P<first>{FIRST})"
        r"(?:\s+(?:của\s+)?năm\s+trước)?\s*,?\s*"
        rf"(?P<join>-|đến(?:\s+hết)?(?:\s+{TIME})?|tới|rạng\s+sáng)\s*(?P<last>{LAST})",
        build.from_to,
    ),
    Rule(rf"{DAY}(?:\s*(?:,|và|,\s*và)\s*{DAY}){{1,6}}", build.several_days),
    Rule(_SEVERAL.format(unit="tháng", value=M), build.several_months),
    Rule(_SEVERAL.format(unit="(?:qu[ýí]|qúy)", value=_QUARTER_NUMBER), build.several_months),
    Rule(
        rf"(?<!\w)(đầu|giữa|cuối|thượng\s+tuần|trung\s+tuần|hạ\s+tuần)\s+({MONTH})", build.about_month
    ),
    Rule(rf"(?<!\w)(đầu|giữa|cuối)\s+năm\s+({Y})(?![/.,-]\d)", build.about_year),
    Rule(
        rf"(?<!\w)năm\s+{Y}(?:(?:\s*,\s*|\s+và\s+)(?:năm\s+)?{BARE_YEAR}){{1,6}}", build.several_years
    ),
    Rule(rf"(?<!\w)tầm\s+nhìn(?:\s+đến)?(?:\s+năm)?\s+({Y})(?![/.,-]\d)", build.target),
    Rule(
        rf"(?<!\w)(?P<word>(?:kể\s+)?từ(?:\s+sau)?|sau)\s+(?:{TIME}\s+)?(?P<piece>{PIECE})"
        r"(?:\s*(?:đến|tới)\s+nay)?",
        build.since,
    ),
    Rule(
        r"(?<!\w)(?P<word>(?:xong\s+)?trước|(?:chậm|muộn)\s+nhất(?:\s+(?:là|vào|đến|trước)){0,2}"
        r"|tính\s+đến(?:\s+hết)?|đến\s+hết|đến|hết|tới)"
        rf"\s+(?:{TIME}\s+)?(?P<piece>{PIECE})",
        build.until,
    ),
    Rule(DAY, build.single_day),
    Rule(QUARTER, build.single_quarter),
    Rule(MONTH, build.single_month),
    Rule(MONTH_OF_YEAR, build.month_of_year),
    Rule(YEAR, build.single_year),
)

# What people type after "ngày:" and would not write in a text.
TYPED_RULES = (
    Rule(rf"(?<!\w)(?P<word>từ|sau)\s+(?P<piece>{BARE_YEAR})(?:\s*(?:đến|tới)\s+nay)?", build.since),
    Rule(rf"(?<!\w)(?P<word>trước|đến\s+hết|đến|tới)\s+(?P<piece>{BARE_YEAR})", build.until),
    Rule(
        rf"(?<![\w/.-])(?:((?:19|20)\d\d)-(0[1-9]|1[0-2])|{M}[/.-]{Y})(?![\w/-]|[.]\d)",
        build.typed_month,
    ),
    Rule(BARE_YEAR, build.single_year),
)
