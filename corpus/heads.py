"""What stands in the head of an official document, the same for every format.

State documents: Nghị định 30/2020/NĐ-CP, Phụ lục I; party documents: Hướng dẫn 36-HD/VPTW,
from 2026 Hướng dẫn 05-HD/VPTW.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samples import Sample

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"  # quốc hiệu
MOTTO = "Độc lập - Tự do - Hạnh phúc"  # tiêu ngữ
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


@dataclass(frozen=True, slots=True)
class Head:
    """The two columns above a document's type line."""

    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str  # "Số: 12/KH-CAT-PV05"
    letter_subject: str | None  # "V/v …" of a công văn, under the number
    right: tuple[str, ...]  # quốc hiệu and tiêu ngữ, or the party's name
    place_date: str


def head_of(sample: Sample) -> Head:
    """The head lines of an official or party document."""
    assert sample.issuer and sample.date and sample.symbol and sample.place
    party = sample.style == "party"
    return Head(
        superior=tuple(sample.superior.split("\n")) if sample.superior else (),
        issuer=tuple(sample.issuer.split("\n")),
        number=f"{_number_word(sample)} {sample.symbol}",
        letter_subject=None if sample.kind else f"V/v {sample.subject}",
        right=(PARTY,) if party else (NATION, MOTTO),
        place_date=f"{sample.place}, {long_date(sample.date)}",
    )


def _number_word(sample: Sample) -> str:
    if sample.style == "party":
        return "Số"
    return "Luật số:" if sample.kind == "LUẬT" else "Số:"


def long_date(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2026": days below 10 and the months 1 and 2 get a leading zero."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def page_number_at_top(sample: Sample) -> bool:
    """Centred in the top margin since Nghị định 30/2020; bottom right under Thông tư 01/2011."""
    return sample.style == "party" or sample.date is None or sample.date >= date(2020, 3, 5)
