"""The pieces of dates and periods as regular expressions, and what they mean.

Sources are written in small letters with accents; `pattern` also makes the form for text that
was typed without. All repetitions are bounded or eat blanks only.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kb.vietnamese.dates import MONTH_WORD, NOT_IN_NUMBER, month_number
from kb.vietnamese.normalise import fold
from kb.vietnamese.periods.mention import Piece, day_piece, months_piece

D = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
M = r"(?:1[0-2]|0?[1-9])(?!\d)"
Y = r"(?:19|20)\d\d(?!\d)"
_LIFE = r"(?:18|19|20)\d\d(?!\d)"  # full dates may be birthdays: 19/5/1890
_OF_YEAR = rf"(?:\s?[/.-]\s?|\s*,?\s*năm\s+){Y}"


def _day(guard: str) -> str:
    # Looking at the first sign before all else makes the search several times faster.
    numeric = (
        rf"(?:{D}\s?/\s?{M}(?:\s?/\s?|\s+năm\s+){_LIFE}|{D}-{M}-{_LIFE}|{D}\.{M}\.{_LIFE}|{Y}-\d\d-\d\d)"
        r"(?![\d/]|[.,-]\d)"
    )
    words = rf"{D}\s*tháng\s*(?:{M}|{MONTH_WORD})(?:\s*,?\s*(?:năm\s+|[/.-]\s?){_LIFE})?"
    # Not 4.8%, not 12/3/25. Days without a year must be announced, see ANNOUNCED.
    day_month = rf"{D}[/.-]{M}(?!\s?[\d/%]|[.,-]\d)"
    return rf"(?=[n\d])(?:ngày\s+)?{guard}(?:{numeric}|{words}|{day_month})"


_ROMAN = r"(?:iv|i{1,3}|[1-4]|một|hai|ba|tư|bốn)(?!\w|\s+lần)"  # not "hằng quý một lần"
_MONTH_OF_YEAR = rf"{M}[/-]{Y}(?![\d/]|[.,]\d)"
_BARE_YEAR = rf"{Y}(?!\w|[/.,]\d)"

DAY = _day(NOT_IN_NUMBER)
# Not "6 tháng 5 ngày", "mỗi tháng 2 buổi".
MONTH = (
    r"(?:(?<!\w)(?<!\d\s)(?<!hàng\s)(?<!hằng\s)(?<!mỗi\s)(?:tháng\s*|th\.\s?)"
    rf"(?:{M}|{MONTH_WORD})(?:{_OF_YEAR})?|(?<!\w)th?\s?\.?{M}[/.-]{Y})"
)
QUARTER = rf"(?:(?<!\w)(?:qu[ýí]|qúy)\s*{_ROMAN}(?:{_OF_YEAR})?|(?<!\w)q\.?\s?{_ROMAN}{_OF_YEAR})"
# Not the year of "ngày 31 tháng 2 năm 2020".
YEAR = rf"(?<!\w)(?<!tháng\s\d\s)(?<!tháng\s\d\d\s)năm\s+{Y}(?![/.,]\d)"
MONTH_OF_YEAR = NOT_IN_NUMBER + r"(?<!\w)" + _MONTH_OF_YEAR
BARE_YEAR = NOT_IN_NUMBER + r"(?<!\w)" + _BARE_YEAR
PIECE = rf"(?:{DAY}|{MONTH}|{QUARTER}|{MONTH_OF_YEAR}|{YEAR})"
FIRST = rf"(?:{DAY}|{MONTH}|{QUARTER}|{MONTH_OF_YEAR}|{YEAR}|{BARE_YEAR})"
LAST_DAY = _day("")
LAST = rf"(?:{LAST_DAY}|{MONTH}|{QUARTER}|{_MONTH_OF_YEAR}|{YEAR}|{_BARE_YEAR})"

TIME = r"(?:(?:rạng\s+)?sáng|trưa|chiều|tối|đêm)"
# Words that make the numbers behind them a day, though no year follows.
ANNOUNCED = rf"(?<!\w)(?:(?:ngày|{TIME}|hôm|từ|đến|tới)\s*:?\s*|(?:nay|qua)\s*\()$"
# ... and those that do so only where a slash stands between day and month.
ANNOUNCED_SLASH = (
    r"(?<!\w)(?:dịp|lễ|tết|quốc\s+khánh|trước|sau|hết|vào|thứ\s+(?:\w+),?|chủ\s+nhật,?|và)\s*$|\($"
)
# What is counted, as in "từ 2/3 tổng số", "đến 9/10 chỉ tiêu", "từ 3-4 tiếng".
COUNTED = (
    r"\s*(?:số|tổng|vụ|tỉnh|huyện|xã|phường|thôn|tổ|chỉ\s+tiêu|tiêu\s+chí|đơn\s+vị|đối\s+tượng|người|hộ"
    r"|đồng\s+chí|thành\s+viên|đại\s+biểu|phiếu|trường|cơ\s+quan|mô\s+hình|nhiệm\s+vụ|nội\s+dung|diện|khu|ấp|bản|gia\s+đình"
    r"|giờ|tiếng|phút|ngày|tháng|năm|tuổi|lần|nghìn|ngàn|triệu|tỷ|đồng|km|mét|m|kg|tấn|ha|độ|điểm)\b"
)

NUMBERS = {"ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
COUNT = r"(?<![\d/.,-])(?:0?[1-9]|1[0-2]|ba|bốn|năm|sáu|bảy|tám|chín|mười)"


_ACCENTED = re.compile(r"[^\x00-\x7f]+")


@lru_cache(maxsize=128)
def pattern(source: str, folded: bool) -> re.Pattern[str]:
    """The source compiled for text in small letters, with accents or (`folded`) without."""
    return re.compile(_ACCENTED.sub(lambda letters: fold(letters[0]), source) if folded else source)


# ---------------------------------------------------------------- meaning, on folded text

_SEPARATED = re.compile(
    r"(?:ngay\s+)?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:(?:\s?[/.-]\s?|\s+nam\s+)(\d{4}))?"
)
_ISO = re.compile(r"(?:ngay\s+)?(\d{4})-(\d\d)-(\d\d)")
_WORDS = re.compile(
    r"(?:ngay\s+)?(\d{1,2})\s*thang\s*(\d{1,2}|[a-z\s]+?)(?:[\s,]*(?:nam|[/.-])\s*(\d{4}))?"
)
_MONTH = re.compile(r"(?:thang|th|t)?[\s.]*(\d{1,2}|[a-z\s]+?)(?:[\s,]*(?:nam|[/.-])\s*(\d{4}))?")
_QUARTER = re.compile(r"q(?:u[yi])?[\s.]*(iv|i{1,3}|[1-4]|[a-z]+)(?:[\s,]*(?:nam|[/.-])\s*(\d{4}))?")
_YEAR = re.compile(r"(?:nam\s+)?(\d{4})")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4}


def read_piece(written: str) -> Piece | None:
    """The day, month, quarter or year a matched text is; None where no calendar has it."""
    written = fold(written).strip()
    if match := _YEAR.fullmatch(written):
        return months_piece(int(match[1]), 1, 12, "year")
    if match := _ISO.fullmatch(written):
        return day_piece(int(match[1]), int(match[2]), int(match[3]))
    if (match := _QUARTER.fullmatch(written)) and match[1] != "uy":
        quarter = _QUARTERS.get(match[1]) or int(match[1])
        return months_piece(_year(match[2]), quarter * 3 - 2, quarter * 3, "quarter")
    if re.fullmatch(r"\d{1,2}\s?[/.-]\s?\d{4}", written) or written.startswith("t"):
        match = _MONTH.fullmatch(written)
        month = month_number(match[1]) if match else None
        return months_piece(_year(match[2]), month, month, "month") if match and month else None
    match = _SEPARATED.fullmatch(written) or _WORDS.fullmatch(written)
    month = month_number(match[2]) if match else None
    return day_piece(_year(match[3]), month, int(match[1])) if match and month else None


def read_count(written: str) -> int:
    """3 of "03" or "ba"; "năm" is five here."""
    folded = fold(written)
    return int(folded) if folded.isdecimal() else NUMBERS[folded]


def _year(written: str | None) -> int | None:
    return int(written) if written else None
