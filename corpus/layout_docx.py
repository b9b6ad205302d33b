"""DOCX files laid out by Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from itertools import zip_longest

from blocks import Block, parse_blocks
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from heads import Head, head_of
from samples import Sample

FONT = "Times New Roman"
LEFT_COLUMN, RIGHT_COLUMN = Mm(70), Mm(92)
CENTER = WD_ALIGN_PARAGRAPH.CENTER
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def build_docx(sample: Sample) -> bytes:
    """The DOCX of a sample; the same bytes at every run."""
    document = Document()
    _page_setup(document)
    _properties(document, sample)
    head = head_of(sample)
    # Even numbers have the usual borderless table, odd ones the tab stops of older files.
    (_tabbed_head if sample.number % 2 else _table_head)(document, sample, head)
    if sample.kind:
        _line(document, sample.kind, size=14, bold=True, center=True, before=10)
        _line(document, sample.subject or "", size=14, bold=True, center=True)
        _ruled(_line(document, "", center=True), indent=Mm(60))
    _addressees(document, sample.addressees)
    for ground in sample.grounds:
        _body_line(document, ground, italic=sample.style == "official")
    _blocks(document, sample.body)
    _signature(document, sample)
    if sample.annex:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _blocks(document, sample.annex)
    return _fixed_zip(document)


def _page_setup(document: DocxDocument) -> None:
    """A4, margins of the decree, page number centred on top from page 2."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def _properties(document: DocxDocument, sample: Sample) -> None:
    assert sample.date
    moment = datetime(sample.date.year, sample.date.month, sample.date.day, 8)
    properties = document.core_properties
    properties.author, properties.last_modified_by = "Văn thư", "Văn thư"
    properties.title, properties.comments = "", ""
    properties.created, properties.modified = moment, moment
    properties.revision = 1


def _table_head(document: DocxDocument, sample: Sample, head: Head) -> None:
    table = document.add_table(rows=2, cols=2)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = LEFT_COLUMN, RIGHT_COLUMN
    (left, right), (number, place) = (row.cells for row in table.rows)
    for line in head.superior:
        _line(left, line, size=12, center=True)
    for line in head.issuer:
        _line(left, line, size=12, bold=True, center=True)
    for size, line in zip((12, 13), head.right, strict=False):
        _line(right, line, size=size, bold=True, center=True)
    if sample.style == "party":
        _line(left, "*", size=12, center=True)
    else:
        _ruled(_line(left, "", size=3, center=True), indent=Mm(22))
        _ruled(_line(right, "", size=3, center=True), indent=Mm(17))
    _line(number, head.number, size=13, center=True)
    if head.letter_subject:
        _line(number, head.letter_subject, size=12, center=True)
    if sample.urgency:
        _line(number, sample.urgency, size=13, bold=True, center=True, before=6)
    _line(place, head.place_date, size=13, italic=True, center=True)
    for cell in (left, right, number, place):
        cell._tc.remove(cell.paragraphs[0]._p)  # the empty paragraph every new cell starts with


def _tabbed_head(document: DocxDocument, sample: Sample, head: Head) -> None:
    """Both columns on the same lines, centred by two tab stops, rules typed as hyphens."""
    left = [*head.superior, *head.issuer, "*" if sample.style == "party" else "-------"]
    right = [*head.right, "" if sample.style == "party" else "---------------"]
    for first, second in [*zip_longest(left, right, fillvalue=""), (head.number, head.place_date)]:
        paragraph = _line(document, "", size=12)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(35), WD_TAB_ALIGNMENT.CENTER)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(117), WD_TAB_ALIGNMENT.CENTER)
        last = second == head.place_date
        _run(paragraph, f"\t{first}", 12, bold=first in head.issuer)
        _run(paragraph, f"\t{second}", 12, bold=not last, italic=last)
    if head.letter_subject:
        paragraph = _line(document, head.letter_subject, size=12)
        paragraph.paragraph_format.right_indent = RIGHT_COLUMN
    if sample.urgency:
        _line(document, sample.urgency, size=13, bold=True, before=6)


def _addressees(document: DocxDocument, names: tuple[str, ...]) -> None:
    if len(names) == 1:
        _line(document, f"Kính gửi: {names[0]}", center=True, before=8)
        return
    for line in ("Kính gửi:", *(f"- {name}" for name in names)) if names else ():
        _line(document, line).paragraph_format.left_indent = Mm(28)


def _blocks(document: DocxDocument, text: str) -> None:
    for block in parse_blocks(text):
        if block.kind == "table":
            _table(document, block)
        elif block.kind in ("title", "note"):
            is_title = block.kind == "title"
            _line(document, block.text, bold=is_title, italic=not is_title, center=True)
        elif block.kind == "article":
            paragraph = _body_line(document, f"{block.label} ", bold=True)
            _run(paragraph, block.text, 14)
        else:
            _body_line(document, block.text, bold=block.kind in ("heading", "subheading"))


def _table(document: DocxDocument, block: Block) -> None:
    table = document.add_table(rows=0, cols=len(block.rows[0]))
    table.style = "Table Grid"
    for number, row in enumerate(block.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _run(cell.paragraphs[0], text, 12, bold=number == 0)
    _line(document, "", size=6)


def _signature(document: DocxDocument, sample: Sample) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _line(left, "Nơi nhận:", size=12, bold=True, italic=True)
    for line in sample.recipients:
        _line(left, line, size=11)
    for line in (*sample.signature, "", "", "", sample.signer or ""):
        _line(right, line, bold=True, center=True)
    for cell in (left, right):
        cell._tc.remove(cell.paragraphs[0]._p)


def _body_line(
    document: DocxDocument, text: str, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    paragraph = _line(document, text, bold=bold, italic=italic)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_after = Pt(5)
    return paragraph


def _line(
    parent: DocxDocument | _Cell,
    text: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    center: bool = False,
    before: float = 0,
) -> Paragraph:
    paragraph = parent.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(0)
    if center:
        paragraph.alignment = CENTER
    if text:
        _run(paragraph, text, size, bold=bold, italic=italic)
    return paragraph


def _run(
    paragraph: Paragraph, text: str, size: float, *, bold: bool = False, italic: bool = False
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _ruled(paragraph: Paragraph, indent: Mm) -> None:
    """Turn an empty paragraph into a short rule: a border below, indents on both sides."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent


def _fixed_zip(document: DocxDocument) -> bytes:
    """Save with the same time on every member: python-docx writes the clock into the archive."""
    saved, fixed = BytesIO(), BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return fixed.getvalue()
