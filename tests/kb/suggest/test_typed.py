"""Accents typed and not yet typed."""

from __future__ import annotations

import pytest

from kb.suggest.typed import MOST, conflicts, marks, read


@pytest.mark.parametrize(
    ("typed", "form", "fits"),
    [
        *(("ho", "hội", True), ("hô", "hội", True), ("hộ", "hội", True), ("hội", "hội", True)),
        *(("hố", "hội", False), ("hơ", "hội", False), ("hò", "hội", False), ("ho", "hô", True)),
        *(("d", "đội", True), ("đ", "đội", True), ("đ", "dân", False), ("đo", "đội", True)),
        *(("toà", "toàn", True), ("tòa", "toàn", True), ("hoà", "hòa", True), ("tó", "toàn", False)),
        *(("nguye", "nguyễn", True), ("nguyê", "nguyễn", True), ("nguyễ", "nguyễn", True)),
        *(("nguyể", "nguyễn", False), ("thuy", "thúy", True), ("hội ", "hội", True)),
        *(("hôi ", "hội", False), ("hoi ", "hội", True), ("hội", "hộ", False)),
    ],
)
def test_an_accent_is_open_until_it_is_typed(typed, form, fits):
    beginning = read(typed)
    assert (conflicts(beginning.words, [form], open_end=beginning.open) == 0) == fits


def test_only_so_much_is_read():
    assert len(read("ab " * 1000).text) <= MOST
    assert read("  ngày").text == "ngày"
    assert read("").words == ()
    assert not read("ngày ").open
    assert read("ngày").open


@pytest.mark.parametrize(
    ("label", "typed", "marked"),
    [
        ("Ngày hội toàn dân", "ngay h", ["Ngày h"]),
        ("Kế hoạch tổ chức Ngày hội", "ngay hoi ke", ["Kế", "Ngày hội"]),
        ("hội nghị, hội thảo", "hoi th", ["hội th"]),
        ("Công an tỉnh", "cong an ", ["Công an"]),
        ("Công an tỉnh", "xa", []),
    ],
)
def test_marks(label, typed, marked):
    assert [label[start:end] for start, end in marks(label, read(typed))] == marked
