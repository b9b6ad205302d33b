"""Kinds of documents: names, codes, type lines."""

from __future__ import annotations

import pytest

from kb.vietnamese import kinds
from kb.vietnamese.normalise import fold


def test_ids_names_and_codes_are_unique():
    everything = kinds.all()
    names = [fold(name) for kind in everything for name in (kind.name, *kind.aliases)]
    codes = [code for kind in everything for code in kind.codes]
    for values in ([kind.id for kind in everything], names, codes):
        assert len(values) == len(set(values))
    assert all(kind.id.isascii() and " " not in kind.id for kind in everything)


def test_the_29_kinds_of_nghi_dinh_30_come_first():
    names = [kind.name for kind in kinds.all()[:29]]
    assert names[0] == "Nghị quyết"
    assert names[-1] == "Thư công"
    assert {"Công văn", "Tờ trình", "Phiếu báo", "Bản ghi nhớ"} <= set(names)


def test_get_and_label():
    assert kinds.get("ke-hoach").name == "Kế hoạch"
    assert kinds.label("chi-thi") == "Chỉ thị"
    assert kinds.label("tin-tuc") == "Tin tức"
    assert kinds.label("no-such-kind") == "no-such-kind"
    with pytest.raises(KeyError):
        kinds.get("no-such-kind")


@pytest.mark.parametrize(
    ("code", "id"),
    [
        ("KH", "ke-hoach"),
        ("TTr", "to-trinh"),
        ("TT", "thong-tu"),
        ("CTr", "chuong-trinh"),
        ("CT", "chi-thi"),
        ("ĐA", "de-an"),
        ("DA", "du-an"),
        ("HĐ", "hop-dong"),
        ("HD", "huong-dan"),
        ("QyĐ", "quy-dinh"),
        ("QĐ", "quyet-dinh"),
        ("KHPH", "ke-hoach"),
        ("TTLT", "thong-tu-lien-tich"),
        ("KL", "ket-luan"),
    ],
)
def test_codes_are_told_apart_by_case_and_accents(code, id):
    assert kinds.by_code(code).id == id


def test_folded_codes_keep_both_readings():
    assert kinds.by_code("hd") is None
    assert {kind.id for kind in kinds.by_code_folded("hd")} == {"huong-dan", "hop-dong"}
    assert {kind.id for kind in kinds.by_code_folded("da")} == {"de-an", "du-an"}
    assert kinds.by_code_folded("xyz") == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("nđ", "NĐ"),
        ("ND", "NĐ"),
        ("ttr", "TTr"),
        ("TTR", "TTr"),
        ("qyđ", "QyĐ"),
        ("hd", "HD"),
        ("hđ", "HĐ"),
    ],
)
def test_canonical_code(written, code):
    assert kinds.canonical_code(written) == code


def test_no_code_for_other_letters():
    assert kinds.canonical_code("UBND") is None


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("kế hoạch", "ke-hoach"),
        ("  KE   HOACH ", "ke-hoach"),
        ("Bản thoả thuận", "ban-thoa-thuan"),
        ("quy chế phối hợp", "quy-che"),
        ("Bộ luật", "luat"),
        ("tin tức", "tin-tuc"),
    ],
)
def test_names_and_aliases(text, id):
    assert kinds.by_name(text).id == id


def test_a_name_must_be_whole():
    assert kinds.by_name("kế hoạch ngày hội") is None
    assert kinds.by_name("") is None


@pytest.mark.parametrize(
    ("line", "id"),
    [
        ("KẾ HOẠCH", "ke-hoach"),
        ("  Kế hoạch  ", "ke-hoach"),
        ("K Ế  H O Ạ C H", "ke-hoach"),
        ("Q U Y Ế T Đ Ị N H", "quyet-dinh"),
        ("BÁO CÁO SƠ KẾT 6 THÁNG ĐẦU NĂM", "bao-cao"),
        ("KẾ HOẠCH tổ chức Ngày hội", "ke-hoach"),
        ("TO TRINH", "to-trinh"),
        ("BẢN THOẢ THUẬN", "ban-thoa-thuan"),
        ("NGHỊ QUYẾT LIÊN TỊCH", "nghi-quyet-lien-tich"),
        ("THÔNG TƯ LIÊN TỊCH", "thong-tu-lien-tich"),
        ("QUY CHẾ PHỐI HỢP", "quy-che"),
        ("LUẬT", "luat"),
    ],
)
def test_type_lines(line, id):
    assert kinds.heading(line).id == id


@pytest.mark.parametrize(
    "line",
    [
        "QUYẾT ĐỊNH:",  # between the grounds and the articles
        "Kế hoạch số 12/KH-UBND ngày 05/3/2020",
        "kế hoạch tổ chức Ngày hội",
        "BÁO CÁO VIÊN PHÁP LUẬT",
        "LUẬT SƯ NGUYỄN VĂN A",
        "LUẬTSƯ",
        "TIN TỨC",
        "CÔNG AN TỈNH",
        "T M",
        "",
    ],
)
def test_other_lines(line):
    assert kinds.heading(line) is None
