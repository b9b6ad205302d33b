"""PDF with a text layer, page by page with word positions, through pdfminer.six."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from indexer.extract.assemble import DraftLine, DraftPage, Word, assemble
from indexer.extract.base import Extracted
from indexer.extract.failures import corrupt, encrypted, needs_ocr, too_big
from indexer.extract.pdf_furniture import without_furniture
from indexer.extract.pdf_layout import ordered_lines
from indexer.extract.pdf_page import RawPage, turned_back
from indexer.extract.pdf_pdfminer import PageReader
from indexer.extract.pdf_paragraphs import mark_page_joins, mark_paragraphs
from indexer.extract.repairs import repaired
from kb.errors import ExtractionFailed
from kb.i18n import _

# pdfminer tells of every oddity of a file; what matters becomes a warning or an ExtractionFailed.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

MAX_PAGES = 3_000
_GARBLED_SHARE = 0.02  # of the glyphs of a page, from which on the reader is warned
_ALL_GARBLED = 0.5  # a page with more is as good as a picture


class PdfExtractor:
    """Reads the text layer. Password, no text layer, damage and excess become ExtractionFailed."""

    format = "pdf"

    def extract(self, path: Path) -> Extracted:
        """The text with pages, lines and word boxes."""
        try:
            with path.open("rb") as file:
                document = PDFDocument(PDFParser(file))
                title = _title(document)
                raw = list(_raw_pages(document))
        except (ExtractionFailed, MemoryError, OSError):
            raise
        except PDFPasswordIncorrect as error:
            raise encrypted(_("Tệp PDF")) from error
        except Exception as error:  # pdfminer raises KeyError, AssertionError, struct.error … as well
            raise corrupt(_("Tệp PDF")) from error
        if not raw:
            raise corrupt(_("Tệp PDF"))
        empty = [page.number for page in raw if not _has_text(page)]
        if len(empty) == len(raw):
            raise needs_ocr(_("Tệp PDF là bản quét (ảnh chụp), không có lớp chữ."))
        warnings = _warnings(raw, empty)
        without_furniture(raw)
        drafts = [_draft(page) for page in raw]
        mark_page_joins([draft.lines for draft in drafts])
        return assemble(self.format, drafts, title=title, warnings=warnings)


def _raw_pages(document: PDFDocument) -> Iterator[RawPage]:
    reader = PageReader()
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number > MAX_PAGES:
            raise too_big(_("hơn %d trang") % MAX_PAGES)
        yield reader.read(page, number)


def _has_text(page: RawPage) -> bool:
    return bool(page.segments or page.sideways) and page.garbled <= _ALL_GARBLED * (
        page.letters + page.garbled
    )


def _warnings(pages: Sequence[RawPage], empty: Sequence[int]) -> list[str]:
    warnings = []
    if empty:
        warnings.append("pages-without-text: " + _("Trang không có lớp chữ: %s.") % _ranges(empty))
    garbled = [p.number for p in pages if p.garbled > _GARBLED_SHARE * (p.letters + p.garbled)]
    if garbled:
        warnings.append(
            "garbled-glyphs: " + _("Trang có chữ không giải mã được: %s.") % _ranges(garbled)
        )
    return warnings


def _ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 as "1-3, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _draft(page: RawPage) -> DraftPage:
    for segment in page.segments:
        segment.words = repaired(segment.words)
    lines = ordered_lines(page)
    mark_paragraphs(lines)
    width, height = page.width, page.height
    if page.turn in (90, 270):
        width, height = height, width
    if page.turn:
        lines = [_as_shown(line, page.turn, width, height) for line in lines]
    return DraftPage(page.number, lines, width, height)


def _as_shown(line: DraftLine, turn: int, width: float, height: float) -> DraftLine:
    """`line` with its places on the page as it is shown."""
    words = [
        Word(word.text, turned_back(word.rect, turn, width, height) if word.rect else None)
        for word in line.words
    ]
    rect = turned_back(line.rect, turn, width, height) if line.rect else None
    return replace(line, words=words, rect=rect)


def _title(document: PDFDocument) -> str | None:
    """The title of the document's own properties, if it is text at all."""
    for info in document.info:
        try:
            title = resolve1(info.get("Title"))
        except PDFException:
            continue
        if isinstance(title, bytes) and decode_text(title).strip():
            return decode_text(title)
    return None
