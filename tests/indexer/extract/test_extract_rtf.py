"""RTF: fonts, code pages, tables, what is not shown, and hostile input."""

from __future__ import annotations

from pathlib import Path

import pytest
from legacy_samples import TEXT, encoded

from indexer.extract import registry
from indexer.extract.legacy_tables import TCVN3, VNI
from indexer.extract.rtf_reader import MAX_DEPTH
from kb.errors import ExtractionFailed

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset0 .VnTime;}"
    r"{\f2\fnil\fcharset0{\*\fname VNI-Times;}VNI-Times;}{\f3\fnil\fcharset163 Arial;}"
    r"{\f4\fnil .VnTimeH;}{\f5\fnil\fcharset2 Symbol;}}"
)


def escaped(text: str) -> str:
    return "".join(c if c.isascii() else f"\\'{ord(c):02x}" for c in text)


def read(tmp_path: Path, body: str, name: str = "a.rtf", head: str = r"\ansi\ansicpg1252\deff0"):
    path = tmp_path / name
    path.write_bytes(f"{{\\rtf1{head}{FONTS}{body}}}".encode("latin-1"))
    return registry.extract(path)


def test_each_run_in_its_font(tmp_path):
    body = (
        rf"\pard\qc\b\f4 {escaped(encoded('kế hoạch', TCVN3))}\b0\par"
        rf"\pard\f1 {escaped(encoded('Số tháng này', TCVN3))} "
        rf"{{\f2 {escaped(encoded('phần sau', VNI))}}} \f1 {escaped(encoded('hết', TCVN3))}\par"
    )
    extracted = read(tmp_path, body)
    assert extracted.format == "rtf"
    assert extracted.text == "kế hoạch\n\nSố tháng này phần sau hết"
    assert extracted.as_printed().text.startswith("KẾ HOẠCH")
    assert (extracted.lines[0].centered, extracted.lines[0].bold) == (True, True)
    assert (extracted.lines[1].centered, extracted.lines[1].bold) == (False, False)


def test_a_file_named_doc_is_read_as_what_it_is(tmp_path):
    assert read(tmp_path, r"\f0 abc\par", "a.doc").format == "rtf"


def test_unicode_and_what_stands_for_it_in_old_programs(tmp_path):
    body = r"\uc1\f0 Ngh\u7883?\u-4000? \'9310\'94 {\uc2\u273 d'}\u7883ab\u7883{x}\par"
    text = read(tmp_path, body).text
    assert text == "Nghị\uf060 “10” địbịx"


def test_code_pages_of_fonts(tmp_path):
    assert read(tmp_path, r"\f3 Ti\'ea\'ecng \'f0\'f3\par").text == "Tiếng đó"
    body = r"\f0 Ti\'ea\'ecng\par"
    assert read(tmp_path, body, head=r"\ansi\ansicpg1258\deff0").text == "Tiếng"


def test_an_optional_hyphen_is_a_letter_in_a_legacy_font_only(tmp_path):
    assert read(tmp_path, r"\f1 n\-íc ta\par".replace("í", "\\'ed")).text == "nước ta"
    assert read(tmp_path, r"\f0 thu\-ong\par").text == "thuong"


def test_fonts_by_kind_of_script(tmp_path):
    """Word names several fonts for a run; that of Latin letters counts."""
    body = rf"\loch\af1\hich\af1\dbch\af3\loch\f1 {escaped(encoded(TEXT, TCVN3))}\par"
    assert read(tmp_path, body).text == TEXT


def test_tables_row_by_row(tmp_path):
    row = r"\trowd\cellx1\cellx2\cellx3\pard\intbl "
    body = rf"{row} A\cell B\cell C\cell\row {row} 1\cell 2\cell 3\cell\row \pard sau\par"
    assert read(tmp_path, body).text == "A | B | C\n\n1 | 2 | 3\n\nsau"


def test_what_is_not_shown_is_not_read(tmp_path):
    body = (
        r"{\info{\author Ai do}}{\*\generator X;}{\stylesheet{\s1 Heading;}}"
        r"{\field{\*\fldinst PAGE }{\fldrslt 7}} {\v an}{\deleted xoa}{\pict 0102ff}"
        r"{\object{\*\objdata 01}}{\*\unknown la} {\header trang dau}{\footer chan}thay\par"
    )
    assert read(tmp_path, body).text == "7 thay"


def test_marks_of_page_headers_and_footnotes(tmp_path):
    body = r"{\header\b H\u7886?A T\u7888?C\par}{\f0 Noi dung{\footnote ghi chu} chinh\par}"
    assert read(tmp_path, body).text == "HỎA TỐC\n\nNoi dung chinh\n\nghi chu"


def test_text_boxes_once(tmp_path):
    box = (
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt trong khung\par}}{\shprslt{\f0 trong khung\par}}}"
    )
    assert read(tmp_path, rf"truoc{box} sau\par").text == "truoc sau\n\ntrong khung"


def test_pages(tmp_path):
    extracted = read(tmp_path, r"mot\par\page hai\par")
    assert [extracted.text[p.start : p.end] for p in extracted.pages] == ["mot", "hai"]


def test_binary_data_is_stepped_over(tmp_path):
    assert read(tmp_path, r"{\f0 a\bin4 }}}}b\par}").text == "ab"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (r"{\rtf1" + "{" * (MAX_DEPTH + 1) + "x", "too-big"),
        (r"{\rtf1}", "no-text"),
        (r"{\rtf1\bin99999999999 x}", "no-text"),
        (r"{\rtf1 {\fonttbl{\f0 A", "no-text"),
    ],
)
def test_hostile_input_is_refused(tmp_path, content, code):
    path = tmp_path / "a.rtf"
    path.write_text(content)
    with pytest.raises(ExtractionFailed) as caught:
        registry.extract(path)
    assert caught.value.code == code


def test_a_torn_file_gives_what_it_has(tmp_path):
    path = tmp_path / "a.rtf"
    path.write_bytes(rf"{{\rtf1{FONTS}\f1 {escaped(encoded(TEXT, TCVN3))}".encode("latin-1"))
    assert registry.extract(path).text == TEXT
