"""PDF, page by page with word positions: PDFium where nothing is doubtful, pdfminer.six elsewhere."""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pypdfium2 import PdfiumError

from indexer.extract.assemble import DraftLine, DraftPage, assemble
from indexer.extract.base import Bookmark, Extracted
from indexer.extract.failures import corrupt, needs_ocr, too_big
from indexer.extract.legacy import legacy_warnings
from indexer.extract.pdf_furniture import Furniture
from indexer.extract.pdf_hyphens import join_hyphenated
from indexer.extract.pdf_layout import ordered_lines
from indexer.extract.pdf_page import RawPage, turned_back
from indexer.extract.pdf_paragraphs import mark_page_join, mark_paragraphs
from indexer.extract.pdf_pdfium import FastReader
from indexer.extract.pdf_pdfium_letters import Doubtful
from indexer.extract.pdf_pdfminer import SlowReader
from indexer.extract.pdf_stamps import remove_stamps
from indexer.extract.repairs import repaired
from kb.errors import ExtractionFailed
from kb.i18n import _
from kb.vietnamese.syllables import quality

_log = logging.getLogger(__name__)

MAX_PAGES = 3_000
_AT_HAND = 200  # pages that are kept unpacked while the others are read
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
            content = read_pages(path)
            empty = [page.number for page in content.pages if needs_reading(page)]
            if empty and not any(page.letters for page in content.pages if page.number not in empty):
                raise needs_ocr(_("Tệp PDF là bản quét (ảnh chụp), không có lớp chữ."))
            return finished(self.format, content, pdf_warnings(content, empty))


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for cycles of objects rarely: a page makes thousands of objects and no cycle."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@dataclass(frozen=True, slots=True)
class PdfContent:
    """The pages of a file, and what it says of itself."""

    pages: list[RawPage]
    title: str | None = None  # in its properties
    attachments: Sequence[str] = ()  # names of files inside
    outline: tuple[Bookmark, ...] = ()
    labels: Mapping[int, str] = field(default_factory=dict)  # of pages, where not their number


def read_pages(path: Path) -> PdfContent:
    """The pages, stamps of signatures removed, and what the file says of itself.

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
            numbers = range(1, len(slow) + 1)
            content = PdfContent(_stored(slow.read(number) for number in numbers), slow.title)
        else:
            _check_length(len(fast))
            pages = _stored(_pages(path, fast))
            content = PdfContent(pages, fast.title, fast.attachments, fast.outline, fast.labels)
    except (ExtractionFailed, MemoryError, OSError):
        raise
    except Exception as error:  # pdfminer raises KeyError, AssertionError, struct.error … as well
        raise corrupt(_("Tệp PDF")) from error
    finally:
        if fast is not None:
            fast.close()
    if not content.pages:
        raise corrupt(_("Tệp PDF"))
    return content


def _stored(pages: Iterable[RawPage]) -> list[RawPage]:
    """The pages without stamps of signatures; of a book all but the first are set aside."""
    stored = []
    for number, page in enumerate(pages, 1):
        remove_stamps(page)
        if number > _AT_HAND:
            page.set_aside()
        stored.append(page)
    return stored


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


def finished(format_name: str, content: PdfContent, warnings: Sequence[str]) -> Extracted:
    """Pages with their text laid out: furniture removed, lines ordered, offsets made.

    The pages are emptied on the way: those of a book do not fit into memory twice.
    """
    found = assemble(format_name, _laid_out(content.pages), title=content.title, warnings=warnings)
    labels = content.labels
    pages = tuple(replace(page, label=labels.get(page.number)) for page in found.pages)
    return replace(found, outline=content.outline, pages=pages if labels else found.pages)


def _laid_out(pages: Sequence[RawPage]) -> Iterator[DraftPage]:
    """The pages one after another, each as soon as the next one with text has been looked at."""
    furniture = Furniture(pages)
    waiting: list[DraftPage] = []  # the last page with text, and the empty ones behind it
    for page in pages:
        page.take_back()
        furniture.remove_from(page)
        draft = _draft(page)
        page.segments, page.sideways, page.rules = [], [], []
        if draft.lines and waiting:
            if waiting[0].lines:
                mark_page_join(waiting[0].lines, draft.lines)
            yield from _hyphens_joined(waiting)
            waiting = []
        waiting.append(draft)
    yield from _hyphens_joined(waiting)


def _hyphens_joined(drafts: list[DraftPage]) -> Iterator[DraftPage]:
    for draft in drafts:
        join_hyphenated(draft.lines)
        yield draft


def needs_reading(page: RawPage) -> bool:
    """Whether what the page shows is not in its text: a picture, glyphs without letters."""
    if not page.has_text:
        return page.drawn > 0 or page.garbled > 0
    if page.picture and page.letters < _FEW_LETTERS:
        return True
    return page.garbled > _ALL_GARBLED * (page.letters + page.garbled)


def pdf_warnings(content: PdfContent, empty: Sequence[int]) -> list[str]:
    """What the reader of the document should know; `empty` are the pages without text."""
    warnings = []
    if empty:
        warnings.append("pages-without-text: " + _("Trang không có lớp chữ: %s.") % ranges(empty))
    garbled = [p.number for p in content.pages if p.garbled > _GARBLED_SHARE * (p.letters + p.garbled)]
    if garbled:
        warnings.append(
            "garbled-glyphs: " + _("Trang có chữ không giải mã được: %s.") % ranges(garbled)
        )
    if content.attachments:
        warnings.append(
            "attachments: "
            + _("Tệp đính kèm trong PDF chưa được đọc, hãy lưu ra rồi thêm riêng: %s.")
            % ", ".join(content.attachments)
        )
    return [*warnings, *legacy_warnings(sum((page.legacy for page in content.pages), Counter()))]


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
