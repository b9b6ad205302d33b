"""PDF: header columns, reading order, tables, paragraphs, page furniture, damage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4

from indexer.extract import pdf
from indexer.extract.pdf import PdfExtractor
from kb.errors import ExtractionFailed

WIDTH, HEIGHT = A4
Check = Callable[[Any], None]
Texts = Callable[[Any], list[str]]
BODY = [
    "Thực hiện Kế hoạch số 188/KH-UBND ngày 29/12/2025 của Ủy ban nhân dân tỉnh,",
    "Công an tỉnh xây dựng kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc",
    "trên địa bàn toàn tỉnh như sau.",
]


def header(page: Any) -> None:
    """The header of a state document, NĐ 30/2020, Phụ lục I."""
    page.centered(150, 60, "BỘ CÔNG AN")
    page.centered(150, 76, "CÔNG AN TỈNH HÀ TĨNH", bold=True)
    page.rule(120, 94, 180, 94)
    page.centered(150, 104, "Số: 12/KH-CAT-PV05")
    page.centered(410, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
    page.centered(410, 76, "Độc lập - Tự do - Hạnh phúc", bold=True)
    page.centered(410, 104, "Hà Tĩnh, ngày 15 tháng 6 năm 2022")


def body(
    page: Any, top: float, lines: list[str] = BODY, *, left: float = 85, pitch: float = 15
) -> float:
    """A paragraph with an indented first line; returns where the next one may begin."""
    for number, line in enumerate(lines):
        page.text(left + (28 if number == 0 else 0), top + number * pitch, line)
    return top + len(lines) * pitch + 6


def failure(path: Path) -> ExtractionFailed:
    with pytest.raises(ExtractionFailed) as caught:
        PdfExtractor().extract(path)
    return caught.value


def test_header_is_read_column_by_column(paper: Any, texts: Texts, check_offsets: Check) -> None:
    page = paper()
    header(page)
    page.centered(WIDTH / 2, 150, "KẾ HOẠCH", bold=True)
    page.centered(
        WIDTH / 2, 168, "Tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022", bold=True
    )
    body(page, 210)
    extracted = PdfExtractor().extract(page.save())
    check_offsets(extracted)
    assert texts(extracted)[:8] == [
        "BỘ CÔNG AN",
        "CÔNG AN TỈNH HÀ TĨNH",
        "Số: 12/KH-CAT-PV05",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Tĩnh, ngày 15 tháng 6 năm 2022",
        "KẾ HOẠCH",
        "Tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022",
    ]
    assert [line.column for line in extracted.lines[:8]] == ["left"] * 3 + ["right"] * 3 + [None] * 2
    assert [line.bold for line in extracted.lines[:8]] == [
        False,
        True,
        False,
        True,
        True,
        False,
        True,
        True,
    ]
    assert all(line.centered for line in extracted.lines[:8])
    assert not any(line.centered or line.bold for line in extracted.lines[8:])


def test_columns_that_nearly_touch_are_parted_at_quoc_hieu(paper: Any, texts: Texts) -> None:
    page = paper()
    page.text(40, 60, "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH")
    end = 40 + page.canvas.stringWidth("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Test", 10)
    page.text(end + 5, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=9)
    page.text(90, 76, "Số: 5/BC-SVHTTDL")
    page.text(end + 40, 76, "Độc lập - Tự do - Hạnh phúc")
    body(page, 150)
    lines = texts(PdfExtractor().extract(page.save()))
    assert lines[:4] == [
        "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
        "Số: 5/BC-SVHTTDL",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_recipients_come_before_the_signature(paper: Any, texts: Texts) -> None:
    page = paper()
    body(page, 60)
    for number, line in enumerate(
        ["Nơi nhận:", "- Bộ Công an (b/c);", "- UBND tỉnh;", "- Lưu: VT, PV05."]
    ):
        page.text(85, 160 + 14 * number, line, size=9)
    page.centered(430, 160, "KT. GIÁM ĐỐC", bold=True)
    page.centered(430, 176, "PHÓ GIÁM ĐỐC", bold=True)
    page.centered(430, 240, "Đại tá Nguyễn Văn A", bold=True)
    lines = texts(PdfExtractor().extract(page.save()))
    assert lines[3:] == [
        "Nơi nhận:",
        "- Bộ Công an (b/c);",
        "- UBND tỉnh;",
        "- Lưu: VT, PV05.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Đại tá Nguyễn Văn A",
    ]


def test_paragraphs_are_parted_by_an_empty_line(paper: Any) -> None:
    page = paper()
    top = body(page, 60)
    top = body(page, top, ["Căn cứ tình hình thực tế;"])
    body(
        page,
        top,
        ["Giao Phòng PV05 chủ trì, phối hợp các đơn vị liên quan triển khai thực hiện.", "Hết."],
    )
    text = PdfExtractor().extract(page.save()).text
    assert text.split("\n\n") == [
        "\n".join(BODY),
        "Căn cứ tình hình thực tế;",
        "Giao Phòng PV05 chủ trì, phối hợp các đơn vị liên quan triển khai thực hiện.\nHết.",
    ]


def test_a_paragraph_goes_on_over_the_page(paper: Any) -> None:
    page = paper()
    body(page, 700, BODY[:2])
    page.page()
    page.text(85, 60, BODY[2])
    body(page, 78)
    extracted = PdfExtractor().extract(page.save())
    assert extracted.text == "\n".join(BODY) + "\n\n" + "\n".join(BODY)
    assert [page.number for page in extracted.pages] == [1, 2]
    assert extracted.text[extracted.pages[1].start :].startswith(BODY[2])


def test_ruled_table_gives_one_line_a_row(paper: Any, texts: Texts, check_offsets: Check) -> None:
    page = paper()
    body(page, 60)
    columns, rows = [85, 120, 300, 500], [150, 170, 206, 226]
    for x in columns:
        page.rule(x, rows[0], x, rows[-1])
    for top in rows:
        page.rule(columns[0], top, columns[-1], top)
    cells = [
        (90, 153, "TT"), (130, 153, "Nội dung"), (310, 153, "Đơn vị"),
        (90, 173, "1"), (125, 173, "Trình ký kế hoạch"), (125, 188, "của Ban Chỉ đạo"),
        (305, 173, "PV05"),
        (90, 209, "2"), (125, 209, "Báo cáo"), (305, 209, "Công an cấp xã"),
    ]  # fmt: skip
    for x, top, text in cells:
        page.text(x, top, text, size=9)
    page.text(85, 240, "Trên đây là tiến độ.")
    extracted = PdfExtractor().extract(page.save())
    check_offsets(extracted)
    assert texts(extracted)[3:] == [
        "TT | Nội dung | Đơn vị",
        "1 | Trình ký kế hoạch của Ban Chỉ đạo | PV05",
        "2 | Báo cáo | Công an cấp xã",
        "Trên đây là tiến độ.",
    ]


def test_page_numbers_and_running_lines_are_left_out(paper: Any) -> None:
    page = paper()
    for number in range(1, 5):
        page.centered(WIDTH / 2, 30, str(number))
        page.text(85, HEIGHT - 40, f"Báo cáo năm 2022 | Trang {number}")
        page.text(113, 80, f"Đoạn thứ {['một', 'hai', 'ba', 'tư'][number - 1]} của báo cáo.")
        page.page()
    text = PdfExtractor().extract(page.save()).text
    assert text.split("\n\n") == [f"Đoạn thứ {n} của báo cáo." for n in ("một", "hai", "ba", "tư")]


def test_footnotes_that_end_alike_stay(paper: Any) -> None:
    page = paper()
    for number in range(4):
        body(page, 80)
        page.text(
            85, HEIGHT - 73, f"Sửa đổi theo khoản {number} của Nghị định số 74/2020/NĐ-CP,", size=9
        )
        page.text(85, HEIGHT - 61, "có hiệu lực từ ngày 15 tháng 8 năm 2020.", size=9)
        page.page()
    text = PdfExtractor().extract(page.save()).text
    assert text.count("có hiệu lực từ ngày 15 tháng 8 năm 2020.") == 4


def test_a_secrecy_mark_on_every_page_is_kept_once(paper: Any, texts: Texts) -> None:
    page = paper()
    for _ in range(4):
        page.text(500, 30, "MẬT", bold=True)
        body(page, 80)
        page.page()
    lines = texts(PdfExtractor().extract(page.save()))
    assert lines.count("MẬT") == 1
    assert lines[0] == "MẬT"


def test_quoc_hieu_at_the_top_of_many_pages_is_no_running_line(paper: Any, texts: Texts) -> None:
    page = paper()
    for _ in range(4):
        page.centered(WIDTH / 2, 40, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
        body(page, 120)
        page.page()
    assert texts(PdfExtractor().extract(page.save())).count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 4


def test_spaced_out_headings_are_joined(paper: Any, texts: Texts, check_offsets: Check) -> None:
    page = paper()
    page.text(85, 60, "K Ế   H O Ạ C H", bold=True)
    page.text(85, 80, "C Ộ N G   H Ò A   X Ã   H Ộ I", bold=True)
    body(page, 120)
    extracted = PdfExtractor().extract(page.save())
    check_offsets(extracted)
    assert texts(extracted)[:2] == ["KẾ HOẠCH", "CỘNG HÒA XÃ HỘI"]


def test_letters_printed_twice_count_once(paper: Any, texts: Texts) -> None:
    page = paper()
    page.text(85, 60, "KẾ HOẠCH CÔNG TÁC")
    page.text(85.4, 60, "KẾ HOẠCH CÔNG TÁC")
    body(page, 120)
    assert texts(PdfExtractor().extract(page.save()))[0] == "KẾ HOẠCH CÔNG TÁC"


def test_boxes_stand_where_the_words_are(paper: Any) -> None:
    page = paper()
    page.text(100, 200, "Công an")
    body(page, 300)
    extracted = PdfExtractor().extract(page.save())
    first = extracted.pages[0].boxes[0]
    assert extracted.text[first.start : first.end] == "Công"
    assert first.x0 == pytest.approx(100, abs=1)
    assert first.y0 == pytest.approx(200, abs=4)
    assert 8 < first.y1 - first.y0 < 20
    assert (extracted.pages[0].width, extracted.pages[0].height) == pytest.approx(A4, abs=0.1)


def test_a_page_of_sideways_text_is_read(paper: Any, texts: Texts) -> None:
    page = paper()
    page.canvas.translate(0, HEIGHT)
    page.canvas.rotate(-90)  # a landscape table on a portrait page: read from top to bottom
    page.canvas.setFont("Test", 10)
    for number, line in enumerate(BODY):
        page.canvas.drawString(100, 60 + 18 * (len(BODY) - number), line)
    extracted = PdfExtractor().extract(page.save())
    assert texts(extracted) == BODY
    assert (extracted.pages[0].width, extracted.pages[0].height) == pytest.approx(A4, abs=0.1)
    assert all(b.x0 >= 0 and b.x1 <= WIDTH and b.y1 <= HEIGHT for b in extracted.pages[0].boxes)
    first = extracted.pages[0].boxes[0]
    assert first.y1 - first.y0 > first.x1 - first.x0  # the word stands upright on the page as shown


def test_a_scan_needs_ocr(paper: Any) -> None:
    page = paper()
    page.rule(10, 10, 200, 200)
    page.page()
    assert failure(page.save()).code == "needs-ocr"


def test_pages_without_text_are_named(paper: Any) -> None:
    page = paper()
    for number in range(5):
        if number in (0, 3):
            body(page, 80)
        else:
            page.rule(10, 10, 200, 200)
        page.page()
    extracted = PdfExtractor().extract(page.save())
    assert len(extracted.pages) == 5
    assert extracted.warnings == ("pages-without-text: Trang không có lớp chữ: 2-3, 5.",)


def test_a_password_is_told(paper: Any) -> None:
    page = paper("secret.pdf", "mat-khau")
    body(page, 80)
    error = failure(page.save())
    assert (error.code, "mật khẩu" in str(error)) == ("encrypted", True)


def test_too_many_pages(paper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    page = paper()
    for _ in range(3):
        body(page, 80)
        page.page()
    assert failure(page.save()).code == "too-big"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.95])
def test_a_truncated_file_never_crashes(paper: Any, share: float) -> None:
    page = paper()
    body(page, 80)
    path = page.save()
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    try:
        extracted = PdfExtractor().extract(path)
    except ExtractionFailed as error:
        assert error.code in ("corrupt", "needs-ocr", "no-text")
    else:
        assert extracted.text


def test_flipped_bytes_never_crash(paper: Any) -> None:
    page = paper()
    header(page)
    body(page, 180)
    path = page.save()
    content = path.read_bytes()
    for seed in range(40):
        broken = bytearray(content)
        for step in range(12):
            broken[(seed * 7919 + step * 104_729) % len(broken)] ^= 1 << (seed + step) % 8
        path.write_bytes(bytes(broken))
        try:
            PdfExtractor().extract(path)
        except ExtractionFailed as error:
            assert error.code in ("corrupt", "needs-ocr", "no-text", "encrypted")
