"""Landmarks of official papers, repairs of words, headers whose columns were glued."""

from __future__ import annotations

import pytest

from indexer.extract.assemble import DraftLine, Rect, Word, words_of
from indexer.extract.header_columns import header_unglued
from indexer.extract.labels import starts_with_label
from indexer.extract.landmarks import is_fixed, is_mark, is_right_hand, right_hand_start
from indexer.extract.repairs import repaired, spaced_out_joined


def placed(text: str, letter: float = 7.0) -> list[Word]:
    """Words where a typewriter would put them."""
    words, x = [], 100.0
    for part in text.split(" "):
        if part:
            words.append(Word(part, Rect(x, 50, x + letter * len(part), 64)))
        x += letter * len(part) + letter * 0.5
    return words


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("CÔNG AN TỈNH HÀ TĨNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CÔNG AN TỈNH HÀ TĨNH"),
        ("PHÒNG THAM MƯU Độc lập - Tự do - Hạnh phúc", "PHÒNG THAM MƯU"),
        ("PHÒNG THAM MƯU Độc lập – Tự do – Hạnh phúc", "PHÒNG THAM MƯU"),
        ("TINH UY HA TINH DANG CONG SAN VIET NAM", "TINH UY HA TINH"),
        ("Số: 12/HD-BCA-V05 Hà Nội, ngày 21 tháng 5 năm 2024", "Số: 12/HD-BCA-V05"),
        ("Số: /KH-CAT-PV01 TP. Hồ Chí Minh, ngày tháng 6 năm 2024", "Số: /KH-CAT-PV01"),
        ("Số 05-NQ/ĐU Thạch Hà, ngày 5 tháng 4 năm 2024", "Số 05-NQ/ĐU"),
    ],
)
def test_glued_header_lines_are_cut(line: str, left: str) -> None:
    words = line.split()
    assert " ".join(words[: right_hand_start(words)]) == left


@pytest.mark.parametrize(
    "line",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hà Nội, ngày 21 tháng 5 năm 2024",
        "Số: 12/HD-BCA-V05",
        "ngày 21 tháng 5 năm 2024 của Bộ trưởng Bộ Công an",
        "Số 15, ngày làm việc thứ hai",
        "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;",
        "CĂN CỨ HIẾN PHÁP NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ],
)
def test_other_lines_stay_whole(line: str) -> None:
    assert right_hand_start(line.split()) == 0


def test_marks_and_fixed_lines() -> None:
    assert all(map(is_mark, ["MẬT", "TỐI MẬT", "T U Y Ệ T  M Ậ T", "HỎA TỐC", "THƯỢNG KHẨN", "(MẬT)"]))
    assert not any(map(is_mark, ["Luật Bảo vệ bí mật nhà nước", "mật độ", "bảo mật", "KHẨN TRƯƠNG"]))
    assert is_fixed("Độc lập - Tự do - Hạnh phúc")
    assert is_right_hand("Thành phố Vinh, ngày tháng 7 năm 2024")
    assert not is_right_hand("Căn cứ Nghị định ngày 01 tháng 7 năm 2024")


def test_a_mark_between_dashes_is_a_mark_however_long_they_are() -> None:
    assert is_mark("-" * 40 + " TỐI MẬT " + "-" * 40)
    assert not is_mark("-" * 40 + " BẢO MẬT " + "-" * 40)


def test_spaced_out_text() -> None:
    nation = "C Ộ N G  H Ò A  X Ã  H Ộ I  C H Ủ  N G H Ĩ A  V I Ệ T  N A M"
    assert spaced_out_joined(nation) == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert spaced_out_joined(" ".join(nation.split())) == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert spaced_out_joined("Đ ộ c l ậ p - T ự d o - H ạ n h p h ú c") == "Độc lập - Tự do - Hạnh phúc"
    assert spaced_out_joined("B Á O  C Á O") == "BÁO CÁO"
    assert spaced_out_joined("a b c và d") == "a b c và d"


def test_torn_and_marked_words_are_mended() -> None:
    torn = placed("v ẫn th ực hiện", letter=8)
    assert [w.text for w in repaired(torn)] == ["vẫn", "thực", "hiện"]
    assert repaired(torn)[0].rect == torn[0].rect.union(torn[1].rect)  # type: ignore[union-attr, arg-type]
    labelled = ["điểm", "b", "an", "toàn"]
    assert [w.text for w in repaired(placed("điểm b an toàn", letter=8))] == labelled
    wide = [Word("b", Rect(0, 0, 7, 14)), Word("an", Rect(30, 0, 44, 14))]
    assert [w.text for w in repaired(wide)] == ["b", "an"]
    assert [
        w.text for w in repaired([Word("a", Rect(0, 0, 7, 14)), Word("\u0301", Rect(7, 0, 9, 14))])
    ] == ["á"]


@pytest.mark.parametrize(
    ("parts", "mended"),
    [
        ("l ực l ượng v ũ trang", "lực lượng vũ trang"),
        ("so với năm 200 3, tăng", "so với năm 2003, tăng"),
        ("Chỉ thị 29/200 3/CT-TTg", "Chỉ thị 29/2003/CT-TTg"),
        ("năm 200 35 người", "năm 200 35 người"),
        ("tăng 200 3 lần", "tăng 200 3 lần"),
        ("điểm b ở trên", "điểm b ở trên"),
    ],
)
def test_words_and_years_torn_by_a_lent_letter_are_mended(parts: str, mended: str) -> None:
    words, x = [], 100.0
    for part in parts.split():
        words.append(Word(part, Rect(x, 50, x + 7 * len(part), 64)))
        x += 7 * len(part) + 13
    assert " ".join(word.text for word in repaired(words)) == mended


def test_a_glued_header_becomes_two_columns() -> None:
    rows = [
        "CÔNG AN TỈNH HÀ TĨNH   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHÒNG THAM MƯU",
        "ĐỘI TỔNG HỢP         Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-PV01         Hà Tĩnh, ngày 04 tháng 8 năm 2019",
        "KẾ HOẠCH",
    ]
    lines = header_unglued([DraftLine(words_of(row)) for row in rows])
    assert [(line.column, line.text) for line in lines] == [
        ("left", "CÔNG AN TỈNH HÀ TĨNH"),
        ("left", "PHÒNG THAM MƯU"),
        ("left", "ĐỘI TỔNG HỢP"),
        ("left", "Số: 12/KH-PV01"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "Hà Tĩnh, ngày 04 tháng 8 năm 2019"),
        (None, "KẾ HOẠCH"),
    ]


LABELLED = """Điều 4. Tiêu chí|Chương II|Phần thứ nhất|I. MỤC ĐÍCH|IV- TỔ CHỨC|2.1. Nội dung|a) Đối với
|đ) Hoạt động|- Lưu: VT|1/ Mục đích|PHỤ LỤC II|Mục 1. QUY ĐỊNH"""
UNLABELLED = "Mục tiêu chung|điều kiện|vi phạm|V/v tăng cường|15 ngày làm việc|Phần lớn|lý do"


@pytest.mark.parametrize("line", LABELLED.split("|"))
def test_labels(line: str) -> None:
    assert starts_with_label(line)


@pytest.mark.parametrize("line", UNLABELLED.split("|"))
def test_words_that_are_no_labels(line: str) -> None:
    assert not starts_with_label(line)
