"""Capitals in normal case, names and abbreviations kept."""

import pytest

from indexer.metadata.casing import normal_case, starts_small


@pytest.mark.parametrize(
    ("capitals", "expected"),
    [
        (
            "TỔ CHỨC NGÀY HỘI TOÀN DÂN BẢO VỆ AN NINH TỔ QUỐC",
            "Tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc",
        ),
        ("PHÒNG THAM MƯU", "Phòng Tham mưu"),
        ("CÔNG TÁC XDPT TẠI TỈNH HÀ TĨNH NĂM 2022", "Công tác XDPT tại tỉnh Hà Tĩnh năm 2022"),
        ("VI PHẠM TRẬT TỰ", "Vi phạm trật tự"),
        ("GIAI ĐOẠN II", "Giai đoạn II"),
        ("THỰC HIỆN CHỈ THỊ SỐ 06/CT-BCA-V05", "Thực hiện Chỉ thị số 06/CT-BCA-V05"),
        ("UBND TỈNH BẮC NINH", "UBND tỉnh Bắc Ninh"),
        ("Đã viết thường", "Đã viết thường"),
        ("", ""),
    ],
)
def test_normal_case(capitals: str, expected: str) -> None:
    assert normal_case(capitals) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổ chức Ngày hội", "tổ chức Ngày hội"),
        ("Công an tỉnh Hà Tĩnh", "Công an tỉnh Hà Tĩnh"),
        ("ANTT ở cơ sở", "ANTT ở cơ sở"),
        ("“Ngày hội”", "“Ngày hội”"),
    ],
)
def test_the_first_letter_inside_a_title(text: str, expected: str) -> None:
    assert starts_small(text) == expected
