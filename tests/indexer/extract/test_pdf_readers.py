"""PDFium and pdfminer.six give the same words, lines and rules; what is doubtful goes to pdfminer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4

from indexer.extract.pdf import PdfExtractor
from indexer.extract.pdf_page import RawPage
from indexer.extract.pdf_pdfium import FastReader
from indexer.extract.pdf_pdfium_letters import Doubtful
from indexer.extract.pdf_pdfminer import SlowReader
from indexer.extract.pdf_tables import find_tables
from indexer.metadata import read as fields
from kb.errors import ExtractionFailed

WIDTH, HEIGHT = A4
LINES = [
    "Thực hiện Kế hoạch số 188/KH-UBND ngày 29/12/2025 của Ủy ban nhân dân tỉnh,",
    "Công an tỉnh xây dựng kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc",
]


def fast(path: Path, number: int = 1) -> RawPage:
    reader = FastReader(path)
    try:
        return reader.read(number)
    finally:
        reader.close()


def words(page: RawPage) -> list[list[str]]:
    return [[word.text for word in segment.words] for segment in page.segments]


def grid(page: Any, columns: list[float], rows: list[float]) -> None:
    for x in columns:
        page.rule(x, rows[0], x, rows[-1])
    for top in rows:
        page.rule(columns[0], top, columns[-1], top)


def test_both_readers_see_the_same_page(paper: Any) -> None:
    page = paper()
    for number, line in enumerate(LINES):
        page.text(85, 60 + 15 * number, line)
    page.text(85, 100, "KẾ HOẠCH", bold=True)
    page.text(400, 100, "Hà Tĩnh")
    grid(page, [85, 120, 300], [150, 170, 190])
    page.text(90, 153, "1")
    page.text(125, 153, "Công an xã")
    path = page.save()
    one, other = fast(path), SlowReader(path).read(1)
    assert words(one) == words(other)
    assert [s.bold for s in one.segments] == [s.bold for s in other.segments]
    assert (one.width, one.height) == pytest.approx((other.width, other.height), abs=0.1)
    assert one.letters == other.letters
    for mine, theirs in zip(one.segments, other.segments, strict=True):
        assert mine.rect == pytest.approx(theirs.rect, abs=1.5)
    tables = find_tables(one.rules)
    assert len(tables) == 1
    assert tables[0].rect == pytest.approx(find_tables(other.rules)[0].rect, abs=1)


def test_letters_apart_without_a_blank_are_parted(paper: Any) -> None:
    page = paper()
    page.canvas.setFont("Test", 10)
    text = page.canvas.beginText(85, 700)
    text.textOut("số")
    text.moveCursor(20, 0)
    text.textOut("Tăng")
    page.canvas.drawText(text)
    assert words(fast(page.save())) == [["số", "Tăng"]]


def test_a_change_of_font_does_not_tear_a_word(paper: Any) -> None:
    page = paper()
    x = 85.0
    for piece, bold in (("Truy", False), ("ền", True), (" thông", False)):
        page.text(x, 60, piece, bold=bold)
        x += page.canvas.stringWidth(piece, "TestBold" if bold else "Test", 10)
    assert words(fast(page.save())) == [["Truyền", "thông"]]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_text_is_the_same_for_both_readers(paper: Any, turn: int, rotation: int) -> None:
    page = paper()
    page.text(85, 30, "Đầu trang")
    page.canvas.setPageRotation(rotation)
    page.canvas.translate(WIDTH / 2, HEIGHT / 2)
    page.canvas.rotate(turn)
    page.canvas.setFont("Test", 10)
    for number, line in enumerate(["Công an tỉnh xây dựng kế hoạch", "tổ chức Ngày hội"]):
        page.canvas.drawString(-150, -20 * number, line)
    page.canvas.line(-150, 20, 100, 20)
    page.canvas.line(-150, 20, -150, -60)
    path = page.save()
    one, other = fast(path), SlowReader(path).read(1)
    assert one.turn == other.turn
    assert (one.width, one.height) == pytest.approx((other.width, other.height), abs=0.1)
    for found in ("segments", "sideways"):  # PDFium may give them in another order
        mine, theirs = (sorted(getattr(p, found), key=lambda s: s.text) for p in (one, other))
        assert [s.text for s in mine] == [s.text for s in theirs]
        for first, second in zip(mine, theirs, strict=True):
            assert first.rect == pytest.approx(second.rect, abs=1.5)
    drawn = sorted((r.horizontal, r.at, r.start, r.end) for r in one.rules)
    for mine_rule, their_rule in zip(
        drawn, sorted((r.horizontal, r.at, r.start, r.end) for r in other.rules), strict=True
    ):
        assert mine_rule == pytest.approx(their_rule, abs=1.5)


def test_a_legacy_font_is_left_to_the_other_reader(paper: Any) -> None:
    page = paper()
    page.text(85, 60, "Cong an")
    path = page.save()
    name = next(n for n in (b"+DejaVuSerif", b"+NotoSerif-Regular") if n in path.read_bytes())
    path.write_bytes(path.read_bytes().replace(name, b"+VNI-Times".ljust(len(name), b"A")))
    with pytest.raises(Doubtful):
        fast(path)


def test_a_page_without_fonts_of_its_own_letters_is_doubtful(paper: Any) -> None:
    page = paper()
    page.text(85, 60, LINES[0])
    path = page.save()
    content = path.read_bytes()
    assert b"/ToUnicode" in content
    path.write_bytes(content.replace(b"/ToUnicode", b"/NoUnicode"))
    with pytest.raises(Doubtful):
        fast(path)


def test_a_slanting_watermark_is_no_text(paper: Any, texts: Callable[[Any], list[str]]) -> None:
    page = paper()
    page.text(85, 60, LINES[0])
    page.canvas.translate(200, 300)
    page.canvas.rotate(45)
    page.canvas.setFont("Test", 40)
    page.canvas.drawString(0, 0, "BẢN SAO")
    path = page.save()
    assert words(fast(path)) == [LINES[0].split()]
    assert texts(PdfExtractor().extract(path)) == [LINES[0]]


def test_text_outside_the_page_is_left_out(paper: Any) -> None:
    page = paper()
    page.text(85, 60, LINES[0])
    page.text(WIDTH + 50, 60, "ngoài trang")
    page.text(85, HEIGHT + 50, "dưới trang")
    assert words(fast(page.save())) == [LINES[0].split()]


def test_a_signature_stamp_is_no_text(paper: Any) -> None:
    page = paper()
    page.text(85, 60, "Hà Tĩnh, ngày 15 tháng 6 năm 2022")
    for number, line in enumerate(
        [
            "Ký bởi: CÔNG AN TỈNH A",
            "Cơ quan: CÔNG AN TỈNH A",
            "Thời gian ký: 20.07.2023",
            "16:34:07 +07:00",
        ]
    ):
        page.text(400, 120 + 9 * number, line, size=7)
    page.text(85, 200, LINES[0])
    text = PdfExtractor().extract(page.save()).text
    assert text.split("\n\n") == ["Hà Tĩnh, ngày 15 tháng 6 năm 2022", LINES[0]]


def test_a_line_that_only_begins_like_a_stamp_stays(paper: Any) -> None:
    page = paper()
    page.text(85, 60, "Người ký: ghi rõ họ tên và chức vụ.")
    page.text(85, 90, LINES[0])
    assert "Người ký: ghi rõ họ tên và chức vụ." in PdfExtractor().extract(page.save()).text


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("theo quy trình manage-", "ment của đơn vị", "theo quy trình management\ncủa đơn vị"),
        ("đã hoàn thành ngh-", "iệp vụ được giao", "đã hoàn thành nghiệp\nvụ được giao"),
        ("các đơn vị, tổ-", "chức có liên quan", "các đơn vị, tổ-\nchức có liên quan"),
    ],
)
def test_parted_words_are_joined(paper: Any, first: str, second: str, joined: str) -> None:
    page = paper()
    page.text(113, 60, LINES[0])
    page.text(85, 75, first)
    page.text(85, 90, second)
    assert joined in PdfExtractor().extract(page.save()).text


def test_a_line_torn_by_a_gap_is_no_pair_of_columns(paper: Any) -> None:
    page = paper()
    page.text(85, 60, LINES[0])
    page.text(85, 75, "trong đó khu vực nông, lâm, ngư nghiệp và thủy sản tăng")
    page.text(392, 75, "3,3%, khu vực")
    page.text(85, 90, "công nghiệp tăng 10,2%.")
    found = PdfExtractor().extract(page.save()).text
    assert "thủy sản tăng 3,3%, khu vực\ncông nghiệp tăng 10,2%." in found


def test_a_blank_page_is_no_picture(paper: Any) -> None:
    page = paper()
    page.text(85, 60, LINES[0])
    page.page()
    page.page()
    page.text(85, 60, LINES[1])
    extracted = PdfExtractor().extract(page.save())
    assert len(extracted.pages) == 3
    assert extracted.warnings == ()


def test_bookmarks_give_sections_where_the_text_has_none(paper: Any) -> None:
    page = paper()
    for number, name in enumerate(("Giới thiệu", "Cách dùng")):
        page.canvas.bookmarkPage(str(number))
        page.canvas.addOutlineEntry(name, str(number), level=0)
        page.text(85, 60, name.upper(), bold=True)
        page.text(85, 90, LINES[number])
        page.page()
    extracted = PdfExtractor().extract(page.save())
    assert [(b.title, b.level, b.page) for b in extracted.outline] == [
        ("Giới thiệu", 1, 1),
        ("Cách dùng", 1, 2),
    ]
    sections = fields.read(extracted, "so-tay.pdf").sections
    assert [(s.label, extracted.text[s.start : s.start + 9]) for s in sections] == [
        ("Giới thiệu", "GIỚI THIỆ"),
        ("Cách dùng", "CÁCH DÙNG"),
    ]
    assert sections[0].end == sections[1].start and sections[1].end == len(extracted.text)


def test_pages_keep_what_the_file_calls_them(paper: Any) -> None:
    page = paper()
    page.canvas.addPageLabel(0, "ROMAN_LOWER")
    page.canvas.addPageLabel(2, "ARABIC", 3)  # as they are counted
    page.canvas.addPageLabel(3, "ARABIC", 33, "CB-")
    for line in (0, 1, 0, 1):
        page.text(85, 60, LINES[line])
        page.page()
    extracted = PdfExtractor().extract(page.save())
    assert [each.label for each in extracted.pages] == ["i", "ii", None, "CB-33"]


def test_an_endless_name_of_a_page_is_left_out(paper: Any) -> None:
    page = paper()
    page.canvas.addPageLabel(0, "ARABIC", 1, "A" * 5_000)
    page.text(85, 60, LINES[0])
    assert [each.label for each in PdfExtractor().extract(page.save()).pages] == [None]


def test_attached_files_are_named(paper: Any, tmp_path: Path) -> None:
    page = paper()
    page.text(85, 60, LINES[0])
    document = pdfium.PdfDocument(page.save())
    document.new_attachment("phu-luc.xlsx").set_data(b"...")
    document.save(tmp_path / "b.pdf")
    document.close()
    extracted = PdfExtractor().extract(tmp_path / "b.pdf")
    assert [w.split(": ")[0] for w in extracted.warnings] == ["attachments"]
    assert "phu-luc.xlsx" in extracted.warnings[0]


def test_nothing_at_all_is_no_scan(paper: Any) -> None:
    page = paper()
    page.page()
    with pytest.raises(ExtractionFailed) as caught:
        PdfExtractor().extract(page.save())
    assert caught.value.code == "no-text"
