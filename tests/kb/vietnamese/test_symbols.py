"""Symbols of documents: found in text, read however typed, filed and looked up."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Span
from kb.vietnamese import kinds
from kb.vietnamese.symbols import (
    find_all,
    find_typed,
    kind_id,
    parse,
    protect_spans,
    query_keys,
    search_keys,
)

CASES = json.loads((Path(__file__).parent / "cases" / "symbol_cases.json").read_text(encoding="utf-8"))


def keys(text: str) -> list[str]:
    return [found.symbol.key for found in find_all(text)]


# ---------------------------------------------------------------- in running text


@pytest.mark.parametrize("case", CASES["positive"], ids=lambda case: case["text"])
def test_found_in_text(case):
    (found,) = find_all(case["text"])
    symbol = found.symbol
    assert (symbol.key, symbol.kind_code, symbol.issuer) == (
        case["key"],
        case["kind_code"],
        case["issuer"],
    )
    assert case["text"][found.span.start : found.span.end] == found.raw


@pytest.mark.parametrize("text", CASES["negative"])
def test_not_a_symbol(text):
    assert find_all(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ thị số 09 CT/TW", ["09-CT/TW"]),
        ("Kế hoạch 47-KH-BCĐ về việc", ["47-KH/BCĐ"]),
        ("Thông tư số 21/2009/nđ-cp của", ["21/2009/NĐ-CP"]),
        ("số 12/kh-ubnd ngày", ["12/KH-UBND"]),
        ("30/2020/ND-CP", ["30/2020/NĐ-CP"]),
        ("Quyết định số 12/2020/QÐ-UBND", ["12/2020/QĐ-UBND"]),  # with the Icelandic letter
        ("02/VBHN-BTС", ["02/VBHN-BTC"]),  # with a Cyrillic letter
        ("Số: 109/UBND - VX", ["109/UBND-VX"]),
        ("số 12/KH-\nCAT-PV05 ngày", ["12/KH-CAT-PV05"]),
        ("Nghị\nquyết số 521 ngày 13/6/2005", ["Nghị quyết 521"]),
        ("Chỉ thị 09 của Ban Bí thư", ["Chỉ thị 09"]),
        ("triển khai Đề án 06, Kết luận 44.", ["Đề án 06", "Kết luận 44"]),
        ("Số:      /KH-CAT-PV01", ["/KH-CAT-PV01"]),
        ("Luật số 30/2023/QH15 và Nghị định số 40/2024/NĐ-CP", ["30/2023/QH15", "40/2024/NĐ-CP"]),
    ],
)
def test_spellings_in_text(text, expected):
    assert keys(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mẫu số 01/QTDA kèm theo",
        "biểu số 02/TKN-CNKD",
        "KẾT LUẬN 1. Phân loại",
        "báo cáo 12 nội dung",
        "kế hoạch 10 ngày",
        "Kế hoạch 2022",
        "tổ 5/KP-3",
        "Thông báo 24/7",
    ],
)
def test_look_alikes_in_text(text):
    assert keys(text) == []


def test_words_behind_a_spaced_dash_stay_out():
    assert keys("Kế hoạch số 12/KH-UBND - CÔNG AN TỈNH") == ["12/KH-UBND"]
    assert keys("số 12/KH-UBND\n- Lưu: VT") == ["12/KH-UBND"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020", date(2020, 3, 5)),
        ("số 03/CT-BCA-X11, ngày 10-4-2009", date(2009, 4, 10)),
        ("Công văn 285/CCTTHC ngày 08 tháng 9 năm 2009", date(2009, 9, 8)),
        ("Công văn 5053-CV/VPTW/nb (11/3/2019)", date(2019, 3, 11)),
        ("số 09-CT/TW của Ban Bí thư ngày 01/12/2011", date(2011, 12, 1)),
        ("Quyết định số 521 ngày 13/6/2005", date(2005, 6, 13)),
        ("số 12/KH-UBND ngày 31/2/2020", None),
        ("số 12/KH-UBND của UBND tỉnh. Ngày 01/3/2020, Công an tỉnh", None),
    ],
)
def test_the_day_named_with_a_symbol(text, day):
    (found,) = find_all(text)
    assert found.issued_on == day
    if day:
        assert text[found.issued_span.start : found.issued_span.end].strip("(), ")[-4:] == str(day.year)


# ---------------------------------------------------------------- one symbol, however typed


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("12 kh cat", "12/KH-CAT"),
        ("Số 12/KH-CAT-PV05", "12/KH-CAT-PV05"),
        ("số: 12 / kh - cat", "12/KH-CAT"),
        ("chi thi 09 ct tw", "09-CT/TW"),
        ("09 CT/TW", "09-CT/TW"),
        ("333/KHBCĐ", "333/KHBCĐ"),
        ("47-KH-BCĐ", "47-KH/BCĐ"),
        ("09/ct-ttg", "09/CT-TTg"),
        ("05/2024/nq-hdnd", "05/2024/NQ-HĐND"),
        ("12–NQ/TW", "12-NQ/TW"),
        ("157/TB_UBND", "157/TB-UBND"),
        ("nghị định 06/2014", "Nghị định 06/2014"),
        ("quyet dinh so 521", "Quyết định 521"),
        ("Nghị định 30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("1732 /QĐ-UBND", "1732/QĐ-UBND"),
        ("30 2020 nd cp", "30/2020/NĐ-CP"),
        ("12/ttr-cax", "12/TTr-CAX"),
    ],
)
def test_parse(typed, key):
    assert parse(typed).key == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24/7",
        "3/2025",
        "12/3/2025",
        "188",
        "kế hoạch",
        "kế hoạch 2022",
        "205/A2",
        "12 con",
        "09 ct",
        "16-6-1967",
        "COVID-19",
        "2020-2025",
        "12 da nang",
        "tháng 3",
        "13/13 huyện",
        "x" * 500,
    ],
)
def test_no_symbol_at_all(text):
    assert parse(text) is None


def test_the_parts_of_a_symbol():
    symbol = parse("916/2007/QĐ-BCA(X11)")
    assert (symbol.number, symbol.year, symbol.kind_code) == ("916", 2007, "QĐ")
    assert (symbol.issuer, symbol.drafter, symbol.family) == ("BCA", "X11", "state")
    assert symbol.key == "916/2007/QĐ-BCA"
    assert symbol.fold == "916/2007/QD-BCA"


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("12/KH-CAT-PV05", "ke-hoach"),
        ("5202/UBND-NCKS", "cong-van"),
        ("5053-CV/VPTW", "cong-van"),
        ("12-TT/TW", "thong-tri"),
        ("12/2020/TT-BCA", "thong-tu"),
        ("23/SL", "sac-lenh"),
        ("04/2011/SL-LPQT", "sao-luc"),
        ("333/KHBCĐ", "ke-hoach"),
        ("426/QĐ", "quyet-dinh"),
        ("Quyết định 521", "quyet-dinh"),
        ("12/TTr-CAX", "to-trinh"),
        ("51-L/CTN", "lenh"),
        ("30/2023/QH15", None),
        ("982/TTg", None),
    ],
)
def test_kind_by_symbol(symbol, kind):
    assert kind_id(parse(symbol)) == kind


_CODES = st.sampled_from([code for kind in kinds.all() for code in kind.codes])
_NUMBERS = st.integers(1, 99_999).map(lambda n: f"{n:02}")
_SEGMENTS = st.from_regex(r"[A-ZĐ]{2,8}[0-9]{0,2}", fullmatch=True)


@given(
    _NUMBERS,
    st.one_of(st.none(), st.integers(1945, 2049)),
    _CODES,
    st.lists(_SEGMENTS, min_size=1, max_size=4),
)
def test_a_key_reads_as_itself(number, year, code, segments):
    typed = f"{number}/{f'{year}/' if year else ''}{code}-{'-'.join(segments)}"
    symbol = parse(typed)
    assert symbol is not None
    assert parse(symbol.key) == symbol
    assert keys(f"theo Công văn số {symbol.key} của") == [symbol.key]


@given(st.text(max_size=60))
def test_any_text_is_safe(text):
    symbol = parse(text)
    assert symbol is None or parse(symbol.key) is not None
    query_keys(text)
    for typed in find_typed(text):
        assert 0 <= typed.span.start < typed.span.end <= len(text)


# ---------------------------------------------------------------- filed and looked up


def finds(query: str, document: str) -> bool:
    return bool(set(query_keys(query)) & set(search_keys(parse(document))))


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("333/KH-BCĐ", "333/KHBCĐ"),
        ("333/KHBCĐ", "333/KH-BCĐ"),
        ("12 kh cat", "12/KH-CAT-PV05"),
        ("12/KH-CAT(PV05)", "12/KH-CAT-PV05"),
        ("12/KH-CAT-PV05", "12/KH-CAT"),
        ("chi thi 09 ct tw", "09-CT/TW"),
        ("09CT/TW", "09-CT/TW"),
        ("12khcatpv05", "12/KH-CAT-PV05"),
        ("9-CT/TW", "09-CT/TW"),
        ("nghị định 06/2014", "06/2014/NĐ-CP"),
        ("nghi dinh 06 nam 2014", "06/2014/NĐ-CP"),
        ("124/TT-BCA", "124/2021/TT-BCA"),
        ("tt 124 bca", "124/2021/TT-BCA"),
        ("hd 12", "12/HĐ-CAT"),
        ("hướng dẫn 12", "12/HD-BCA-V05"),
        ("công văn 5202", "5202/UBND-NCKS"),
        ("cv 5202", "5202/UBND-NCKS"),
        ("916/2007/QĐ-BCA(X11)", "916/2007/QĐ-BCA"),
        ("quyết định 521", "521/QĐ-TTg"),
        ("số 188", "188/KH-UBND"),
        ("12/đa-ubnd", "12/ĐA-UBND"),
        ("47-KH-BCĐ", "47/KH-BCĐ"),
    ],
)
def test_query_meets_document(query, document):
    assert finds(query, document)


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("09/CT-TTg", "09-CT/TW"),
        ("12/KH-CAT-PV05", "12/KH-CAT-PC01"),
        ("12/KH-CAT", "12/KH-CATP"),
        ("124/2021/TT-BCA", "124/2020/TT-BCA"),
        ("12/KH-CAT", "112/KH-CAT"),
        ("188", "188/KH-UBND"),
        ("chỉ thị 09", "09/KH-UBND"),
    ],
)
def test_query_passes_document_by(query, document):
    assert not finds(query, document)


def test_the_most_exact_key_comes_first():
    assert query_keys("12/ĐA-UBND")[0] == search_keys(parse("12/ĐA-UBND"))[0]
    assert query_keys("12/ĐA-UBND")[0] not in search_keys(parse("12/DA-UBND"))


def test_a_number_alone_counts_only_where_a_number_is_meant():
    assert query_keys("188") == ()
    assert set(query_keys("0188", number_alone=True)) <= set(search_keys(parse("188/KH-UBND")))


def test_the_year_of_issue_is_a_key_too():
    assert set(query_keys("hướng dẫn 12/2024")) & set(search_keys(parse("12/HD-BCA-V05"), 2024))


@pytest.mark.parametrize(
    "text", ["2022", "24/7", "báo cáo 6 tháng", "kế hoạch 2022", "12 đà nẵng", "an ninh", "3/2025"]
)
def test_no_keys(text):
    assert query_keys(text) == ()


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("số 188 kh ubnd bắc ninh", "số 188 kh ubnd"),
        ("tt 124 bca an toan antt", "tt 124 bca"),
        ("hướng dẫn 12 của V05 năm 2024", "hướng dẫn 12"),
        ("thể thức văn bản nghị định 30", "nghị định 30"),
        ("tổng kết 12/KH-CAT-PV05 năm 2023", "12/KH-CAT-PV05"),
    ],
)
def test_typed_symbols_inside_a_query(query, part):
    (typed,) = find_typed(query)
    assert query[typed.span.start : typed.span.end] == part


# ---------------------------------------------------------------- protection, speed


def test_protected_spans():
    text = "Kế hoạch 12/KH-CAT-PV05 ngày 04/8/2019, tháng 3/2025 và 19/8; 51/61 vụ; Quyết định 521"
    spans = protect_spans(text)
    assert [text[s.start : s.end] for s in spans] == ["12/KH-CAT-PV05", "04/8/2019", "3/2025", "19/8"]
    assert protect_spans("không có gì") == []
    assert protect_spans("12/KH-CAT") == [Span(0, 9)]


@pytest.mark.parametrize(
    "hostile",
    [
        "1/A-",
        "1/A",
        "1",
        "A-",
        "1/A-B-C-D-E-",
        "quyết định ",
        "số ",
        " 1 - NQ / ",
        "1/A.A&",
        "1/A - B - ",
        "1/2020/",
    ],
)
@pytest.mark.timeout(60)  # a moment, unless the work grows faster than the text
def test_hostile_text_takes_no_time(hostile):
    text = hostile * (100_000 // len(hostile))
    find_all(text)
    protect_spans(text)
    parse(text)
    query_keys(text)
    find_typed(text[:2_000])


@pytest.mark.timeout(60)
def test_long_ordinary_text():
    line = (
        "Thực hiện Kế hoạch số 12/KH-CAT-PV05 ngày 04/8/2019 của Công an tỉnh, lực lượng đã tham mưu. "
    )
    text = line * (100_000 // len(line))
    assert len(find_all(text)) > 1_000


# ---------------------------------------------------------------- real records


def test_real_records(real_data):
    with gzip.open(real_data / "metadata" / "congbao.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    symbols = [parse(record["so"]) for record in records]
    assert all(symbols)
    kinds_right = sum(
        kind_id(symbol) == kinds.by_name(record["loai"]).id
        for symbol, record in zip(symbols, records, strict=True)
    )
    assert kinds_right / len(records) > 0.94  # the rest: luật or nghị quyết "49/2010/QH12"
    in_titles = sum(
        symbol.key in keys(record["title"]) for symbol, record in zip(symbols, records, strict=True)
    )
    assert in_titles / len(records) > 0.99
