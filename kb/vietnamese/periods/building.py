"""What the spellings of dates and periods mean: one function for each rule of periods.rules.

It turns a match into readings, or into none where the calendar or the words around say no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from kb.model import Span
from kb.vietnamese.normalise import fold
from kb.vietnamese.periods.grammar import (
    ANNOUNCED,
    ANNOUNCED_SLASH,
    COUNTED,
    DAY,
    pattern,
    read_count,
    read_piece,
)
from kb.vietnamese.periods.mention import Piece, Reading, day_piece, months_piece


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

_TEN_DAYS = {
    "dau": (1, 10), "thuong": (1, 10), "giua": (11, 20), "trung": (11, 20),
    "cuoi": (21, 31), "ha": (21, 31),
}  # fmt: skip
_SPEAKS_OF_TIME = r"(?<!\w)(?:từ|đến|tới|trước|sau|đầu|giữa|cuối|vào|trong|hết|kỳ|năm)\s+$|\($"
_MOST_YEARS = 60  # of a phase; what is longer is no period of planning


def _span(match: Match) -> Span:
    return Span(*match.span())


# ---------------------------------------------------------------- parts of years


def school_year(scene: Scene, match: Match) -> Iterator[Reading]:
    """Năm học 2023 - 2024: from 1 September to 31 August."""
    first, last = int(match[1]), int(match[2])
    if last == first + 1:
        start, end = months_piece(first, 9, 12, "span"), months_piece(last, 1, 8, "span")
        yield Reading("school_year", start, end, _span(match))


def months_of_year(scene: Scene, match: Match) -> Iterator[Reading]:
    """6 tháng đầu năm 2020, 9 tháng đầu năm, 3 tháng cuối năm, 11 tháng năm 2022."""
    count, year = read_count(match["count"]), match["year"]
    first, last = (13 - count, 12) if fold(match["part"] or "") == "cuoi" else (1, count)
    piece = months_piece(int(year) if year else None, first, last, "half" if count == 6 else "span")
    yield Reading("ytd_months", piece, piece, _span(match))


def half_year(scene: Scene, match: Match) -> Iterator[Reading]:
    """Nửa đầu năm 2025, nửa cuối năm."""
    first, last = (1, 6) if fold(match[1]) == "dau" else (7, 12)
    piece = months_piece(int(match[2]) if match[2] else None, first, last, "half")
    yield Reading("half", piece, piece, _span(match))


def about_year(scene: Scene, match: Match) -> Iterator[Reading]:
    """Đầu năm 2025 (first quarter), giữa năm (May to August), cuối năm (last quarter)."""
    first, last = {"dau": (1, 3), "giua": (5, 8), "cuoi": (10, 12)}[fold(match[1])]
    piece = months_piece(int(match[2]), first, last, "span")
    yield Reading("approx", piece, piece, _span(match))


def about_month(scene: Scene, match: Match) -> Iterator[Reading]:
    """Đầu, giữa, cuối tháng 7/2025; thượng, trung, hạ tuần: ten days each."""
    month = read_piece(match[2])
    if month is None:
        return
    first, last = _TEN_DAYS[fold(match[1]).split()[0]]
    number = month.first[0]
    piece = Piece(month.year, (number, first), (number, last), "span")
    yield Reading("approx", piece, piece, _span(match))


def year_to_date(scene: Scene, match: Match) -> Iterator[Reading]:
    """Từ đầu năm 2025 đến nay; without the year see periods.relative."""
    yield Reading("ytd", months_piece(int(match[1]), 1, 12, "year"), None, _span(match))


# ---------------------------------------------------------------- from ... to ...


def from_to(scene: Scene, match: Match) -> Iterator[Reading]:
    """Từ ngày 2/7, đến ngày 10/8; (16/6/1967 - 16/6/2022); giai đoạn 2020-2025; từ tháng 7 đến 19/8."""
    first, last = read_piece(match["first"]), read_piece(match["last"])
    if first is None or last is None:
        return
    prefix, dashed = fold(match["prefix"] or ""), match["join"].strip() == "-"
    if "year" in (first.precision, last.precision):
        kind = "term" if prefix.startswith("nhiem") else "phase"
        fits = first.precision == last.precision and 0 < _years_between(first, last) <= _MOST_YEARS
        if fits and (dashed or prefix):
            yield Reading(kind, first, last, _span(match))
        return
    dated = first.year or last.year or "day" not in (first.precision, last.precision)
    if dated or prefix or scene.announced(*match.span("first")):
        same_day = first.precision == "day" and first.first == last.first
        kind = "anniversary" if same_day and dashed and first.year and last.year else "range"
        yield Reading(kind, first, last, _span(match))


def _years_between(first: Piece, last: Piece) -> int:
    return (last.year or 0) - (first.year or 0)


def days_of_month(scene: Scene, match: Match) -> Iterator[Reading]:
    """Hai ngày 06 và 07/11/2024, ngày 15-17/5/2023, từ ngày 15 đến ngày 17/5/2023."""
    last = read_piece(match["last"])
    if last is None or last.precision != "day" or scene.at(COUNTED, match.end()):
        return
    first = day_piece(last.year, last.first[0], int(match["day"]))
    if first is not None and first.first < last.first:
        yield Reading("range", first, last, _span(match))


def several_days(scene: Scene, match: Match) -> Iterator[Reading]:
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


def several_months(scene: Scene, match: Match) -> Iterator[Reading]:
    """Tháng 7, 8/2022; quý I và quý II năm 2024; apart where they do not adjoin: tháng 4, tháng 10."""
    last = read_piece(match["unit"] + match["last"])
    first = read_piece(match["first"])
    if first is None or last is None or first.first >= last.first:
        return
    if not (last.year or match["again"] or match["join"] == "-"):
        return  # "tháng 3, 5 vụ"
    if match["join"] in ("-", "đến", "den") or first.last[0] + 1 == last.first[0]:
        yield Reading("range", first, last, _span(match))
        return
    first = first.of(last.year) if last.year else first
    yield Reading(first.precision, first, first, Span(*match.span("first")))
    yield Reading(last.precision, last, last, Span(match.start("second"), match.end()))


def several_years(scene: Scene, match: Match) -> Iterator[Reading]:
    """Các năm 2019, 2020 và 2021: each for itself."""
    for each in re.finditer(r"\d{4}", match[0]):
        piece = months_piece(int(each[0]), 1, 12, "year")
        start = match.start()
        yield Reading("year", piece, piece, Span(start + each.start(), start + each.end()))


# ---------------------------------------------------------------- open ends


def since(scene: Scene, match: Match) -> Iterator[Reading]:
    """Từ tháng 3/2025, kể từ ngày 01/3/2025, sau năm 1975 (from 1976)."""
    piece = _announced_piece(scene, match)
    if piece is not None and fold(match["word"]) == "sau" and piece.precision != "day":
        piece = _shifted(piece, 1)
    if piece is not None:
        yield Reading("since", piece, None, _span(match))


def until(scene: Scene, match: Match) -> Iterator[Reading]:
    """Trước ngày 15/11/2022, trước năm 1975 (up to 1974), đến hết; "đến năm 2030" is a target."""
    piece = _announced_piece(scene, match)
    if piece is None:
        return
    word = fold(match["word"])
    kind = "target" if word in ("den", "toi") and piece.precision == "year" else "until"
    ahead = word.startswith(("truoc", "cham", "muon", "xong"))
    before = _shifted(piece, -1) if "truoc" in word and piece.precision != "day" else piece
    if before is not None:
        yield Reading(kind, None, before, _span(match), expected=ahead)


def target(scene: Scene, match: Match) -> Iterator[Reading]:
    """Tầm nhìn 2045, tầm nhìn đến năm 2045."""
    yield Reading("target", None, months_piece(int(match[1]), 1, 12, "year"), _span(match))


def _announced_piece(scene: Scene, match: Match) -> Piece | None:
    piece = read_piece(match["piece"])
    if piece is not None and piece.precision == "day" and not scene.announced(*match.span("piece")):
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


def single_day(scene: Scene, match: Match) -> Iterator[Reading]:
    """Ngày 12/3/2025, sáng 4.8, 19/06/2020."""
    if scene.announced(*match.span()):
        yield from _single("day", match[0], match)


def single_month(scene: Scene, match: Match) -> Iterator[Reading]:
    """Tháng 3/2025, tháng Tám; "mỗi tháng hai lần" is no February."""
    last_word = scene.text[match.start() : match.end()].split()[-1]
    if last_word[-1].isdigit() or last_word[0].isupper():
        yield from _single("month", match[0], match)


def single_quarter(scene: Scene, match: Match) -> Iterator[Reading]:
    """Quý I/2024, quý II."""
    yield from _single("quarter", match[0], match)


def single_year(scene: Scene, match: Match) -> Iterator[Reading]:
    """Năm 2019."""
    yield from _single("year", match[0], match)


def month_of_year(scene: Scene, match: Match) -> Iterator[Reading]:
    """3/2025 without "tháng": only where a word before it speaks of time."""
    if scene.before(_SPEAKS_OF_TIME, match.start()):
        yield from _single("month", match[0], match)


def typed_month(scene: Scene, match: Match) -> Iterator[Reading]:
    """2022-06, 3/2025, 7.2022."""
    yield from _single("month", f"{match[2]}/{match[1]}" if match[1] else match[0], match)


def _single(kind: str, written: str, match: Match) -> Iterator[Reading]:
    piece = read_piece(written)
    if piece is not None:
        yield Reading(kind, piece, piece, _span(match))
