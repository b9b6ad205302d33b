"""A PDF page as PDFium draws it: the fast path, for pages about which nothing is doubtful.

PDFium is about thirty times as fast as pdfminer.six, but its own text tears words wherever the font
changes ("Truy ền") and glues table columns. So only its characters and their boxes are taken, and words
and lines are made by pdfminer's rule: by the gaps. What needs a closer look (turned text, glyphs
without a letter, Type3 and legacy fonts) is left to pdf_pdfminer.py.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from ctypes import c_double, c_int, c_uint, c_ulong, c_void_p
from itertools import accumulate
from operator import sub
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from indexer.extract.assemble import Rect, Word
from indexer.extract.pdf_page import BOLD_FONT, WORD_GAP, RawPage, Segment
from indexer.extract.pdf_pdfium_native import Buffer, native
from indexer.extract.pdf_pdfium_rules import page_rules
from kb.vietnamese.normalise import clean

_FRAGMENT = re.compile(r"[^\s\x00-\x1f]+")
# No letters: unmapped glyphs, halves of surrogate pairs, noncharacters.
_DOUBTFUL = re.compile("[\x00\x01\x03-\x08\x0e-\x1f\ud800-\udfff\ufffd-\uffff]")
_HYPHENS = str.maketrans("\x02\ufffe", "--")  # PDFium's signs for a hyphen at the end of a line
# Fonts of the encodings before Unicode (TCVN3, VNI, VPS): their letters are not what they say.
_LEGACY_FONT = re.compile(r"(?:[A-Z]{6}\+)?(?:\.?Vn(?=[A-Z3])|VNI|VPS|SVN|\.VN)")
_LINE_GAP = 2.0  # of the wider of two letters: a wider gap ends a piece of a line (pdfminer: char_margin)
# Where PDFium sees a blank, the printed one may be lost under the next letter; torn words have no gap.
_TOLD_GAP = 0.04
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
    """The pages of one file. Use as a context manager; raises pdfium.PdfiumError on opening."""

    def __init__(self, path: Path) -> None:
        self.document = pdfium.PdfDocument(path)

    def __enter__(self) -> FastReader:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.document.close()

    def __len__(self) -> int:
        return len(self.document)

    def read(self, number: int) -> RawPage:
        """The content of page `number` (1-based). Raises Doubtful, or pdfium.PdfiumError."""
        page = self.document[number - 1]
        try:
            if page.get_rotation():
                raise Doubtful("turned page")
            left, bottom, right, top = page.get_mediabox()
            found = RawPage(number, right - left, top - bottom)
            _PageText(page.get_textpage(), left, top, found).fill()
            found.rules = page_rules(page, left, top)
            return found
        finally:
            page.close()


class _Type(NamedTuple):
    """What a stretch of text is set in."""

    size: float  # points
    bold: bool
    slanting: bool  # a watermark


class _PageText:
    """The characters of a page on their way to words and pieces of lines."""

    def __init__(self, text_page: pdfium.PdfTextPage, left: float, top: float, page: RawPage) -> None:
        self.page = page
        self.left, self.top = left, top
        self.text_page = text_page  # its handle is valid as long as the object lives
        self.handle = ctypes.addressof(text_page.raw.contents)
        count = text_page.count_chars()
        self.text = _characters(self.handle, count)
        # x0, top, x1, bottom of each character in PDF coordinates, y upwards. What PDFium puts in
        # where it sees a gap (blanks, line ends) has no width.
        boxes = Buffer(16 * count)
        for at in range(count):
            _loose_box(self.handle, at, boxes.address + 16 * at)
        floats = boxes.floats()
        self.x0, self.x1, self.bottom = floats[0::4], floats[2::4], floats[3::4]
        self.types: dict[int | None, _Type] = {}  # by text object
        self.bold: dict[int, bool] = {}  # by font
        plain = self.text.replace("\r\n", "\n")
        self.is_clean = clean(plain) == plain

    def fill(self) -> None:
        """Add the segments and count the letters. Raises Doubtful."""
        x0, x1, bottom, text = self.x0, self.x1, self.bottom, self.text
        left, top = self.left, self.top
        texts: list[str] = []
        rects: list[Rect] = []
        letters = bold = last = 0  # `last` is the character before, a printed blank included
        last_size = 0.0
        for start, end, kind in self._fragments():
            size = kind.size
            begins, low = x0[start], bottom[start]
            width = x1[start] - begins
            glued = False
            if texts:
                low_before = bottom[last]
                gap = begins - x1[last] if begins >= x0[last] else x0[last] - x1[start]
                shared = min(low + size, low_before + last_size) - max(low, low_before)
                if shared <= 0.5 * min(size, last_size) or gap >= _LINE_GAP * max(
                    x1[last] - x0[last], width
                ):
                    self._finish(texts, rects, bold > letters / 2)
                    texts, rects = [], []
                    letters = bold = 0
                elif text[last] != " ":
                    enough = _TOLD_GAP if text[start - 1] == " " else WORD_GAP
                    glued = gap <= enough * max(width, size)
            low = top - low
            rect = Rect(begins - left, low - size, x1[end - 1] - left, low)
            if glued:
                texts[-1] += text[start:end]
                rects[-1] = rects[-1].union(rect)
            else:
                texts.append(text[start:end])
                rects.append(rect)
            letters += end - start
            if kind.bold:
                bold += end - start
            last, last_size = end - 1, size
            if end < len(x1) and text[end] == " " and x1[end] > x0[end]:
                last = end  # pdfminer's rule: the gap is measured from a printed blank
            self.page.letters += end - start
        if texts:
            self._finish(texts, rects, bold > letters / 2)

    def _finish(self, texts: list[str], rects: list[Rect], bold: bool) -> None:
        if not self.is_clean:
            texts = ["".join(clean(text).split()) for text in texts]
        words = [Word(text, rect) for text, rect in zip(texts, rects, strict=True) if text]
        if words:
            starts, tops, ends, lows = zip(*rects, strict=True)
            box = Rect(min(starts), min(tops), max(ends), max(lows))
            self.page.segments.append(Segment(words, box, bold))

    def _fragments(self) -> Iterator[tuple[int, int, _Type]]:
        """(start, end, type) of runs of letters without a blank or a gap between them."""
        x0, x1, bottom, handle, types = self.x0, self.x1, self.bottom, self.handle, self.types
        widths = list(accumulate(map(sub, x1, x0), initial=0.0))
        page = self.page
        left, right = self.left - 2, self.left + page.width + 2
        low, high = self.top - page.height - 2, self.top + 2
        for match in _FRAGMENT.finditer(self.text):
            start, end = match.span()
            kind = types.get(_text_object(handle, start)) or self._look(start)
            begins, ends = x0[start], x1[end - 1]
            if not left <= (begins + ends) / 2 <= right or not low <= bottom[start] <= high:
                continue
            if kind.slanting:
                continue
            miss = _SLACK * kind.size
            if end - start > 1 and not (
                -miss < ends - begins - widths[end] + widths[start] < miss
                and -miss < bottom[start] - bottom[end - 1] < miss
            ):
                for part, part_end in self._sound_parts(start, end, kind.size):
                    yield part, part_end, types.get(_text_object(handle, part)) or self._look(part)
            else:
                yield start, end, kind

    def _sound_parts(self, start: int, end: int, size: float) -> Iterator[tuple[int, int]]:
        """A run cut where letters stand apart, raised, or printed twice."""
        x0, x1, bottom, text = self.x0, self.x1, self.bottom, self.text
        begin = kept = start
        for at in range(start + 1, end):
            twice = any(
                text[at] == text[before]
                and abs(x0[at] - x0[before]) < _SLACK * size
                and abs(bottom[at] - bottom[before]) < _SLACK * size
                for before in range(max(start, at - 2), at)
            )
            if twice and x1[at] > x0[at]:
                if begin < at:
                    yield begin, at
                begin = at + 1
                continue
            apart = x0[at] - x1[kept] > WORD_GAP * max(size, x1[at] - x0[at])
            if at > begin and (apart or abs(bottom[at] - bottom[kept]) > _SLACK * size):
                yield begin, at
                begin = at
            kept = at
        if begin < end:
            yield begin, end

    def _look(self, at: int) -> _Type:
        """The type of the text object that character `at` stands in. Raises Doubtful."""
        if _map_error(self.handle, at) == 1:
            raise Doubtful("glyphs without a letter")
        matrix = Buffer(24)
        _matrix(self.handle, at, matrix.address)
        a, b, _c, d, _e, _f = matrix.floats()
        slanting = abs(b) > 0.1 * abs(a)
        if a < 0 or (slanting and abs(a) <= 0.1 * abs(b)):
            raise Doubtful("turned text")
        shape = _text_object(self.handle, at) or 0
        font = _font_of(shape) if shape else None
        if font and font not in self.bold:
            self.bold[font] = _is_bold(font)
        size = _font_size(self.handle, at) * abs(d)
        found = _Type(size, self.bold[font] if font else False, slanting)
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
    text = text.translate(_HYPHENS)
    if _DOUBTFUL.search(text):
        raise Doubtful("glyphs without a letter")
    return text


def _is_bold(font: int) -> bool:
    name = Buffer(256)
    _font_name(font, name.address, 256)
    base = bytes(name.data).partition(b"\0")[0].decode("utf-8", "replace")
    if not base:
        raise Doubtful("Type3 font")
    if _LEGACY_FONT.match(base):
        raise Doubtful("legacy font")
    return BOLD_FONT.search(base) is not None
