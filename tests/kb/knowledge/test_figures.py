"""Figures that reports state."""

from __future__ import annotations

from datetime import date

import pytest

from kb.figures import reading, table
from kb.model import Metadata, Period, Span, StoredText, Value


def read(
    text: str, kind: str = "bao-cao", periods: tuple[Period, ...] = ()
) -> tuple[reading.Figure, ...]:
    metadata = Metadata(kind=Value(kind, 1.0, None, "test"), periods=periods)
    return reading.read(StoredText(text, metadata))


def brief(text: str) -> list[tuple[float, str, str]]:
    return [(each.value, each.measure, each.what) for each in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toàn tỉnh có 98 mô hình tự quản.", [(98, "mô hình", "mô hình tự quản")]),
        (
            "Tổ chức 38.400 buổi tuyên truyền với hơn 2,9 triệu lượt người dự.",
            [(38400, "buổi", "buổi tuyên truyền"), (2_900_000, "lượt người", "lượt người dự")],
        ),
        ("Có 100% Phòng PV28 ký kết.", [(100, "%", "Phòng PV28 ký kết")]),
        ("Kinh phí lắp camera 4,5 tỷ đồng.", [(4.5e9, "đồng", "Kinh phí lắp camera")]),
        ("Thu 05 cá\nnhân, 03 khẩu súng.", [(5, "cá nhân", "cá nhân"), (3, "khẩu súng", "khẩu súng")]),
    ],
)
def test_what_is_counted(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 15 tháng 6 năm 2022, theo Điều 5, khoản 2, mục 3.",
        "Kế hoạch số 12/KH-CAT; Ban Chỉ đạo 138 tỉnh họp.",
        "Điện thoại: 0912 345 678.",
        "Kết thúc.\n\nNơi nhận:\n- Công an 17 xã, thị trấn;",
        "Tiêu chí 19.2 đạt.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert brief(text) == []


def test_normative_documents_state_rules() -> None:
    assert read("Có 98 mô hình.", "thong-tu") == ()
    assert len(read("Có 98 mô hình.", "ke-hoach")) == 1


def test_a_part_of_a_whole_and_a_change() -> None:
    (part,) = read("Có 119/126 xã được công nhận.")
    assert (part.value, part.total, part.measure) == (119, 126, "xã")
    (change,) = read("Trộm cắp xe máy giảm 27,5% so với cùng kỳ năm trước.")
    assert (change.trend, change.value, change.measure) == ("down", 27.5, "%")
    assert (change.what, change.compared) == ("Trộm cắp xe máy", "cùng kỳ năm trước")
    assert table.amount(part) == "119/126"
    assert table.amount(change) == "↓27,5%"


def test_the_period_is_that_of_the_sentence_else_of_the_document() -> None:
    text = "Có 12 tổ. Năm 2019 có 9 tổ."
    at = text.index("Năm 2019")
    covers = Period(date(2020, 1, 1), date(2020, 6, 30), "half", "covers", "6 tháng")
    named = Period(
        date(2019, 1, 1), date(2019, 12, 31), "year", "mention", "Năm 2019", Span(at, at + 8)
    )
    now, before = read(text, periods=(covers, named))
    assert (now.start, now.end) == (date(2020, 1, 1), date(2020, 6, 30))
    assert (before.start, before.end) == (date(2019, 1, 1), date(2019, 12, 31))
    assert [table.period(each) for each in (now, before)] == ["01/01/2020-30/06/2020", "2019"]


def test_rows_of_a_table() -> None:
    text = (
        "Chỉ tiêu | Năm 2020 | Năm 2022\n\nVụ trộm cắp | 14 | 05\n\nTỷ lệ làm rõ | 57% | 100%\n\nHết."
    )
    found = read(text)
    assert [(each.what, each.value, each.measure, table.period(each)) for each in found] == [
        ("Vụ trộm cắp", 14, "", "2020"),
        ("Vụ trộm cắp", 5, "", "2022"),
        ("Tỷ lệ làm rõ", 57, "%", "2020"),
        ("Tỷ lệ làm rõ", 100, "%", "2022"),
    ]
    first = found[0]
    assert text[first.span.start : first.span.end] == "14"
    assert text[first.evidence.start : first.evidence.end] == "Vụ trộm cắp | 14 | 05"


def test_evidence_is_the_sentence() -> None:
    text = "Trước. Có 98 mô hình tự quản. Sau."
    (figure,) = read(text)
    assert text[figure.span.start : figure.span.end] == "98 mô hình"
    assert text[figure.evidence.start : figure.evidence.end] == "Có 98 mô hình tự quản."


@pytest.mark.parametrize(
    ("value", "written"), [(38400, "38.400"), (2.5, "2,5"), (0.125, "0,125"), (7, "7")]
)
def test_written_as_vietnamese_writes(value: float, written: str) -> None:
    assert table.written(value) == written
    assert reading.number(written) == value
