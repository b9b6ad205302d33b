"""DOCX: header tables, body tables, numbering, tracked changes, text boxes, footnotes, pages."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from indexer.extract.docx import DocxExtractor
from indexer.extract.numbering import written
from kb.errors import ExtractionFailed

Check = Callable[[Any], None]
Texts = Callable[[Any], list[str]]


def read(document: Any, tmp_path: Path) -> Any:
    path = tmp_path / "a.docx"
    document.save(str(path))
    return DocxExtractor().extract(path)


def centered(container: Any, text: str, *, bold: bool = False) -> None:
    paragraph = container.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = bold


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change one part of a saved document."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_header_and_signature_tables_are_read_by_column(
    tmp_path: Path, texts: Texts, check_offsets: Check
) -> None:
    document = Document()
    header = document.add_table(2, 2)
    for cell, lines in (
        (header.cell(0, 0), ["BỘ CÔNG AN", "CÔNG AN TỈNH HÀ TĨNH"]),
        (header.cell(0, 1), ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]),
        (header.cell(1, 0), ["Số: 12/KH-CAT-PV05"]),
        (header.cell(1, 1), ["Hà Tĩnh, ngày 15 tháng 6 năm 2022"]),
    ):
        for line in lines:
            centered(cell, line, bold=True)
    centered(document, "KẾ HOẠCH", bold=True)
    centered(document, "Tổ chức Ngày hội", bold=True)
    document.add_paragraph("Thực hiện Chỉ thị số 06/CT-BCA-V05.")
    end = document.add_table(1, 2)
    for text in ("Nơi nhận:", "- Lưu: VT."):
        end.cell(0, 0).add_paragraph(text)
    for text in ("KT. GIÁM ĐỐC", "Nguyễn Văn A"):
        end.cell(0, 1).add_paragraph(text)
    extracted = read(document, tmp_path)
    check_offsets(extracted)
    assert [
        (line.column, text) for line, text in zip(extracted.lines, texts(extracted), strict=True)
    ] == [
        ("left", "BỘ CÔNG AN"),
        ("left", "CÔNG AN TỈNH HÀ TĨNH"),
        ("left", "Số: 12/KH-CAT-PV05"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "Hà Tĩnh, ngày 15 tháng 6 năm 2022"),
        (None, "KẾ HOẠCH"),
        (None, "Tổ chức Ngày hội"),
        (None, "Thực hiện Chỉ thị số 06/CT-BCA-V05."),
        ("left", "Nơi nhận:"),
        ("left", "- Lưu: VT."),
        ("right", "KT. GIÁM ĐỐC"),
        ("right", "Nguyễn Văn A"),
    ]
    assert "KẾ HOẠCH\nTổ chức Ngày hội\n\nThực hiện" in extracted.text
    assert extracted.lines[6].bold and extracted.lines[6].centered
    assert not extracted.lines[8].bold and not extracted.lines[8].centered


def test_a_header_with_tabs_is_taken_apart(tmp_path: Path, texts: Texts) -> None:
    document = Document()
    document.add_paragraph("CÔNG AN TỈNH HÀ TĨNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    document.add_paragraph("PHÒNG THAM MƯU\t\tĐộc lập - Tự do - Hạnh phúc")
    document.add_paragraph("Số: 5/BC-PV01\tHà Tĩnh, ngày 15 tháng 6 năm 2022")
    document.add_paragraph("BÁO CÁO")
    assert texts(read(document, tmp_path)) == [
        "CÔNG AN TỈNH HÀ TĨNH",
        "PHÒNG THAM MƯU",
        "Số: 5/BC-PV01",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Tĩnh, ngày 15 tháng 6 năm 2022",
        "BÁO CÁO",
    ]


def test_a_table_with_borders_gives_one_line_a_row(tmp_path: Path, texts: Texts) -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.style = "Table Grid"
    for at, text in enumerate(["Khối", "Chỉ tiêu", "Khu phố", "12\n15"]):
        table.cell(at // 2, at % 2).text = text
    document.add_paragraph("Hết.")
    assert texts(read(document, tmp_path)) == ["Khối | Chỉ tiêu", "Khu phố | 12 15", "Hết."]


def test_automatic_numbers_are_printed(tmp_path: Path, texts: Texts) -> None:
    document = Document()
    for text in ("Mục đích", "Yêu cầu"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Chủ động", style="List Bullet")
    document.add_paragraph("Tổ chức thực hiện", style="List Number")
    assert texts(read(document, tmp_path)) == [
        "1. Mục đích",
        "2. Yêu cầu",
        "- Chủ động",
        "3. Tổ chức thực hiện",
    ]


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        (4, "decimal", "4"), (4, "decimalZero", "04"), (4, "lowerLetter", "d"),
        (28, "upperLetter", "BB"), (4, "upperRoman", "IV"), (49, "lowerRoman", "xlix"),
        (4, "none", ""), (4, "chineseCounting", "4"),
    ],
)  # fmt: skip
def test_ways_to_write_a_number(number: int, kind: str, text: str) -> None:
    assert written(number, kind) == text


def test_insertions_stay_and_deletions_go(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Hạn nộp ")
    names = nsdecls("w")
    paragraph._p.append(
        parse_xml(f'<w:ins {names} w:id="1"><w:r><w:t>trước ngày 20</w:t></w:r></w:ins>')
    )
    deleted = f'<w:del {names} w:id="2"><w:r><w:delText>sau ngày 25</w:delText></w:r></w:del>'
    paragraph._p.append(parse_xml(deleted))
    hidden = document.add_paragraph("hiện").add_run(" ẩn")
    hidden.font.hidden = True
    assert read(document, tmp_path).text == "Hạn nộp trước ngày 20\n\nhiện"


def test_text_boxes_come_once(tmp_path: Path, texts: Texts) -> None:
    document = Document()
    paragraph = document.add_paragraph("Kính gửi: Giám đốc")
    box = "<w:txbxContent><w:p><w:r><w:t>DỰ THẢO LẦN 2</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert texts(read(document, tmp_path)) == ["Kính gửi: Giám đốc", "DỰ THẢO LẦN 2"]


def test_page_breaks_number_the_pages(tmp_path: Path, check_offsets: Check) -> None:
    document = Document()
    document.add_paragraph("Trang một").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Trang hai")
    document.add_paragraph("Trang ba").paragraph_format.page_break_before = True
    extracted = read(document, tmp_path)
    check_offsets(extracted)
    assert [extracted.text[p.start : p.end] for p in extracted.pages] == [
        "Trang một",
        "Trang hai",
        "Trang ba",
    ]


def test_line_breaks_are_lines_of_one_paragraph(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Số: 5/BC")
    paragraph.add_run().add_break()
    paragraph.add_run("V/v báo cáo")
    document.add_paragraph("Kính gửi")
    assert read(document, tmp_path).text == "Số: 5/BC\nV/v báo cáo\n\nKính gửi"


def test_marks_in_page_headers_are_seen(tmp_path: Path, texts: Texts) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "TỐI MẬT"
    document.sections[0].header.add_paragraph("Trang 5")
    document.add_paragraph("Nội dung")
    assert texts(read(document, tmp_path)) == ["TỐI MẬT", "Nội dung"]


def test_footnotes_follow_the_text(tmp_path: Path, texts: Texts) -> None:
    document = Document()
    document.add_paragraph("Theo luật")
    path = tmp_path / "a.docx"
    document.save(str(path))
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    note = (
        f'<w:footnotes xmlns:w="{name}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Luật số 30/2023/QH15</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/footnotes.xml", note)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    rewritten(
        path,
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace(
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>',
        ),
    )
    rewritten(
        path,
        "word/document.xml",
        lambda xml: xml.replace(
            "Theo luật</w:t></w:r>", 'Theo luật</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        ),
    )
    assert texts(DocxExtractor().extract(path)) == ["Theo luật", "Luật số 30/2023/QH15"]


def test_title_and_decomposed_letters(tmp_path: Path) -> None:
    document = Document()
    document.core_properties.title = "Kế hoạch năm"
    document.add_paragraph("Co\u0302ng an ti\u0309nh")
    extracted = read(document, tmp_path)
    assert (extracted.title, extracted.text) == ("Kế hoạch năm", "Công an tỉnh")


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("XYZ")
    path = tmp_path / "a.docx"
    document.save(str(path))
    bomb = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def infected(xml: str) -> str:
        start = xml.index("?>") + 2
        return xml[:start] + bomb + xml[start:].replace("XYZ", "&b;")

    rewritten(path, "word/document.xml", infected)
    with pytest.raises(ExtractionFailed) as caught:
        DocxExtractor().extract(path)
    assert caught.value.code in ("no-text", "corrupt")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_document_is_corrupt(tmp_path: Path, share: float) -> None:
    document = Document()
    document.add_paragraph("Kế hoạch")
    path = tmp_path / "a.docx"
    document.save(str(path))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(ExtractionFailed) as caught:
        DocxExtractor().extract(path)
    assert caught.value.code == "corrupt"


def test_broken_xml_is_corrupt(tmp_path: Path) -> None:
    document = Document()
    path = tmp_path / "a.docx"
    document.save(str(path))
    rewritten(path, "word/document.xml", lambda xml: xml[: len(xml) // 2])
    with pytest.raises(ExtractionFailed) as caught:
        DocxExtractor().extract(path)
    assert caught.value.code == "corrupt"


def test_macro_documents_are_refused_with_a_remedy(tmp_path: Path) -> None:
    document = Document()
    path = tmp_path / "a.docm"
    document.save(str(path))
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    rewritten(path, "[Content_Types].xml", lambda xml: xml.replace(main, macro))
    with pytest.raises(ExtractionFailed) as caught:
        DocxExtractor().extract(path)
    assert (caught.value.code, ".docm" in str(caught.value)) == ("unsupported", True)
