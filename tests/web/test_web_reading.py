"""Text shaped for reading: paragraphs joined, offsets kept."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import web_samples
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kb.catalog import documents
from kb.model import Document, Metadata, Page, Section, Value
from web.app import create_app
from web.marking import join
from web.reading import Block, page_at, shape


def plain(text: str, form: str = "pdf") -> Document:
    return Document(web_samples.source("/a", text), form, text, (Page(1, 0, len(text)),))


def blocks(document: Document) -> list[Block]:
    return [b for page in shape(document).pages for b in (*page.left, *page.right, *page.blocks)]


def texts(document: Document) -> list[str]:
    return ["".join(piece.text for piece in (*block.lead, *block.pieces)) for block in blocks(document)]


def test_hard_line_breaks_are_joined() -> None:
    shown = texts(web_samples.festival_plan())
    assert (
        "Căn cứ Quyết định số 521/QĐ-TTg ngày 13/6/2005 của Thủ tướng Chính phủ về “Ngày hội toàn "
        "dân bảo vệ an ninh Tổ quốc”; thực hiện Chỉ thị số 06/CT-BCA-V05, Công an tỉnh xây dựng kế "
        "hoạch như sau:" in shown
    )
    assert "- Biểu dương tập thể, cá nhân có thành tích xuất sắc trong phong trào." in shown
    assert "1. Mục đích" in shown


def test_kinds_of_blocks() -> None:
    document = web_samples.festival_plan()
    kinds = {text: block.kind for text, block in zip(texts(document), blocks(document), strict=True)}
    assert kinds["KẾ HOẠCH"] == "head"
    assert kinds["Tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022"] == "head"
    assert kinds["II. NỘI DUNG"] == "heading"
    assert kinds["- Lưu: VT, PV05."] == "item"
    assert kinds["Độc lập - Tự do - Hạnh phúc"] == "line"
    assert kinds["KT. GIÁM ĐỐC"] == kinds["Đại tá Nguyễn Văn A"] == "signature"


def test_sections_are_headings_only_with_a_title() -> None:
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\n\n"
        "Điều 2. Quyết định này có hiệu lực từ ngày ký và thay thế."
    )

    def section(words: str, label: str, title: str) -> Section:
        return Section(text.index(words), len(text), 1, label, title)

    sections = (
        section("Chương", "Chương I", "QUY ĐỊNH CHUNG"),
        section("Điều 1", "Điều 1", "Phạm vi"),
        section("Điều 2", "Điều 2", ""),
    )
    shown = blocks(replace(plain(text, "docx"), sections=sections))
    assert [block.kind for block in shown] == ["heading", "heading", "heading", "paragraph"]
    assert [piece.text for piece in shown[3].lead] == ["Điều 2."]


def test_the_two_columns_of_the_form() -> None:
    document = web_samples.festival_plan()
    page = shape(document).pages[0]

    def lines(column: tuple[Block, ...]) -> list[str]:
        return [document.text[block.start : block.end] for block in column]

    assert lines(page.left)[-1] == "Số: 12/KH-CAT-PV05"
    assert lines(page.right) == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Tĩnh, ngày 15 tháng 6 năm 2022",
    ]
    assert page.blocks[0].kind == "head"


def test_the_subject_of_a_letter_stays_in_its_column() -> None:
    text = (
        "CÔNG AN TỈNH A\n\nSố: 5/CAT-PV01\nV/v tổ chức hội nghị\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n\nA, ngày 5 tháng 6 năm 2020\n\nKính gửi: Công an các xã."
    )
    subject = Value("Tổ chức hội nghị", 0.9, web_samples.span_of(text, "V/v tổ chức hội nghị"))
    page = shape(replace(plain(text), metadata=Metadata(subject=subject))).pages[0]
    assert [len(page.left), len(page.right), len(page.blocks)] == [3, 3, 1]


def test_news_that_names_the_nation_has_no_columns() -> None:
    first = (
        "Cộng hòa xã hội chủ nghĩa Việt Nam là một nước độc lập, có chủ quyền, thống nhất, toàn vẹn."
    )
    assert not shape(plain(f"{first}\nHết.")).pages[0].left


def test_rows_of_a_table_have_cells() -> None:
    document = plain("TT | Đơn vị | Số lượng\n1 | Công an xã | 05\n\nHết bảng.", "docx")
    first, second, after = blocks(document)
    assert [(row.kind, len(row.cells)) for row in (first, second, after)] == [
        ("row", 3),
        ("row", 3),
        ("paragraph", 0),
    ]
    assert ["".join(p.text for p in cell) for cell in second.cells] == ["1", "Công an xã", "05"]


def test_texts_without_hard_breaks_keep_their_lines() -> None:
    long = "Một đoạn văn dài không bị ngắt dòng, " * 12
    document = plain(f"Tiêu đề\n{long}\n{long}\nTác giả", "html")
    assert len(blocks(document)) == 4
    assert len(blocks(replace(document, format="txt"))) == 4


def test_marks_keep_their_place_over_a_joined_line() -> None:
    document = web_samples.festival_plan()
    start = document.text.index("toàn\ndân bảo vệ")
    marks = join([(start, start + len("toàn\ndân"))], document.text)
    marked = [
        piece
        for page in shape(document, marks).pages
        for block in page.blocks
        for piece in block.pieces
        if piece.mark
    ]
    assert [(piece.text, piece.hit, piece.first) for piece in marked] == [("toàn dân", 1, True)]


def test_anchor_and_page_of_an_offset() -> None:
    document = web_samples.festival_plan()
    reading = shape(document)
    offset = document.text.index("Camera an ninh")
    assert document.text[reading.block_start(offset) :].startswith("2. Hình thức")
    assert page_at(document.pages, offset) == 2
    assert page_at((), 5) == 1


def test_empty_documents() -> None:
    assert blocks(plain("")) == []
    assert blocks(replace(plain(" \n\n "), pages=())) == []
    assert shape(plain("")).block_start(3) == 0


LINES = (
    "",
    "  ",
    "I. MỤC",
    "- một ý nhỏ",
    "TOÀN CHỮ HOA",
    "một dòng " * 7,
    "a | b | c",
    "Điều 5. Một điều.",
    "dòng cuối.",
)


@given(st.lists(st.sampled_from(LINES), max_size=20), st.sampled_from(["pdf", "html", "txt"]))
def test_every_character_is_shown_once_and_in_order(drawn: list[str], form: str) -> None:
    document = plain("\n".join(drawn), form)
    shown = blocks(document)
    assert all(a.end <= b.start for a, b in pairwise(shown))
    assert "".join("".join(texts(document)).split()) == "".join(document.text.split())
    for block, text in zip(shown, texts(document), strict=True):
        assert text == document.text[block.start : block.end].replace("\n", " ")


def test_pages_are_told_by_the_number_the_file_gives_them(library, make_document) -> None:
    text = "Trang một\nTrang hai"
    labelled = Page(2, 10, len(text), label="iv")
    document = make_document(text, "/a/so-tay.pdf", pages=(Page(1, 0, 9), labelled))
    with library.database.begin() as connection:
        stored = documents.store(connection, document)
    library.reindex()
    answer = create_app(library, library.settings).test_client().get(f"/van-ban/{stored.id}")
    heads = [head.text_content() for head in html.fromstring(answer.text).find_class("page-number")]
    assert [" ".join(head.split()) for head in heads] == ["Trang 1", "Trang 2 (tệp đánh số: iv)"]
