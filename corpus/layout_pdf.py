"""PDF files laid out by Nghị định 30/2020/NĐ-CP, Phụ lục I, with embedded Vietnamese fonts."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from blocks import Block, parse_blocks
from heads import Head, head_of, page_number_at_top
from reportlab.lib.colors import black, crimson
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)
from samples import Sample, SampleError

# Where Linux distributions put Noto Serif (SIL Open Font License, all Vietnamese letters; the
# Liberation fonts of Debian 12 have none of ư, ơ, ạ …).
FONT_FOLDERS = (
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/share/fonts/noto"),
    Path("/usr/share/fonts/google-noto"),
)
FACES = {
    "Serif": "NotoSerif-Regular.ttf",
    "Serif-Bold": "NotoSerif-Bold.ttf",
    "Serif-Italic": "NotoSerif-Italic.ttf",
    "Serif-BoldItalic": "NotoSerif-BoldItalic.ttf",
}
LEFT_MARGIN, RIGHT_MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 30 * mm, 18 * mm, 20 * mm, 20 * mm
WIDTH = A4[0] - LEFT_MARGIN - RIGHT_MARGIN
LEFT_COLUMN = WIDTH * 0.42
INDENT = 10 * mm


class FontMissing(Exception):
    """The Noto Serif fonts are not installed (Debian: package fonts-noto-core)."""


def font_folder() -> Path | None:
    """The folder that holds the fonts, or None where they are not installed."""
    for folder in FONT_FOLDERS:
        if all((folder / face).is_file() for face in FACES.values()):
            return folder
    return None


def build_pdf(sample: Sample) -> bytes:
    """The PDF of a sample; the same bytes at every run. Raises FontMissing."""
    _register_fonts()
    _check_letters(sample)
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=LEFT_MARGIN,
        rightMargin=RIGHT_MARGIN,
        topMargin=TOP_MARGIN,
        bottomMargin=BOTTOM_MARGIN,
        title=f"{sample.kind or 'Công văn'} {sample.symbol}".strip(),
        author=sample.issuer.replace("\n", " ") if sample.issuer else "",
        invariant=1,  # fixed dates and identifiers
    )

    def first_page(canvas: Canvas, _: object) -> None:
        _draw_stamp(canvas, sample.stamp)

    def later_pages(canvas: Canvas, _: object) -> None:
        _draw_page_number(canvas, page_number_at_top(sample))

    document.build(_story(sample), onFirstPage=first_page, onLaterPages=later_pages)
    return buffer.getvalue()


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    folder = font_folder()
    if folder is None:
        raise FontMissing("Noto Serif is not installed (Debian: apt install fonts-noto-core)")
    for name, face in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / face)))
    pdfmetrics.registerFontFamily(
        "Serif", normal="Serif", bold="Serif-Bold", italic="Serif-Italic", boldItalic="Serif-BoldItalic"
    )


def _check_letters(sample: Sample) -> None:
    """A letter without a glyph would be printed as an empty box: refuse it."""
    known = pdfmetrics.getFont("Serif").face.charToGlyph
    text = "".join([sample.body, sample.annex or "", sample.subject or "", *sample.grounds])
    unknown = sorted({letter for letter in text if letter > " " and ord(letter) not in known})
    if unknown:
        raise SampleError(f"{sample.name}: the font has no glyph for {' '.join(unknown)}")


def _style(size: float, **extra: object) -> ParagraphStyle:
    return ParagraphStyle("", **{"fontName": "Serif", "fontSize": size, "leading": size * 1.3} | extra)


HEAD = _style(12, alignment=TA_CENTER)
HEAD_BOLD = _style(12, alignment=TA_CENTER, fontName="Serif-Bold")
MOTTO = _style(13, alignment=TA_CENTER, fontName="Serif-Bold")
PLACE = _style(13, alignment=TA_CENTER, fontName="Serif-Italic")
TITLE = _style(13, alignment=TA_CENTER, fontName="Serif-Bold")
NOTE = _style(13, alignment=TA_CENTER, fontName="Serif-Italic", spaceAfter=6)
BODY = _style(13, alignment=TA_JUSTIFY, firstLineIndent=INDENT, spaceAfter=5)
GROUND = _style(13, alignment=TA_JUSTIFY, firstLineIndent=INDENT, spaceAfter=5, fontName="Serif-Italic")
ADDRESSEE = _style(13, leftIndent=25 * mm, spaceAfter=3)
HEADING = _style(13, firstLineIndent=INDENT, spaceAfter=5, fontName="Serif-Bold", keepWithNext=1)
CELL = _style(11)
CELL_BOLD = _style(11, alignment=TA_CENTER, fontName="Serif-Bold")
RECIPIENTS = _style(10.5)
SIGNATURE = _style(13, alignment=TA_CENTER, fontName="Serif-Bold")


def _story(sample: Sample) -> list[Flowable]:
    head = head_of(sample)
    story: list[Flowable] = [_head_table(sample, head), Spacer(1, 10)]
    if sample.kind:
        story += [Paragraph(sample.kind, TITLE), Paragraph(escape(sample.subject or ""), TITLE)]
        story += [_rule(0.2), Spacer(1, 8)]
    story += _addressees(sample.addressees)
    story += _grounds(sample)
    story += _blocks(sample.body)
    story += [Spacer(1, 10), KeepTogether(_signature(sample))]
    if sample.annex:
        story += [PageBreak(), *_blocks(sample.annex)]
    return story


def _grounds(sample: Sample) -> list[Flowable]:
    """State papers set the grounds in italics, party papers upright behind a hyphen."""
    if sample.style == "party":
        return [Paragraph(f"- {escape(line.removeprefix('- '))}", BODY) for line in sample.grounds]
    return [Paragraph(escape(line), GROUND) for line in sample.grounds]


def _head_table(sample: Sample, head: Head) -> Table:
    """Two columns without borders. Even numbers: two rows, so that number and date share a line
    of the file; odd numbers: one block of text a column, the left one written first."""
    left = [Paragraph(escape(line), HEAD) for line in head.superior]
    left += [Paragraph(escape(line), HEAD_BOLD) for line in head.issuer]
    if sample.style == "party":
        left += [Paragraph("*", HEAD)]
        right = [Paragraph(f"<u>{head.right[0]}</u>", MOTTO)]
    else:
        left += [_rule(0.35)]
        right = [Paragraph(head.right[0], HEAD_BOLD), Paragraph(head.right[1], MOTTO), _rule(0.6)]
    number: list[Flowable] = [Paragraph(escape(head.number), _style(13, alignment=TA_CENTER))]
    if head.letter_subject:
        number += [Paragraph(escape(head.letter_subject), HEAD)]
    if sample.urgency:
        number += [Spacer(1, 8), _boxed(sample.urgency)]
    date = [Paragraph(escape(head.place_date), PLACE)]
    if sample.number % 2:
        rows = [[[*left, Spacer(1, 5), *number], [*right, Spacer(1, 5), *date]]]
    else:
        rows = [[left, right], [number, date]]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    style += [("RIGHTPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
    style += [("ALIGN", (0, 0), (-1, -1), "CENTER")]  # of the rules
    return Table(rows, colWidths=[LEFT_COLUMN, WIDTH - LEFT_COLUMN], style=style)


def _rule(share: float) -> HRFlowable:
    return HRFlowable(f"{share:.0%}", 0.7, color=black, spaceBefore=2, spaceAfter=2, hAlign="CENTER")


def _boxed(text: str) -> Table:
    style = [("BOX", (0, 0), (-1, -1), 1.2, crimson), ("ALIGN", (0, 0), (-1, -1), "CENTER")]
    return Table([[Paragraph(text, HEAD_BOLD)]], colWidths=[32 * mm], style=style)


def _addressees(names: tuple[str, ...]) -> list[Flowable]:
    if not names:
        return []
    if len(names) == 1:
        lines = [f"Kính gửi: {names[0]}"]
    else:
        lines = ["Kính gửi:", *(f"- {name}" for name in names)]
    return [*(Paragraph(escape(line), ADDRESSEE) for line in lines), Spacer(1, 8)]


def _blocks(text: str) -> list[Flowable]:
    story: list[Flowable] = []
    for block in parse_blocks(text):
        story += [_table(block), Spacer(1, 6)] if block.kind == "table" else [_paragraph(block)]
    return story


def _paragraph(block: Block) -> Paragraph:
    text = escape(block.text)
    if block.kind == "article":
        return Paragraph(f"<b>{escape(block.label)}</b> {text}", BODY)
    styles = {"title": TITLE, "note": NOTE, "heading": HEADING, "subheading": HEADING}
    return Paragraph(text, styles.get(block.kind, BODY))


def _table(block: Block) -> Table:
    """A grid; a column's width follows its longest text, within limits."""
    longest = [max(len(cell) for cell in column) for column in zip(*block.rows, strict=True)]
    shares = [min(max(length, 6), 45) for length in longest]
    widths = [WIDTH * share / sum(shares) for share in shares]
    rows = [
        [Paragraph(escape(cell), CELL if number else CELL_BOLD) for cell in row]
        for number, row in enumerate(block.rows)
    ]
    style = [("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    return Table(rows, colWidths=widths, style=style, repeatRows=1)


def _signature(sample: Sample) -> list[Flowable]:
    label = "<u>Nơi nhận:</u>" if sample.style == "party" else "<b><i>Nơi nhận:</i></b>"
    left = [Paragraph(label, _style(12))]
    left += [Paragraph(escape(line), RECIPIENTS) for line in sample.recipients]
    right: list[Flowable] = [Paragraph(escape(line), SIGNATURE) for line in sample.signature]
    right += [Spacer(1, 18 * mm), Paragraph(escape(sample.signer or ""), SIGNATURE)]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    return [Table([[left, right]], colWidths=[WIDTH * 0.5, WIDTH * 0.5], style=style)]


def _draw_page_number(canvas: Canvas, at_top: bool) -> None:
    canvas.setFont("Serif", 13)
    number = str(canvas.getPageNumber())
    if at_top:
        canvas.drawCentredString(A4[0] / 2, A4[1] - 12 * mm, number)
    else:
        canvas.drawRightString(A4[0] - RIGHT_MARGIN, 11 * mm, number)


def _draw_stamp(canvas: Canvas, lines: tuple[str, ...]) -> None:
    """The digital signature of the issuing body, top right over the first page."""
    canvas.saveState()
    canvas.setFont("Serif", 8)
    canvas.setFillColor(crimson)
    for number, line in enumerate(lines):
        canvas.drawString(A4[0] - 66 * mm, A4[1] - (8 + 3.4 * number) * mm, line)
    canvas.restoreState()
