"""Warnings are told without the words that machines know them by."""

import pytest

from kb.model import told


@pytest.mark.parametrize(
    ("warning", "shown"),
    [
        (
            "ocr: Trang được nhận dạng chữ từ ảnh (OCR): 1-2.",
            "Trang được nhận dạng chữ từ ảnh (OCR): 1-2.",
        ),
        ("pages-without-text: Trang không có lớp chữ: 3.", "Trang không có lớp chữ: 3."),
        ("Không đọc được ngày ban hành.", "Không đọc được ngày ban hành."),
        ("Lưu ý: không có số.", "Lưu ý: không có số."),
    ],
)
def test_told(warning: str, shown: str) -> None:
    assert told(warning) == shown
