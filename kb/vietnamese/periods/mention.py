"""What is found (Mention), and what it is made of before its year is known (Piece, Reading)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from kb.model import Span
from kb.vietnamese.dates import make_day


@dataclass(frozen=True, slots=True)
class Mention:
    """A date or period in a text. Both ends are included; None is an open or unknown end.

    kind       day, range, month, quarter, half, year, ytd_months (6 tháng đầu năm), ytd (từ đầu năm
               đến nay), week, phase (giai đoạn), term (nhiệm kỳ), school_year, approx (đầu tháng 7),
               since, until, target (đến năm 2030), recurring (hằng năm), anniversary (from the first
               day to the present one), comparison (so với cùng kỳ)
    precision  day, month, quarter, half, year, week or span
    partial    where no year can be known: "--08-04", "--03", "Q1", "--01/--06", "--07-02/--08-10"
    year_from  explicit, context (title, sentence, paragraph), published, unknown
    cited      it belongs to a document that is named just before, not to what the text tells
    """

    start: date | None
    end: date | None
    kind: str
    precision: str
    partial: str | None
    year_from: str
    raw: str
    span: Span
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one year, from `first` to `last` (month, day), both included.

    The last day of a month may be written 31. `year` None: not written.
    """

    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    precision: str

    def of(self, year: int) -> Piece:
        """The same stretch in this year."""
        return replace(self, year=year)

    def start(self) -> date | None:
        """Its first day; None for 29/2 of a common year or without a year."""
        return make_day(self.year, *self.first) if self.year else None

    def end(self) -> date | None:
        """Its last day; None for 29/2 of a common year or without a year."""
        if self.year is None:
            return None
        month, day = self.last
        if self.precision != "day":
            day = min(day, monthrange(self.year, month)[1])
        return make_day(self.year, month, day)

    def partial(self) -> str:
        """Its form without the year."""
        (month, day), (last_month, _) = self.first, self.last
        if self.precision == "day":
            return f"--{month:02}-{day:02}"
        if self.precision == "quarter":
            return f"Q{last_month // 3}"
        return f"--{month:02}" if month == last_month else f"--{month:02}/--{last_month:02}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention before its years are settled: from `first` to `last`, either may be missing.

    `expected`: told of the future. `weekday` (Monday is 0): written beside a single day.
    `years_ago`: 1 with "năm ngoái" behind it, 0 with "năm nay".
    """

    kind: str
    first: Piece | None
    last: Piece | None
    span: Span
    expected: bool = False
    cited: bool = False
    weekday: int | None = None
    years_ago: int | None = None

    @property
    def pieces(self) -> list[Piece]:
        """The one or two different pieces it is made of."""
        both = [piece for piece in (self.first, self.last) if piece is not None]
        return both[:1] if len(both) == 2 and both[0] is both[1] else both


def day_piece(year: int | None, month: int, day: int) -> Piece | None:
    """A single day; None where no calendar has it (31/2)."""
    if make_day(year or 2000, month, day) is None:
        return None
    return Piece(year, (month, day), (month, day), "day")


def months_piece(year: int | None, first: int, last: int, precision: str) -> Piece:
    """Whole months, `first` to `last` (1..12)."""
    return Piece(year, (first, 1), (last, 31), precision)
