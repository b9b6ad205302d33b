"""Fields with the real tables behind them: kinds, units, topics, periods, the segmenter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.query.fields import FIELD, NAMES
from kb.query.known import Tables
from kb.query.parser import parse
from kb.vietnamese.normalise import fold


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("loại:kế hoạch ngày hội 2022", '(kind:"kế hoạch" ngày hội 2022)'),
        ("loai:ke hoach 2022", '(kind:"ke hoach" 2022)'),
        ("đơn vị:Công an tỉnh Hà Tĩnh năm 2020", '(unit:"Công an tỉnh Hà Tĩnh" năm 2020)'),
        ("đơn vị:cong an tinh ha tinh ke hoach", '(unit:"cong an tinh ha tinh" ke hoach)'),
        ("đơn vị:(PV05 OR V05)", '(unit:"PV05" OR unit:"V05")'),
        ("chủ đề:ngày hội 2022", '(topic:"ngày hội" 2022)'),
        ("tiêu đề:hội nghị tổng kết", '(title:"hội nghị" tổng kết)'),
        ("TIÊU ĐỀ:HỘI NGHỊ TỔNG KẾT", '(title:"HỘI NGHỊ" TỔNG KẾT)'),
        ("kế hoạch -hội nghị", '(kế hoạch -"hội nghị")'),
        ("kế hoạch -ngày hội", '(kế hoạch -"ngày hội")'),
        ("kế hoạch -huyện", "(kế hoạch -huyện)"),
        ("ngày:2020..2022", "date:2020-01-01..2022-12-31"),
        ("ngày:3/2025 kế hoạch", "(date:2025-03-01..2025-03-31 kế hoạch)"),
        ("ngày:04/8/2019", "date:2019-08-04..2019-08-04"),
        ("ngày:2022-06-15", "date:2022-06-15..2022-06-15"),
        ("từ:2020 đến:2023", "date:2020-01-01..2023-12-31"),
        ("từ:3/2025", "date:2025-03-01.."),
        ("năm:2022 2023", "(date:2022-01-01..2022-12-31 2023)"),
        ("ngày:quý I/2025 tổng kết", "(date:2025-01-01..2025-03-31 tổng kết)"),
        ("ngày:6 tháng đầu năm 2020 báo cáo", "(date:2020-01-01..2020-06-30 báo cáo)"),
        ("ngày:>2020", "date:2021-01-01.."),
        ("ngày:>= 2020", "date:2020-01-01.."),
        ("ngày:<3/2025", "date:..2025-02-28"),
        ("ngày:≤3/2025", "date:..2025-03-31"),
        ("date:2022-01-01..", "date:2022-01-01.."),
        ("date:..2022-12-31", "date:..2022-12-31"),
        ("ngày:31/2/2020", "31/2/2020"),
        ("ngày:>99/99", "99/99"),
    ],
)
def test_values_of_the_real_tables(query, tree):
    assert str(parse(query).node) == tree


def test_today():
    assert Tables().days("nay") == (date.today(), date.today())
    assert str(parse("từ:2020 đến:nay").node) == f"date:2020-01-01..{date.today()}"


@pytest.mark.parametrize(
    "text", ["", ">", "> ", "abc", ">abc", "..", ">2020..", "<1/1/1", ">31/12/9999"]
)
def test_no_days(text):
    assert Tables().days(text) is None


@pytest.mark.parametrize(
    ("field", "name"), [(field, name) for field, names in NAMES.items() for name in names]
)
def test_names_of_fields(field, name):
    for spelling in (name, name.upper(), fold(name), fold(name).replace(" ", ""), name + " "):
        match = FIELD.fullmatch(f"{spelling}:")
        assert match is not None
        assert match.lastgroup == field


@pytest.mark.parametrize("text", ["tư:", "tổ:", "loài:", "ngay", "loại//:", "loại://", "tien:"])
def test_other_words_are_no_fields(text):
    assert FIELD.match(text) is None


@given(st.text('aàđn0123/.-> <,;:"()*Cgtỉh', max_size=60))
@settings(max_examples=200, deadline=2000)
def test_nothing_raises(text):
    for field in ("loại:", "đơn vị:", "chủ đề:", "ngày:", "từ:", "tiêu đề:", "số:", "-"):
        parse(field + text)
