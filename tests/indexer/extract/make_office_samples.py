"""Make the binary samples beside this file anew: `python tests/indexer/extract/make_office_samples.py`.

LibreOffice writes them from documents of python-docx, openpyxl and python-pptx; the checked-in files
let the tests run without it. The texts are our own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import Font
from pptx import Presentation

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3])]

from legacy_samples import TEXT, encoded  # noqa: E402

from indexer.extract.legacy_tables import TCVN3, VNI  # noqa: E402

SAMPLES = Path(__file__).parent / "samples"


def letter(folder: Path) -> Path:
    """A letter in three fonts: TCVN3, its capitals, VNI, and Unicode in between; a table; two pages."""
    document = Document()
    add(document, "uû ban nh©n d©n tØnh", ".VnTimeH", centered=True, bold=True)
    add(document, encoded("Số: 15/KH-UBND", TCVN3), ".VnTime")
    add(document, encoded(TEXT, TCVN3), ".VnTime")
    add(document, encoded("Phần do bộ phận khác soạn thảo, dùng bảng mã khác.", VNI), "VNI-Times")
    add(document, "Đoạn này đã là Unicode từ đầu.", "Times New Roman")
    table = document.add_table(2, 2)
    table.style = "Table Grid"
    for row, texts in enumerate((("Họ và tên", "Chức vụ"), ("Nguyễn Văn A", "Chuyên viên"))):
        for column, text in enumerate(texts):
            paragraph = table.cell(row, column).paragraphs[0]
            font(paragraph.add_run(encoded(text, TCVN3)), ".VnTime")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    add(document, encoded("Phụ lục ở trang sau", TCVN3), ".VnTime")
    path = folder / "letter.docx"
    document.save(str(path))
    return path


def sheet(folder: Path) -> Path:
    """Two sheets, one in TCVN3."""
    book = Workbook()
    first = book.active
    first.title = "Danh sach"
    first.append([encoded("Số TT", TCVN3), encoded("Họ và tên người nhận", TCVN3), 2005.5])
    for cell in first[1]:
        cell.font = Font(name=".VnTime")
    second = book.create_sheet("Trang hai")
    second.append(["Tổng cộng", 12])
    path = folder / "sheet.xlsx"
    book.save(path)
    return path


def slides(folder: Path) -> Path:
    """Two slides, one in VNI."""
    presentation = Presentation()
    for title, text, name in (
        ("Kế hoạch năm", encoded("Nội dung thực hiện trong quý", VNI), "VNI-Times"),
        ("Kết luận", "Các đơn vị báo cáo kết quả", "Arial"),
    ):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        run = slide.placeholders[1].text_frame.paragraphs[0].add_run()
        run.text, run.font.name = text, name
    path = folder / "slides.pptx"
    presentation.save(str(path))
    return path


def add(document, text, name, *, centered=False, bold=False):
    paragraph = document.add_paragraph()
    if centered:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    font(paragraph.add_run(text), name, bold=bold)


def font(run, name, *, bold=False):
    run.font.name, run.bold = name, bold
    fonts = run._r.rPr.find(qn("w:rFonts"))
    fonts = OxmlElement("w:rFonts") if fonts is None else fonts
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), name)


def main() -> None:
    SAMPLES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for make, suffixes in (
            (letter, ("doc", "rtf", "odt")),
            (sheet, ("xls", "ods")),
            (slides, ("ppt", "odp")),
        ):
            path = make(Path(folder))
            for suffix in suffixes:
                subprocess.run(
                    [
                        "soffice",
                        "--headless",
                        "--convert-to",
                        suffix,
                        "--outdir",
                        str(SAMPLES),
                        str(path),
                    ],
                    check=True,
                    capture_output=True,
                )


if __name__ == "__main__":
    main()
