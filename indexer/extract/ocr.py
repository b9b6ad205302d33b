"""Scans: pages that are pictures, read by OCR and laid out like any other PDF page.

What the program read is mended (accents, by kb.vietnamese.accent_repair) before fields are read; the
raw reading of every word that changed is kept with the document, and the confidence of every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from warnings import catch_warnings

import pypdfium2 as pdfium
from PIL import Image, ImageSequence

from indexer.extract.assemble import Rect, Word
from indexer.extract.base import Extracted
from indexer.extract.failures import corrupt, no_text, too_big
from indexer.extract.ocr_page import DPI, PageReading, read_picture
from indexer.extract.pdf import PdfContent, finished, needs_reading, pdf_warnings, ranges, read_pages
from indexer.extract.pdf_page import RawPage, Segment
from indexer.programs import tesseract
from indexer.programs.tesseract import OcrWord
from kb.errors import ExtractionFailed
from kb.i18n import _
from kb.model import Ocr, Page, Reading
from kb.vietnamese.accent_repair import repair, runs, shipped_pairs

MAX_PAGES = 300  # to read by OCR in one file: half an hour's work
_DOUBTFUL = 0.7  # mean confidence below which a page is named in a warning
_MOST_PIXELS = 40_000_000  # A3 at 300 dpi has 17 million
_POINT = 72 / DPI  # points a pixel
_WIDE_GAP = 1.5  # line heights between words that belong to different pieces of a line

Raw = dict[tuple[int, Rect], str]  # page and place of a word -> what was read there


def available() -> bool:
    """Whether pictures of pages can be read on this computer."""
    return tesseract.available()


class ScanExtractor:
    """A PDF some or all of whose pages are pictures: PdfExtractor, and OCR for those pages."""

    format = "pdf"

    def extract(self, path: Path) -> Extracted:
        """The text of all pages, with `ocr` if there were pictures. Raises ExtractionFailed."""
        content = read_pages(path)
        empty = [page.number for page in content.pages if needs_reading(page)]
        if len(empty) > MAX_PAGES:
            raise too_big(_("hơn %d trang cần nhận dạng chữ") % MAX_PAGES)
        document = pdfium.PdfDocument(path)
        try:
            readings = {number: read_picture(_rendered(document, number)) for number in empty}
        finally:
            document.close()
        return _extracted(self.format, content, readings)


class ImageExtractor:
    """A picture file: JPEG, PNG, or TIFF with one or more pages."""

    format = "image"

    def extract(self, path: Path) -> Extracted:
        """The text of all frames, with `ocr`. Raises ExtractionFailed."""
        readings: dict[int, PageReading] = {}
        try:
            with catch_warnings(action="ignore"), Image.open(path) as image:
                for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                    if number > MAX_PAGES:
                        raise too_big(_("hơn %d trang cần nhận dạng chữ") % MAX_PAGES)
                    readings[number] = read_picture(_at_reading_size(frame))
        except (ExtractionFailed, MemoryError):
            raise
        except Image.DecompressionBombError as error:
            raise too_big(_("ảnh quá lớn")) from error
        except Exception as error:  # OSError, SyntaxError, TypeError … : Pillow has no common error
            raise corrupt(_("Tệp ảnh")) from error
        pages = [RawPage(number, r.width * _POINT, r.height * _POINT) for number, r in readings.items()]
        return _extracted(self.format, PdfContent(pages), readings)


def _rendered(document: pdfium.PdfDocument, number: int) -> Image.Image:
    page = document[number - 1]
    try:
        width, height = page.get_size()
        pixels = width * height / _POINT**2
        scale = 1 / _POINT if pixels <= _MOST_PIXELS else (_MOST_PIXELS / width / height) ** 0.5
        picture: Image.Image = page.render(scale=scale).to_pil()
        return picture.convert("RGB")
    finally:
        page.close()


def _at_reading_size(frame: Image.Image) -> Image.Image:
    """A picture as if it were scanned at DPI: by what it says of itself, else as an A4 page."""
    dpi = frame.info.get("dpi", (0, 0))[0]
    scale = DPI / dpi if 70 <= dpi <= 1_200 else (210 / 25.4 * DPI) / min(frame.size)
    size = round(frame.width * scale), round(frame.height * scale)
    if size[0] * size[1] > _MOST_PIXELS:
        raise too_big(_("ảnh quá lớn"))
    return frame.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def _extracted(format_name: str, content: PdfContent, readings: Mapping[int, PageReading]) -> Extracted:
    raw: Raw = {}
    mended = _mended(readings)
    pages = [
        _page(page.number, readings[page.number], mended[page.number], raw)
        if page.number in readings
        else page
        for page in content.pages
    ]
    content = replace(content, pages=pages)
    empty = [page.number for page in pages if page.number in readings and not page.segments]
    if not any(page.has_text for page in pages):
        raise no_text()
    warnings = pdf_warnings(content, empty)
    if not readings:
        return finished(format_name, content, warnings)
    found = finished(format_name, content, [*warnings, *_warnings(readings)])
    confidence = tuple((number, round(r.confidence, 3)) for number, r in sorted(readings.items()))
    program = f"{tesseract.PROGRAM} {tesseract.version()}"
    return replace(found, ocr=Ocr(program, confidence, tuple(_kept(found.pages, found.text, raw))))


def _mended(readings: Mapping[int, PageReading]) -> dict[int, list[str]]:
    """The texts of the words of each page, accents mended by all pages together."""
    texts = {number: [word.text for word in r.words] for number, r in readings.items()}
    pairs = shipped_pairs().joined(run for page in texts.values() for run in runs(" ".join(page)))
    return {
        number: repair(page, pairs, [word.confidence for word in readings[number].words])
        for number, page in texts.items()
    }


def _page(number: int, reading: PageReading, texts: Sequence[str], raw: Raw) -> RawPage:
    page = RawPage(number, reading.width * _POINT, reading.height * _POINT, reading.turn)
    before: OcrWord | None = None
    for word, text in zip(reading.words, texts, strict=True):
        # One height for all words of a line: rows are found by it.
        place = Rect(word.rect.x0, word.line_rect.y0, word.rect.x1, word.line_rect.y1)
        rect = Rect(*(round(value * _POINT, 2) for value in place))
        if text != (word.raw or word.text):
            raw[number, rect] = word.raw or word.text
        height = word.line_rect.y1 - word.line_rect.y0
        if (
            before is not None
            and before.line == word.line
            and word.rect.x0 - before.rect.x1 < _WIDE_GAP * height
        ):
            page.segments[-1].words.append(Word(text, rect))
        else:
            page.segments.append(Segment([Word(text, rect)], rect))
        before = word
    for segment in page.segments:
        segment.rect = reduce(Rect.union, (w.rect for w in segment.words if w.rect is not None))
        page.letters += len(segment.text)
    return page


def _kept(pages: Sequence[Page], text: str, raw: Raw) -> Iterator[Reading]:
    """Where in the text the mended words stand."""
    for page in pages:
        for box in page.boxes:
            place = Rect(*(round(value, 2) for value in (box.x0, box.y0, box.x1, box.y1)))
            was = raw.get((page.number, place))
            if was is not None and text[box.start : box.end] != was:
                yield Reading(box.start, box.end, was)


def _warnings(readings: Mapping[int, PageReading]) -> list[str]:
    numbers = sorted(readings)
    warnings = ["ocr: " + _("Trang được nhận dạng chữ từ ảnh (OCR): %s.") % ranges(numbers)]
    doubtful = [n for n in numbers if readings[n].words and readings[n].confidence < _DOUBTFUL]
    if doubtful:
        warnings.append(
            "ocr-doubtful: " + _("Trang nhận dạng không chắc, hãy xem ảnh gốc: %s.") % ranges(doubtful)
        )
    return warnings
