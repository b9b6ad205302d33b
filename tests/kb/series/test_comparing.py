"""What changed between last year's document and this year's."""

from __future__ import annotations

import pytest

from kb.model import Metadata, Reference, Span, StoredText, Value
from kb.series.comparing import compare
from kb.series.titles import alike

OLD = """KẾ HOẠCH

Tổ chức Ngày hội năm 2022

I. MỤC ĐÍCH

1. Phát huy truyền thống của nhân dân trong năm 2022.

2. Chọn 03 điểm chỉ đạo của tỉnh, mỗi điểm 300 người dự.

3. Ban hành kế hoạch của cấp xã trước ngày 10/7/2022.

4. In 13.000 tờ gấp gửi các huyện.
"""
NEW = """KẾ HOẠCH

Tổ chức Ngày hội năm 2023

I. MỤC ĐÍCH

1. Phát huy truyền thống của nhân dân trong năm 2023.

2. Chọn 05 điểm chỉ đạo của tỉnh, mỗi điểm 300 người dự.

3. Ban hành kế hoạch của cấp xã trước ngày 30/6/2023.

4. Tổ chức hội thi chữa cháy giỏi ở mỗi cụm dân cư.
"""


def plan(text: str, **fields: object) -> StoredText:
    return StoredText(text, Metadata(kind=Value("ke-hoach", 1.0, None, "test"), **fields))  # type: ignore[arg-type]


def test_added_dropped_changed_and_the_same() -> None:
    found = compare(plan(OLD), plan(NEW))
    told = [(c.kind, (c.new or c.old).text[:12]) for c in found.changes if c.kind != "same"]  # type: ignore[union-attr]
    assert told == [
        ("changed", "2. Chọn 05 đ"),
        ("changed", "3. Ban hành "),
        ("dropped", "4. In 13.000"),
        ("added", "4. Tổ chức h"),
    ] or told == [
        ("changed", "2. Chọn 05 đ"),
        ("changed", "3. Ban hành "),
        ("added", "4. Tổ chức h"),
        ("dropped", "4. In 13.000"),
    ]
    assert found.count("same") == 4  # another year is no change
    changed = found.changes[4]
    assert ("old", "03") in changed.parts and ("new", "05") in changed.parts
    assert "".join(text for kind, text in changed.parts if kind != "old") == changed.new.text  # type: ignore[union-attr]
    assert "".join(text for kind, text in changed.parts if kind != "new") == changed.old.text  # type: ignore[union-attr]


def test_targets_and_deadlines_that_changed() -> None:
    found = [(each.kind, each.old, each.new) for each in compare(plan(OLD), plan(NEW)).targets]
    assert found == [("figure", "3", "5"), ("day", "ngày 10/7", "ngày 30/6")]


def test_days_of_documents_named_and_of_the_head_are_no_deadlines() -> None:
    def dated(day: str) -> StoredText:
        head = f"Hà Tĩnh, ngày {day}/2022\n\nTrích yếu\n\n"
        text = head + f"Thực hiện Kế hoạch số 12/KH-CAT ngày {day}/2022 của tỉnh."
        at = text.index("12/KH-CAT")
        reference = Reference("implements", "12/KH-CAT", "12/KH-CAT", Span(at, at + 9))
        end = text.index("Trích yếu") + 9
        metadata = Metadata(subject=Value("Trích yếu", 1.0, Span(end - 9, end), "test"))
        return StoredText(text, metadata, (), (reference,))

    assert compare(dated("15/6"), dated("08/6")).targets == ()


def test_odd_texts() -> None:
    empty = plan("")
    assert compare(empty, empty).changes == ()
    assert [c.kind for c in compare(empty, plan("Một đoạn.")).changes] == ["added"]
    long = plan("\n\n".join(f"Đoạn {n} nói việc khác {n * 7}" for n in range(1500)))
    other = plan("\n\n".join(f"Mục {n} về chuyện nọ {n * 3}" for n in range(1500)))
    assert compare(long, other).count("added") == 1500


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (
            "Kế hoạch tổ chức Ngày hội năm 2022 tỉnh Hà Tĩnh",
            "Kế hoạch tổ chức Ngày hội năm 2023 tỉnh Hà Tĩnh",
            True,
        ),
        ("Báo cáo phong trào quý I năm 2025 của xã", "Báo cáo phong trào quý II năm 2025 của xã", True),
        ("Báo cáo phong trào 6 tháng đầu năm 2025", "Báo cáo phong trào năm 2025", False),
        ("Kế hoạch tổ chức Ngày hội năm 2022", "Kế hoạch tuần tra đêm giao thừa năm 2023", False),
        ("Kế hoạch năm 2022", "Kế hoạch năm 2023", True),
        ("Kế hoạch A", "Kế hoạch B", False),
    ],
)
def test_titles_of_one_series(first: str, second: str, same: bool) -> None:
    assert (alike(first, second) >= 0.7) is same
