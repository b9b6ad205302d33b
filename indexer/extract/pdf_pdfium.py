"""A PDF page as PDFium draws it: the fast path, for pages about which nothing is doubtful.

PDFium is about thirty times as fast as pdfminer.six, but its own text tears words wherever the font
changes ("Truy ền") and glues table columns. So only its characters and their boxes are taken, and words
and lines are made by pdfminer's rule: by the gaps. What needs a closer look (turned text, glyphs
without a letter, Type3 and legacy fonts) is left to pdf_pdfminer.py.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from ctypes import c_double, c_int, c_uint, c_ulong, c_void_p
from pathlib import Path
from struct import unpack_from
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from indexer.extract.assemble import Rect, Word
from indexer.extract.legacy_fonts import sign_of
from indexer.extract.pdf_page import BOLD_FONT, WORD_GAP, RawPage, Segment
from indexer.extract.pdf_pdfium_native import Buffer, native
from indexer.extract.pdf_pdfium_rules import read_drawings
from kb.vietnamese.normalise import clean
from kb.vietnamese.syllables import is_syllable

_RUN = re.compile(r"[^\s\x00-\x1f]+")
# No letters: unmapped glyphs, halves of surrogate pairs, noncharacters.
_DOUBTFUL = re.compile("[\x00\x01\x03-\x08\x0e-\x1f\ud800-\udfff\ufffd-\uffff]")
_HYPHENS = str.maketrans("\x02\ufffe", "--")  # PDFium's signs for a hyphen at the end of a line
# Fonts of the encodings before Unicode (TCVN3, VNI, VPS): their letters are not what they say.
_LEGACY_FONT = re.compile(r"(?:[A-Z]{6}\+)?(?:\.?Vn(?=[A-Z3])|VNI|VPS|SVN|\.VN)")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_FILLER = "\u2060"
_MOST_ATTACHMENTS = 50  # that are named
_LINE_GAP = (
    2.0  # of the wider of two letters: a wider gap ends a piece of a line (pdfminer: char_margin)
)
_TOLD_GAP = 0.04  # of the type size, where PDFium sees a blank: torn words have no gap at all
_SLACK = 0.12  # of the type size, by which the letters of a sound word may miss its width

_text_into = native(raw.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
_unicode = native(raw.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
_map_error = native(raw.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
_font_size = native(raw.FPDFText_GetFontSize, c_double, c_void_p, c_int)
_loose_box = native(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_matrix = native(raw.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
_text_object = native(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_font_of = native(raw.FPDFTextObj_GetFont, c_void_p, c_void_p)
_font_name = native(raw.FPDFFont_GetBaseFontName, c_ulong, c_void_p, c_void_p, c_ulong)


class Doubtful(Exception):
    """The page wants the other reader; the message says why."""


class FastReader:
    """The pages of one file. Close it after use; raises pdfium.PdfiumError on opening."""

    def __init__(self, path: Path) -> None:
        self.document = pdfium.PdfDocument(path)

    def close(self) -> None:
        """Let the file go."""
        self.document.close()

    def __len__(self) -> int:
        return len(self.document)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        width, height = self.document.get_page_size(number - 1)
        return width, height

    @property
    def title(self) -> str | None:
        """The title in the file's properties."""
        return self.document.get_metadata_value("Title").strip() or None

    @property
    def attachments(self) -> list[str]:
        """The names of the files inside."""
        count = min(self.document.count_attachments(), _MOST_ATTACHMENTS)
        return [self.document.get_attachment(at).get_name() or "?" for at in range(count)]

    def read(self, number: int) -> RawPage:
        """The content of page `number` (1-based). Raises Doubtful, or pdfium.PdfiumError."""
        page = self.document[number - 1]
        try:
            if page.get_rotation():
                raise Doubtful("turned page")
            left, bottom, right, top = page.get_mediabox()
            found = RawPage(number, right - left, top - bottom)
            _PageText(page.get_textpage(), left, top, found).fill()
            read_drawings(page, left, top, found)
            return found
        finally:
            page.close()


class _Type(NamedTuple):
    """What a text object is set in."""

    size: float  # points
    bold: bool
    slanting: bool  # a watermark


class _Run(NamedTuple):
    """Letters `start:end` without a blank or a gap between them, in PDF coordinates (y upwards)."""

    start: int
    end: int
    x0: float
    x1: float
    low: float
    first: float  # width of the first letter
    last: float  # width of the last letter
    kind: _Type


class _PageText:
    """The characters of a page on their way to words and pieces of lines."""

    def __init__(self, text_page: pdfium.PdfTextPage, left: float, top: float, page: RawPage) -> None:
        self.page = page
        self.left, self.top = left, top
        self.text_page = text_page  # its handle is valid as long as the object lives
        self.handle = ctypes.addressof(text_page.raw.contents)
        self.text = _characters(self.handle, text_page.count_chars())
        self.small = Buffer(24)
        self.types: dict[int | None, _Type] = {}  # by text object
        self.bold: dict[int, bool] = {}  # by font
        plain = self.text.replace("\r\n", "\n")
        self.is_clean = clean(plain) == plain

    def fill(self) -> None:
        """Add the segments and count the letters. Raises Doubtful."""
        text, left, top = self.text, self.left, self.top
        texts: list[str] = []
        rects: list[Rect] = []
        letters = bold = 0
        before: _Run | None = None
        for run in self._runs():
            start, end, x0, x1, low, first, _last, kind = run
            size = kind.size
            glued = False
            if before is not None:
                size_before = before.kind.size
                shared = min(low + size, before.low + size_before) - max(low, before.low)
                gap = x0 - before.x1 if x0 >= before.x1 - before.last else before.x0 - x1
                if shared <= 0.5 * min(size, size_before) or self._is_far(before, run, gap):
                    self._finish(texts, rects, bold > letters / 2)
                    texts, rects = [], []
                    letters = bold = 0
                else:
                    # Where PDFium sees a blank, the printed one may be lost under the next letter.
                    enough = _TOLD_GAP if text[start - 1] == " " else WORD_GAP
                    glued = gap <= enough * max(first, size)
            rect = Rect(x0 - left, top - low - size, x1 - left, top - low)
            if glued:
                texts[-1] += text[start:end]
                rects[-1] = rects[-1].union(rect)
            else:
                texts.append(text[start:end])
                rects.append(rect)
            letters += end - start
            if kind.bold:
                bold += end - start
            self.page.letters += end - start
            before = run
        if texts:
            self._finish(texts, rects, bold > letters / 2)

    def _is_far(self, before: _Run, run: _Run, gap: float) -> bool:
        """Whether a gap parts pieces of a line; measured from a printed blank, as pdfminer does."""
        widest = max(before.last, run.first)
        if gap < _LINE_GAP * widest or before.end >= len(self.text) or self.text[before.end] != " ":
            return gap >= _LINE_GAP * widest
        x0, _top, x1, _low = self._box(before.end)
        if x1 <= x0:  # PDFium's own blank
            return True
        return run.x0 - x1 >= _LINE_GAP * max(x1 - x0, run.first)

    def _finish(self, texts: list[str], rects: list[Rect], bold: bool) -> None:
        if not self.is_clean:
            texts = ["".join(clean(text).split()) for text in texts]
        words = [Word(text, rect) for text, rect in zip(texts, rects, strict=True) if text]
        if words:
            starts, tops, ends, lows = zip(*rects, strict=True)
            box = Rect(min(starts), min(tops), max(ends), max(lows))
            self.page.segments.append(Segment(words, box, bold))

    def _runs(self) -> Iterator[_Run]:
        """The runs on the page, in the order they are printed; watermarks left out."""
        text, handle, types = self.text, self.handle, self.types
        spans = [match.span() for match in _RUN.finditer(text)]
        buffer = Buffer(32 * len(spans))
        address = buffer.address
        for start, end in spans:
            _loose_box(handle, start, address)
            _loose_box(handle, end - 1, address + 16)
            address += 32
        floats = buffer.floats()
        left, right = self.left - 2, self.left + self.page.width + 2
        bottom, top = self.top - self.page.height - 2, self.top + 2
        for (start, end), x0, first_end, low, last_begin, x1, last_low in zip(
            spans,
            floats[0::8],
            floats[2::8],
            floats[3::8],
            floats[4::8],
            floats[6::8],
            floats[7::8],
            strict=True,
        ):
            kind = types.get(_text_object(handle, start)) or self._look(start)
            if kind.slanting or not left <= (x0 + x1) / 2 <= right or not bottom <= low <= top:
                continue
            miss = _SLACK * kind.size
            if (
                end - start == 1
                or (is_syllable(text[start:end].rstrip(".,;:")) and -miss < low - last_low < miss)
                or self._is_sound(start, end, miss)
            ):
                yield _Run(start, end, x0, x1, low, first_end - x0, x1 - last_begin, kind)
            else:
                yield from self._parts(start, end)

    def _is_sound(self, start: int, end: int, miss: float) -> bool:
        """Whether letters that make no syllable follow each other closely, on one height."""
        boxes = [self._box(at) for at in range(start, end)]
        widths = sum([x1 - x0 for x0, _top, x1, _low in boxes])
        return (
            -miss < boxes[-1][2] - boxes[0][0] - widths < miss
            and -miss < boxes[-1][3] - boxes[0][3] < miss
        )

    def _parts(self, start: int, end: int) -> Iterator[_Run]:
        """A run cut where letters stand apart or on another height; what is printed twice left out."""
        begin: int | None = None
        boxes = [self._box(at) for at in range(start, end)]
        kept: list[int] = []
        for at in range(start, end):
            x0, _top, x1, low = boxes[at - start]
            size = (self.types.get(_text_object(self.handle, at)) or self._look(at)).size
            if any(
                self.text[at] == self.text[twin]
                and abs(x0 - boxes[twin - start][0]) < _SLACK * size
                and abs(low - boxes[twin - start][3]) < _SLACK * size
                for twin in kept[-2:]
            ):
                if begin is not None:
                    yield self._part(begin, kept[-1] + 1, boxes, start)
                begin = None
                continue
            if begin is not None:
                x1_before, low_before = boxes[kept[-1] - start][2:]
                apart = x0 - x1_before > WORD_GAP * max(size, x1 - x0)
                if apart or abs(low - low_before) > _SLACK * size:
                    yield self._part(begin, at, boxes, start)
                    begin = at
            else:
                begin = at
            kept.append(at)
        if begin is not None:
            yield self._part(begin, end, boxes, start)

    def _part(self, start: int, end: int, boxes: list[tuple[float, ...]], offset: int) -> _Run:
        first, last = boxes[start - offset], boxes[end - 1 - offset]
        kind = self.types.get(_text_object(self.handle, start)) or self._look(start)
        widths = first[2] - first[0], last[2] - last[0]
        return _Run(start, end, first[0], last[2], first[3], *widths, kind)

    def _box(self, at: int) -> tuple[float, ...]:
        """x0, top, x1, bottom of a character; without width where PDFium put it in."""
        _loose_box(self.handle, at, self.small.address)
        return unpack_from("4f", self.small.data)

    def _look(self, at: int) -> _Type:
        """The type of the text object that character `at` stands in. Raises Doubtful."""
        if _map_error(self.handle, at) == 1:
            raise Doubtful("glyphs without a letter")
        _matrix(self.handle, at, self.small.address)
        a, b, _c, d = unpack_from("4f", self.small.data)
        slanting = abs(b) > 0.1 * abs(a)
        if a < 0 or (slanting and abs(a) <= 0.1 * abs(b)):
            raise Doubtful("turned text")
        shape = _text_object(self.handle, at)
        font: int = (_font_of(shape) if shape else None) or 0
        if font and font not in self.bold:
            self.bold[font] = _is_bold(font)
        found = _Type(_font_size(self.handle, at) * abs(d), self.bold.get(font, False), slanting)
        if shape:
            self.types[shape] = found
        return found


def _characters(handle: int, count: int) -> str:
    """The letters, one a character index. Raises Doubtful where some glyph has none."""
    letters = Buffer(2 * count + 2)
    written = _text_into(handle, 0, count, letters.address)
    text = letters.data[: 2 * count].decode("utf-16-le", "surrogatepass")
    if written != count + 1 or len(text) != count:  # it leaves out what has no letter
        text = "".join([chr(_unicode(handle, at)) for at in range(count)])
    text = _PAIR.sub(_one_letter, text.translate(_HYPHENS))
    if _DOUBTFUL.search(text):
        raise Doubtful("glyphs without a letter")
    return text


def _one_letter(pair: re.Match[str]) -> str:
    """A surrogate pair (letters of formulas) as its plain letter and a filler that is cleaned away."""
    letter = pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return (unicodedata.normalize("NFKC", letter)[:1] or " ") + _FILLER


def _is_bold(font: int) -> bool:
    name = Buffer(256)
    _font_name(font, name.address, 256)
    base = bytes(name.data).partition(b"\0")[0].decode("utf-8", "replace")
    if not base:
        raise Doubtful("Type3 font")
    if sign_of(base) or _LEGACY_FONT.match(base):
        raise Doubtful("legacy font")
    return BOLD_FONT.search(base) is not None
