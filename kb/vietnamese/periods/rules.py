"""The spellings of dates and periods, one rule each, in the order they are tried.

A rule is a pattern and a function from its match to readings; a text that yields a reading is
blanked out for the rules behind it. The patterns see small letters only (see periods.grammar).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from kb.model import Span
from kb.vietnamese.normalise import fold
from kb.vietnamese.periods.grammar import (
    ANNOUNCED,
    ANNOUNCED_SLASH,
    BARE_YEAR,
    COUNT,
    COUNTED,
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
    pattern,
    read_count,
    read_piece,
)
from kb.vietnamese.periods.mention import Piece, Reading, months_piece


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rule looks at: `low` is `text` in small letters, what was read before blanked out."""

    text: str
    low: str
    folded: bool  # the text was typed without accents

    def before(self, source: str, position: int, width: int = 24) -> re.Match[str] | None:
        """The pattern, searched in the `width` characters before the position."""
        return pattern(source, self.folded).search(self.low[max(0, position - width) : position])

    def at(self, source: str, position: int) -> re.Match[str] | None:
        """The pattern, matched at the position."""
        return pattern(source, self.folded).match(self.low, position)

    def announced(self, start: int, end: int) -> bool:
        """True where the numbers are called a day, by "ngày", a year, a time of the day ..."""
        written = self.low[start:end]
        if written.startswith("ng") or re.search(r"\d{4}", written):
            return True
        if self.at(COUNTED, end):
            return self.before(r"ngày\s*$", start) is not None
        slash = "/" in written and self.before(ANNOUNCED_SLASH, start)
        return bool(slash or self.before(ANNOUNCED, start))


Match = re.Match[str]
Build = Callable[[Scene, Match], Iterator[Reading]]


@dataclass(frozen=True, slots=True)
class Rule:
    source: str
    build: Build


def _span(match: Match, group: int | str = 0) -> Span:
    return Span(*match.span(group))


# ---------------------------------------------------------------- parts of years


def _school_year(scene: Scene, match: Match) -> Iterator[Reading]:
    first, last = int(match[1]), int(match[2])
    if last == first + 1:
        start, end = months_piece(first, 9, 12, "span"), months_piece(last, 1, 8, "span")
        yield Reading("school_year", start, end, _span(match))


def _months_of_year(scene: Scene, match: Match) -> Iterator[Reading]:
    """6 tháng đầu năm 2020, 9 tháng đầu năm, 3 tháng cuối năm, 11 tháng năm 2022."""
    count, year = read_count(match["count"]), match["year"]
    at_end = match["part"] is not None and fold(match["part"]) == "cuoi"
    if count <= 12:
        first, last = (13 - count, 12) if at_end else (1, count)
        piece = months_piece(int(year) if year else None, first, last, "half" if count == 6 else "span")
        yield Reading("ytd_months", piece, piece, _span(match))


def _half_year(scene: Scene, match: Match) -> Iterator[Reading]:
    first, last = (1, 6) if fold(match[1]) == "dau" else (7, 12)
    piece = months_piece(int(match[2]) if match[2] else None, first, last, "half")
    yield Reading("half", piece, piece, _span(match))


def _about_year(scene: Scene, match: Match) -> Iterator[Reading]:
    first, last = {"dau": (1, 3), "giua": (5, 8), "cuoi": (10, 12)}[fold(match[1])]
    piece = months_piece(int(match[2]), first, last, "span")
    yield Reading("approx", piece, piece, _span(match))


def _about_month(scene: Scene, match: Match) -> Iterator[Reading]:
    month = read_piece(match[2])
    part = fold(match[1]).split()[0]
    if month is not None:
        first, last = {"giua": (11, 20), "trung": (11, 20), "cuoi": (21, 31), "ha": (21, 31)}.get(
            part, (1, 10)
        )
        number = month.first[0]
        piece = Piece(month.year, (number, first), (number, last), "span")
        yield Reading("approx", piece, piece, _span(match))


def _year_to_date(scene: Scene, match: Match) -> Iterator[Reading]:
    yield Reading("ytd", months_piece(int(match[1]), 1, 12, "year"), None, _span(match))


# ---------------------------------------------------------------- from ... to ...


def _range(scene: Scene, match: Match) -> Iterator[Reading]:
    first, last = read_piece(match["first"]), read_piece(match["last"])
    if first is None or last is None:
        return
    joined_by_dash = match["join"].strip() == "-"
    prefix = fold(match["prefix"] or "")
    if first.precision == last.precision == "year":
        years = (first.year or 0, last.year or 0)
        if years[0] < years[1] <= years[0] + 60 and (joined_by_dash or prefix):
            kind = "term" if prefix.startswith("nhiem") else "phase"
            yield Reading(kind, first, last, _span(match))
        return
    if (first.precision == "year") != (last.precision == "year"):
        return
    if not prefix and not first.year and not last.year and "day" in (first.precision, last.precision):
        start, end = match.span("first")
        if not scene.announced(start, end):
            return
    same_day = first.precision == "day" and first.first == last.first
    kind = "anniversary" if same_day and joined_by_dash and first.year and last.year else "range"
    yield Reading(kind, first, last, _span(match))


def _days_of_month(scene: Scene, match: Match) -> Iterator[Reading]:
    """Hai ngày 06 và 07/11/2024, ngày 15-17/5/2023, từ ngày 15 đến ngày 17/5/2023."""
    last = read_piece(match["last"])
    if last is None or last.precision != "day" or scene.at(COUNTED, match.end()):
        return
    first = Piece(
        last.year, (last.first[0], int(match["day"])), (last.first[0], int(match["day"])), "day"
    )
    if first.first < last.first:
        yield Reading("range", first, last, _span(match))


def _several_days(scene: Scene, match: Match) -> Iterator[Reading]:
    """30/4 và 01/5: days side by side are a range, others stay apart."""
    found = list(pattern(DAY, scene.folded).finditer(scene.low, match.start(), match.end()))
    days = [(piece, each) for each in found if (piece := read_piece(each[0]))]
    if len(days) < 2 or not scene.announced(*days[0][1].span()):
        return
    year = next((piece.year for piece, _ in reversed(days) if piece.year), None)
    pieces = [piece if piece.year else Piece(year, piece.first, piece.last, "day") for piece, _ in days]
    starts = [piece.of(piece.year or 2001).start() for piece in pieces]
    if len(pieces) == 2 and starts[0] and starts[1] and starts[1] - starts[0] == timedelta(days=1):
        yield Reading("range", pieces[0], pieces[1], _span(match))
        return
    for piece, (_, each) in zip(pieces, days, strict=True):
        yield Reading("day", piece, piece, Span(*each.span()))


def _several_months(scene: Scene, match: Match) -> Iterator[Reading]:
    """Tháng 7, 8/2022; quý I và quý II năm 2024."""
    last = read_piece(match["unit"] + match["last"])
    first = read_piece(match["first"])
    if first is None or last is None or first.first >= last.first:
        return
    if last.year or fold(match["again"] or "") or match["join"].strip() == "-":
        yield Reading("range", first, last, _span(match))


def _several_years(scene: Scene, match: Match) -> Iterator[Reading]:
    for each in re.finditer(r"\d{4}", match[0]):
        piece = months_piece(int(each[0]), 1, 12, "year")
        start = match.start()
        yield Reading("year", piece, piece, Span(start + each.start(), start + each.end()))


# ---------------------------------------------------------------- open ends


def _since(scene: Scene, match: Match) -> Iterator[Reading]:
    piece = _announced_piece(scene, match)
    if piece is None:
        return
    if match["word"].strip().startswith("sau") and piece.precision != "day":
        piece = _shifted(piece, 1)
    if piece is not None:
        yield Reading("since", piece, None, _span(match))


def _until(scene: Scene, match: Match) -> Iterator[Reading]:
    piece = _announced_piece(scene, match)
    if piece is None:
        return
    word = " ".join(fold(match["word"]).split())
    ahead = word.startswith(("truoc", "cham", "muon", "xong"))
    if ahead and "truoc" in word and piece.precision != "day":
        piece = _shifted(piece, -1)
    kind = (
        "target"
        if word in ("den", "toi", "tam nhin den") and piece and piece.precision == "year"
        else "until"
    )
    if piece is not None:
        yield Reading(kind, None, piece, _span(match), expected=ahead)


def _target(scene: Scene, match: Match) -> Iterator[Reading]:
    yield Reading("target", None, months_piece(int(match[1]), 1, 12, "year"), _span(match))


def _announced_piece(scene: Scene, match: Match) -> Piece | None:
    start, end = match.span("piece")
    piece = read_piece(match["piece"])
    if piece is None or (piece.precision == "day" and not scene.announced(start, end)):
        return None
    return piece


def _shifted(piece: Piece, by: int) -> Piece | None:
    """The stretch right after (1) or before (-1) a month, quarter or year of a known year."""
    if piece.year is None:
        return None
    length = piece.last[0] - piece.first[0] + 1
    months = piece.year * 12 + piece.first[0] - 1 + by * length
    first = months % 12 + 1
    return months_piece(months // 12, first, first + length - 1, piece.precision)


# ---------------------------------------------------------------- single pieces


def _day(scene: Scene, match: Match) -> Iterator[Reading]:
    piece = read_piece(match[0])
    if piece is not None and scene.announced(*match.span()):
        yield Reading("day", piece, piece, _span(match))


def _month(scene: Scene, match: Match) -> Iterator[Reading]:
    piece = read_piece(match[0])
    if piece is None:
        return
    # "tháng Tám" is August, "mỗi tháng hai lần" is no February.
    last_word = scene.text[match.start() : match.end()].split()[-1]
    if piece.year or last_word[-1].isdigit() or last_word[0].isupper():
        yield Reading("month", piece, piece, _span(match))


def _quarter(scene: Scene, match: Match) -> Iterator[Reading]:
    piece = read_piece(match[0])
    if piece is not None:
        yield Reading("quarter", piece, piece, _span(match))


def _year(scene: Scene, match: Match) -> Iterator[Reading]:
    piece = read_piece(match[0])
    if piece is not None:
        yield Reading("year", piece, piece, _span(match))


def _month_of_year(scene: Scene, match: Match) -> Iterator[Reading]:
    """3/2025 without "tháng": only where a word before it speaks of time."""
    if scene.before(
        r"(?<!\w)(?:từ|đến|tới|trước|sau|đầu|giữa|cuối|vào|trong|hết|kỳ|năm)\s+$|\($", match.start()
    ):
        yield from _month(scene, match)


def _typed_month(scene: Scene, match: Match) -> Iterator[Reading]:
    piece = read_piece(f"{match[2]}/{match[1]}" if match[1] else match[0])
    if piece is not None:
        yield Reading("month", piece, piece, _span(match))


_SEVERAL = (
    r"(?<!\w)(?P<first>(?P<unit>{unit}\s*){value})\s*(?P<join>,|và|-|đến)\s*(?P<again>{unit}\s*)?"
    rf"(?P<last>{{value}}(?:(?:\s?[/.-]\s?|\s*,?\s*năm\s+){Y})?)"
)
_QUARTER_NUMBER = r"(?:iv|i{1,3}|[1-4])(?!\w)"

RULES = (
    Rule(rf"(?<!\w)năm\s+học\s+({Y})\s?-\s?({Y})", _school_year),
    Rule(
        rf"(?P<count>{COUNT})\s+tháng(?:\s+(?P<part>đầu|cuối))?\s*,?\s+(?:của\s+)?năm(?!\s+học)"
        rf"(?:\s+(?P<year>{Y}))?(?(part)|(?<=\d))",
        _months_of_year,
    ),
    Rule(rf"(?<!\w)(?:kể\s+)?từ\s+đầu\s+năm\s+({Y})\s+(?:đến|tới)\s+nay", _year_to_date),
    Rule(rf"(?<!\w)nửa\s+(đầu|cuối)\s+năm(?:\s+({Y}))?(?!\s+học)", _half_year),
    Rule(
        rf"(?<!\w)(?P<prefix>từ\s+ngày|từ|ngày|đêm\s+ngày|đêm)\s+(?P<day>{D})(?:\s*,\s*{D}){{0,6}}"
        rf"\s*(?:,|và|-|đến(?:\s+hết)?(?:\s+ngày)?|rạng\s+sáng)\s*(?P<last>{LAST_DAY})",
        _days_of_month,
    ),
    Rule(
        r"(?:(?<!\w)(?=[gntq])|(?=\d))"
        rf"(?P<prefix>(?:giai\s+đoạn|nhiệm\s+kỳ|thời\s+kỳ|từ(?:\s+{TIME})?)\s+)?(?P<first>{FIRST})\s*,?\s*"
        rf"(?P<join>-|đến(?:\s+hết)?(?:\s+{TIME})?|tới|rạng\s+sáng)\s*(?P<last>{LAST})",
        _range,
    ),
    Rule(rf"{DAY}(?:\s*(?:,|và|,\s*và)\s*{DAY}){{1,6}}", _several_days),
    Rule(_SEVERAL.format(unit="tháng", value=M), _several_months),
    Rule(_SEVERAL.format(unit="(?:qu[ýí]|qúy)", value=_QUARTER_NUMBER), _several_months),
    Rule(rf"(?<!\w)(đầu|giữa|cuối|thượng\s+tuần|trung\s+tuần|hạ\s+tuần)\s+({MONTH})", _about_month),
    Rule(rf"(?<!\w)(đầu|giữa|cuối)\s+năm\s+({Y})(?![/.,-]\d)", _about_year),
    Rule(rf"(?<!\w)năm\s+{Y}(?:(?:\s*,\s*|\s+và\s+)(?:năm\s+)?{BARE_YEAR}){{1,6}}", _several_years),
    Rule(rf"(?<!\w)tầm\s+nhìn(?:\s+đến)?(?:\s+năm)?\s+({Y})(?![/.,-]\d)", _target),
    Rule(
        rf"(?<!\w)(?P<word>(?:kể\s+)?từ(?:\s+sau)?|sau)\s+(?:{TIME}\s+)?(?P<piece>{PIECE})(?:\s*(?:đến|tới)\s+nay)?",
        _since,
    ),
    Rule(
        r"(?<!\w)(?P<word>(?:xong\s+)?trước|(?:chậm|muộn)\s+nhất(?:\s+(?:là|vào|đến|trước)){0,2}|tính\s+đến(?:\s+hết)?"
        rf"|(?:tầm\s+nhìn\s+)?đến|đến\s+hết|hết|tới)\s+(?:{TIME}\s+)?(?P<piece>{PIECE})",
        _until,
    ),
    Rule(DAY, _day),
    Rule(QUARTER, _quarter),
    Rule(MONTH, _month),
    Rule(MONTH_OF_YEAR, _month_of_year),
    Rule(YEAR, _year),
)

# What people type after "ngày:" and would not write in a text.
TYPED_RULES = (
    Rule(rf"(?<!\w)(?P<word>từ|sau)\s+(?P<piece>{BARE_YEAR})(?:\s*(?:đến|tới)\s+nay)?", _since),
    Rule(rf"(?<!\w)(?P<word>trước|đến\s+hết|đến|tới)\s+(?P<piece>{BARE_YEAR})", _until),
    Rule(rf"(?<![\w/.-])(?:((?:19|20)\d\d)-(0[1-9]|1[0-2])|{M}[/.-]{Y})(?![\w/-]|[.]\d)", _typed_month),
    Rule(BARE_YEAR, _year),
)
