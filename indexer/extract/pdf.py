"""PDF, page by page with word positions: PDFium where nothing is doubtful, pdfminer.six elsewhere."""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pypdfium2 import PdfiumError

from indexer.extract.assemble import DraftLine, DraftPage, assemble
from indexer.extract.base import Extracted
from indexer.extract.failures import corrupt, needs_ocr, too_big
from indexer.extract.legacy import legacy_warnings
from indexer.extract.pdf_furniture import without_furniture
from indexer.extract.pdf_hyphens import join_hyphenated
from indexer.extract.pdf_layout import ordered_lines
from indexer.extract.pdf_page import RawPage, turned_back
from indexer.extract.pdf_paragraphs import mark_page_joins, mark_paragraphs
from indexer.extract.pdf_pdfium import Doubtful, FastReader
from indexer.extract.pdf_pdfminer import SlowReader
from indexer.extract.pdf_stamps import without_stamps
from indexer.extract.repairs import repaired
from kb.errors import ExtractionFailed
from kb.i18n import _
from kb.vietnamese.syllables import quality

_log = logging.getLogger(__name__)

MAX_PAGES = 3_000
_GARBLED_SHARE = 0.02  # of the glyphs of a page, from which on the reader is warned
_ALL_GARBLED = 0.5  # a page with more is as good as a picture
_FEW_LETTERS = 100  # on a picture that fills the page: the number or stamp on a scan
_POOR = 0.8  # share of possible syllables below which a page is read a second time
_ENOUGH_LETTERS = 200  # to judge a page by


class PdfExtractor:
    """Reads the text layer. Password, no text layer, damage and excess become ExtractionFailed."""

    format = "pdf"

    def extract(self, path: Path) -> Extracted:
        """The text with pages, lines and word boxes."""
        with _few_collections():
            pages, title, attachments = read_pages(path)
            empty = [page.number for page in pages if needs_reading(page)]
            if empty and not any(page.letters for page in pages if page.number not in empty):
                raise needs_ocr(_("Tệp PDF là bản quét (ảnh chụp), không có lớp chữ."))
            return finished(self.format, pages, title, pdf_warnings(pages, empty, attachments))


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for cycles of objects rarely: a page makes thousands of objects and no cycle."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def read_pages(path: Path) -> tuple[list[RawPage], str | None, list[str]]:
    """The pages (stamps removed), the title in the file's properties, and the names of attached files.

    Raises ExtractionFailed: encrypted, corrupt, too-big.
    """
    try:
        fast: FastReader | None = FastReader(path)
    except PdfiumError:  # pdfminer.six can often repair what is broken, and tells what it is
        fast = None
    try:
        if fast is None:
            slow = SlowReader(path)
            _check_length(len(slow))
            pages, title, attached = [slow.read(n) for n in range(1, len(slow) + 1)], slow.title, []
        else:
            _check_length(len(fast))
            pages = list(_pages(path, fast))
            title, attached = fast.title, fast.attachments
    except (ExtractionFailed, MemoryError, OSError):
        raise
    except Exception as error:  # pdfminer raises KeyError, AssertionError, struct.error … as well
        raise corrupt(_("Tệp PDF")) from error
    finally:
        if fast is not None:
            fast.close()
    if not pages:
        raise corrupt(_("Tệp PDF"))
    without_stamps(pages)
    return pages, title, attached


def _check_length(pages: int) -> None:
    if pages > MAX_PAGES:
        raise too_big(_("hơn %d trang") % MAX_PAGES)


def _pages(path: Path, fast: FastReader) -> Iterator[RawPage]:
    slow: SlowReader | None = None
    slow_opens = True
    for number in range(1, len(fast) + 1):
        page: RawPage | None = None
        try:
            page = fast.read(number)
            if not _is_poor(page):
                yield page
                continue
        except (Doubtful, PdfiumError) as reason:
            _log.debug("%s, page %d: %s", path, number, reason)
        again: RawPage | None = None
        try:
            if slow is None and slow_opens:
                slow_opens = False
                slow = SlowReader(path)
            again = slow.read(number) if slow else None
        except (MemoryError, OSError):
            raise
        except Exception as error:  # this page alone: the others are read
            _log.debug("%s, page %d", path, number, exc_info=error)
        if page is None or (again is not None and _quality(again) > _quality(page)):
            page = again or RawPage(number, *fast.size(number))
        yield page


def _is_poor(page: RawPage) -> bool:
    if page.letters < _ENOUGH_LETTERS:
        return False
    text = " ".join(segment.text for segment in page.segments)
    return not text.isascii() and quality(text) < _POOR


def _quality(page: RawPage) -> float:
    return quality(" ".join(segment.text for segment in page.segments))


def finished(
    format_name: str, pages: list[RawPage], title: str | None, warnings: Sequence[str]
) -> Extracted:
    """Pages with their text laid out: furniture removed, lines ordered, offsets made."""
    without_furniture(pages)
    drafts = [_draft(page) for page in pages]
    mark_page_joins([draft.lines for draft in drafts])
    for draft in drafts:
        join_hyphenated(draft.lines)
    return assemble(format_name, drafts, title=title, warnings=warnings)


def needs_reading(page: RawPage) -> bool:
    """Whether what the page shows is not in its text: a picture, glyphs without letters."""
    if not (page.segments or page.sideways):
        return page.drawn > 0 or page.garbled > 0
    if page.picture and page.letters < _FEW_LETTERS:
        return True
    return page.garbled > _ALL_GARBLED * (page.letters + page.garbled)


def pdf_warnings(
    pages: Sequence[RawPage], empty: Sequence[int], attachments: Sequence[str]
) -> list[str]:
    """What the reader of the document should know; `empty` are the pages without text."""
    warnings = []
    if empty:
        warnings.append("pages-without-text: " + _("Trang không có lớp chữ: %s.") % ranges(empty))
    garbled = [p.number for p in pages if p.garbled > _GARBLED_SHARE * (p.letters + p.garbled)]
    if garbled:
        warnings.append(
            "garbled-glyphs: " + _("Trang có chữ không giải mã được: %s.") % ranges(garbled)
        )
    if attachments:
        warnings.append(
            "attachments: "
            + _("Tệp đính kèm trong PDF chưa được đọc, hãy lưu ra rồi thêm riêng: %s.")
            % ", ".join(attachments)
        )
    return [*warnings, *legacy_warnings(sum((page.legacy for page in pages), Counter()))]


def ranges(numbers: Sequence[int]) -> str:
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
        word._replace(rect=turned_back(word.rect, turn, width, height) if word.rect else None)
        for word in line.words
    ]
    rect = turned_back(line.rect, turn, width, height) if line.rect else None
    return replace(line, words=words, rect=rect)
