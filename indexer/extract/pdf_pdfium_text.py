"""The characters of a page as PDFium gives them, made words and pieces of lines by the gaps.

PDFium's own text tears words wherever the font changes ("Truy ền") and glues table columns. So only its
characters and their boxes are taken; what is a word, and where a line ends, follows pdfminer's rule.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from ctypes import c_double, c_int, c_ulong, c_void_p
from math import hypot
from struct import iter_unpack, unpack_from
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from indexer.extract.assemble import Rect, Word
from indexer.extract.legacy_fonts import sign_of
from indexer.extract.pdf_page import BOLD_FONT, WORD_GAP, RawPage, Segment
from indexer.extract.pdf_pdfium_letters import Doubtful, characters
from indexer.extract.pdf_pdfium_native import Buffer, native
from kb.vietnamese.normalise import clean
from kb.vietnamese.syllables import is_syllable

_RUN = re.compile(r"[^\s\x00-\x1f]+")
_LINE_GAP = 2.0  # of the wider of two letters; beyond, a new piece of a line begins (char_margin)
_TOLD_GAP = 0.04  # of the type size, where PDFium sees a blank: torn words have no gap at all
_SLACK = 0.12  # of the type size, by which the letters of a sound word may miss its width

_map_error = native(raw.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
_font_size = native(raw.FPDFText_GetFontSize, c_double, c_void_p, c_int)
_loose_box = native(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_matrix = native(raw.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
_text_object = native(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
_font_of = native(raw.FPDFTextObj_GetFont, c_void_p, c_void_p)
_font_name = native(raw.FPDFFont_GetBaseFontName, c_ulong, c_void_p, c_void_p, c_ulong)


class _Type(NamedTuple):
    """What a text object is set in."""

    size: float  # points
    bold: bool
    turn: int | None  # degrees clockwise that put it upright; None for slanting text (watermarks)


_new = tuple.__new__  # of a named tuple, in half the time

# Letters without a blank or a gap between them: start, end, x0, x1, lower edge, widths of the first and
# of the last letter, type; in a frame in which they are upright, its origin the lower left corner, y
# upwards. A plain tuple: a page makes hundreds, and a named one takes six times as long to make.
_Run = tuple[int, int, float, float, float, float, float, _Type]


class PageText:
    """The characters of a page on their way to words and pieces of lines."""

    def __init__(
        self, text_page: pdfium.PdfTextPage, media_box: tuple[float, float, float, float]
    ) -> None:
        self.left, self.bottom, self.right, self.top = media_box
        self.text_page = text_page  # its handle is valid as long as the object lives
        self.handle = ctypes.addressof(text_page.raw.contents)
        self.text = characters(self.handle, text_page.count_chars())
        self.small = Buffer(24)
        self.types: dict[int | None, _Type] = {}  # by text object
        self.settings: dict[tuple[int, float, bytes], _Type] = {}  # by font, size, matrix
        self.bold: dict[int, bool] = {}  # by font
        self.frame = 0  # the turn of the runs that are looked at
        plain = self.text.replace("\r\n", "\n")
        self.is_clean = clean(plain) == plain

    def read(self, number: int, rotation: int) -> RawPage:
        """The page's text, turned so that most of it is upright. Raises Doubtful.

        `rotation`: degrees clockwise by which the page is shown turned.
        """
        spans = [match.span() for match in _RUN.finditer(self.text)]
        kinds = [self._type_at(start) for start, _end in spans]
        printed = [(start, end, kind) for (start, end), kind in zip(spans, kinds, strict=True)]
        turns = {kind.turn for kind in kinds}
        letters = {
            turn: sum([end - start for start, end, kind in printed if kind.turn == turn])
            for turn in turns
            if turn is not None
        }
        main = max(letters, key=lambda turn: (letters[turn], turn == rotation), default=rotation)
        width, height = self._turned_to(main)
        page = RawPage(number, width, height, (main - rotation) % 360)
        for turn in sorted(letters, key=lambda turn: (turn != main, turn)):
            runs = printed if len(turns) == 1 else [run for run in printed if run[2].turn == turn]
            self._turned_to(turn)
            found = self._segments(runs, page)
            if turn == main:
                page.segments = found
            else:
                back = (turn - main) % 360
                found.sort(key=lambda segment: (segment.rect.y0, segment.rect.x0))
                page.sideways += [segment.turned_back(back, width, height) for segment in found]
        return page

    def _turned_to(self, turn: int) -> tuple[float, float]:
        """Look at the page turned by `turn` degrees clockwise; its width and height then."""
        self.frame = turn
        width, height = self.right - self.left, self.top - self.bottom
        self.width, self.height = (width, height) if turn in (0, 180) else (height, width)
        return self.width, self.height

    def _framed(self, x0: float, y1: float, x1: float, y0: float) -> tuple[float, float, float]:
        """x0, x1 and the lower edge in the frame of a box on the page (y upwards, y1 above y0)."""
        if self.frame == 0:
            return x0 - self.left, x1 - self.left, y0 - self.bottom
        if self.frame == 90:
            return y0 - self.bottom, y1 - self.bottom, self.right - x1
        if self.frame == 180:
            return self.right - x1, self.right - x0, self.top - y1
        return self.top - y1, self.top - y0, x0 - self.left

    def _segments(self, spans: list[tuple[int, int, _Type]], page: RawPage) -> list[Segment]:
        """The pieces of lines of what stands upright in the frame; letters are counted."""
        text, height = self.text, self.height
        segments: list[Segment] = []
        texts: list[str] = []
        rects: list[Rect] = []
        letters = bold = 0
        end_before: int | None = None
        x0_before = x1_before = low_before = last_before = size_before = 0.0
        for start, end, x0, x1, low, first, last, kind in self._runs(spans):
            size = kind.size
            glued = False
            if end_before is not None:
                top, top_before = low + size, low_before + size_before
                shared = (top if top < top_before else top_before) - (
                    low if low > low_before else low_before
                )
                gap = x0 - x1_before if x0 >= x1_before - last_before else x0_before - x1
                widest = first if first > last_before else last_before
                if shared <= 0.5 * (size if size < size_before else size_before) or (
                    gap >= _LINE_GAP * widest and self._is_far(end_before, x0, first)
                ):
                    segments += self._finished(texts, rects, bold > letters / 2)
                    texts, rects = [], []
                    letters = bold = 0
                else:
                    # Where PDFium sees a blank, the printed one may be lost under the next letter.
                    enough = _TOLD_GAP if text[start - 1] == " " else WORD_GAP
                    glued = gap <= enough * (first if first > size else size)
            rect = _new(Rect, (x0, height - low - size, x1, height - low))
            if glued:
                texts[-1] += text[start:end]
                rects[-1] = rects[-1].union(rect)
            else:
                texts.append(text[start:end])
                rects.append(rect)
            letters += end - start
            if kind.bold:
                bold += end - start
            page.letters += end - start
            end_before, x0_before, x1_before, low_before = end, x0, x1, low
            last_before, size_before = last, size
        return segments + self._finished(texts, rects, bold > letters / 2)

    def _is_far(self, end: int, x0: float, first: float) -> bool:
        """Whether a wide gap parts pieces of a line; measured from a printed blank, as pdfminer does.

        The gap is behind the letter before `end`; the next one begins at `x0` and is `first` wide.
        """
        if end >= len(self.text) or self.text[end] != " ":
            return True
        blank_x0, blank_x1, _low = self._box(end)
        if blank_x1 <= blank_x0:  # PDFium's own blank
            return True
        return x0 - blank_x1 >= _LINE_GAP * max(blank_x1 - blank_x0, first)

    def _finished(self, texts: list[str], rects: list[Rect], bold: bool) -> list[Segment]:
        if not self.is_clean:
            texts = ["".join(clean(text).split()) for text in texts]
        words = [
            _new(Word, (text, rect, None)) for text, rect in zip(texts, rects, strict=True) if text
        ]
        if not words:
            return []
        starts, tops, ends, lows = zip(*rects, strict=True)
        return [Segment(words, Rect(min(starts), min(tops), max(ends), max(lows)), bold)]

    def _runs(self, spans: list[tuple[int, int, _Type]]) -> Iterator[_Run]:
        """The runs on the page, in the order they are printed."""
        text, handle, framed = self.text, self.handle, self._framed
        buffer = Buffer(32 * len(spans))
        address = buffer.address
        for start, end, _kind in spans:
            _loose_box(handle, start, address)
            _loose_box(handle, end - 1, address + 16)
            address += 32
        right, top = self.width + 2, self.height + 2
        boxes = iter_unpack("4f4f", memoryview(buffer.data)[: 32 * len(spans)])
        upright, left, bottom = self.frame == 0, self.left, self.bottom
        for (start, end, kind), box in zip(spans, boxes, strict=True):
            if upright:  # `_framed`, where nearly all pages need it
                x0, x1, low = box[0] - left, box[6] - left, box[3] - bottom
                first_end, last_begin, last_low = box[2] - left, box[4] - left, box[7] - bottom
            else:
                x0, first_end, low = framed(*box[:4])
                last_begin, x1, last_low = framed(*box[4:])
            if not -2 <= (x0 + x1) / 2 <= right or not -2 <= low <= top:
                continue
            miss = _SLACK * kind.size
            if (
                end - start == 1
                or (-miss < low - last_low < miss and is_syllable(text[start:end].rstrip(".,;:")))
                or self._is_sound(start, end, miss)
            ):
                yield start, end, x0, x1, low, first_end - x0, x1 - last_begin, kind
            else:
                yield from self._parts(start, end)

    def _is_sound(self, start: int, end: int, miss: float) -> bool:
        """Whether letters that make no syllable follow each other closely, on one height."""
        boxes = [self._box(at) for at in range(start, end)]
        widths = sum([x1 - x0 for x0, x1, _low in boxes])
        return (
            -miss < boxes[-1][1] - boxes[0][0] - widths < miss
            and -miss < boxes[-1][2] - boxes[0][2] < miss
        )

    def _parts(self, start: int, end: int) -> Iterator[_Run]:
        """A run cut where letters stand apart or on another height; what is printed twice left out."""
        begin: int | None = None
        boxes = [self._box(at) for at in range(start, end)]
        kept: list[int] = []
        for at in range(start, end):
            x0, x1, low = boxes[at - start]
            size = self._type_at(at).size
            if any(
                self.text[at] == self.text[twin]
                and abs(x0 - boxes[twin - start][0]) < _SLACK * size
                and abs(low - boxes[twin - start][2]) < _SLACK * size
                for twin in kept[-2:]
            ):
                if begin is not None:
                    yield self._part(begin, kept[-1] + 1, boxes, start)
                begin = None
                continue
            if begin is not None:
                x1_before, low_before = boxes[kept[-1] - start][1:]
                apart = x0 - x1_before > WORD_GAP * max(size, x1 - x0)
                if apart or abs(low - low_before) > _SLACK * size:
                    yield self._part(begin, at, boxes, start)
                    begin = at
            else:
                begin = at
            kept.append(at)
        if begin is not None:
            yield self._part(begin, end, boxes, start)

    def _part(self, start: int, end: int, boxes: list[tuple[float, float, float]], offset: int) -> _Run:
        first, last = boxes[start - offset], boxes[end - 1 - offset]
        widths = first[1] - first[0], last[1] - last[0]
        return start, end, first[0], last[1], first[2], *widths, self._type_at(start)

    def _box(self, at: int) -> tuple[float, float, float]:
        """x0, x1 and the lower edge of a character; without width where PDFium put it in."""
        _loose_box(self.handle, at, self.small.address)
        return self._framed(*unpack_from("4f", self.small.data))

    def _type_at(self, at: int) -> _Type:
        """The type of the text object that character `at` stands in. Raises Doubtful."""
        shape = _text_object(self.handle, at)
        known = self.types.get(shape)
        if known is not None:
            return known
        if _map_error(self.handle, at) == 1:
            raise Doubtful("glyphs without a letter")
        _matrix(self.handle, at, self.small.address)
        font: int = (_font_of(shape) if shape else None) or 0
        setting = font, _font_size(self.handle, at), bytes(self.small.data[:16])
        found = self.settings.get(setting)
        if found is None:
            a, b, c, d = unpack_from("4f", self.small.data)
            if font and font not in self.bold:
                self.bold[font] = _is_bold(font)
            found = _Type(setting[1] * hypot(c, d), self.bold.get(font, False), _turn(a, b))
            self.settings[setting] = found
        if shape:
            self.types[shape] = found
        return found


def _turn(a: float, b: float) -> int | None:
    """The turn that puts text upright, by the first row of its matrix."""
    if abs(b) <= 0.1 * abs(a):
        return 0 if a > 0 else 180
    if abs(a) <= 0.1 * abs(b):
        return 90 if b > 0 else 270
    return None


def _is_bold(font: int) -> bool:
    name = Buffer(256)
    _font_name(font, name.address, 256)
    base = bytes(name.data).partition(b"\0")[0].decode("utf-8", "replace")
    if not base:
        raise Doubtful("Type3 font")
    if sign_of(base):
        raise Doubtful("legacy font")
    return BOLD_FONT.search(base) is not None
