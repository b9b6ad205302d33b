"""Word 97-2003 documents (.doc), read from the binary itself: no other program is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from struct import unpack_from

from indexer.extract.assemble import assemble
from indexer.extract.base import Extracted
from indexer.extract.doc_file import DocFile, Piece, Style, changes, read_doc
from indexer.extract.failures import too_big
from indexer.extract.flow import Block, FlowBuilder, Paragraph, Span, lines_of, pages_of, runs_of
from indexer.extract.landmarks import is_mark
from indexer.extract.legacy import LegacyDecoder
from indexer.extract.legacy_fonts import sign_of
from indexer.extract.legacy_tables import VISCII, VPS
from kb.i18n import _

MAX_BYTES = 200_000_000
_LONGEST_CHAIN = 12  # styles based on each other in a circle must end somewhere
# Property changes ([MS-DOC] 2.6.1, 2.6.2) that matter here.
_BOLD, _CAPITALS, _HIDDEN, _DELETED, _SPECIAL = 0x0835, 0x083B, 0x083C, 0x0800, 0x0855
_ASCII_FONT, _OTHER_FONT, _CHARACTER_STYLE, _SYMBOL = 0x4A4F, 0x4A51, 0x4A30, 0x6A09
_IN_TABLE, _ROW_END, _DEPTH, _NEW_PAGE = 0x2416, 0x2417, 0x6649, 0x2407
_ALIGNED = (0x2403, 0x2461)
_LIST, _LEVEL = 0x460B, 0x260A
_NO_LIST = (0, 0xF801)
_CENTER = 1
_PARAGRAPH_ENDS = "\r\x07\x0c"
# Characters that stand for something else ([MS-DOC] 2.4.1 and 2.8.25).
_FIELD_BEGIN, _FIELD_SEPARATOR, _FIELD_END = "\x13", "\x14", "\x15"
# An optional hyphen is U+00AD, the letter ư of TCVN3; where it is a hyphen, cleaning drops it.
_SHOWN_AS = {"\x0b": "\n", "\t": "\t", "\x1e": "-", "\x1f": "\xad"}


class DocExtractor:
    """Reads .doc of Word 97 and later with fonts, and of Word 6 and 95 as plain paragraphs."""

    format = "doc"

    def extract(self, path: Path) -> Extracted:
        """The text with lines; no positions. Page breaks set by hand part pages."""
        if path.stat().st_size > MAX_BYTES:
            raise too_big(_("hơn %d MB") % (MAX_BYTES // 1_000_000))
        doc = read_doc(path.read_bytes())
        reader = _Reader(doc)
        blocks = {name: reader.blocks(doc.parts.get(name, ())) for name in _SHOWN}
        decoder = LegacyDecoder(run for part in blocks.values() for run in runs_of(part))
        pages = pages_of(blocks["main"], decoder)
        marks = {line.text: line for line in lines_of(blocks["headers"], decoder) if is_mark(line.text)}
        pages[0].lines = [*marks.values(), *pages[0].lines]
        for name in ("boxes", "footnotes", "endnotes"):
            pages[-1].lines += lines_of(blocks[name], decoder)
        return assemble(self.format, pages, warnings=decoder.warnings())


# Page headers give the marks of secrecy and urgency; the rest there is page numbers and names of files.
_SHOWN = ("main", "headers", "boxes", "footnotes", "endnotes")


@dataclass(slots=True)
class _Look:
    """The character properties that hold for a piece."""

    bold: bool = False
    capitals: bool = False
    hidden: bool = False
    special: bool = False
    ascii_font: int | None = None
    other_font: int | None = None
    symbol: int | None = None

    def change(self, properties: bytes) -> None:
        for code, operand in changes(properties):
            if code == _BOLD:
                self.bold = _switched(self.bold, operand[0])
            elif code == _CAPITALS:
                self.capitals = _switched(self.capitals, operand[0])
            elif code in (_HIDDEN, _DELETED):
                self.hidden = operand[0] == 1
            elif code == _SPECIAL:
                self.special = operand[0] == 1
            elif code == _ASCII_FONT:
                self.ascii_font = unpack_from("<H", operand)[0]
            elif code == _OTHER_FONT:
                self.other_font = unpack_from("<H", operand)[0]
            elif code == _SYMBOL:
                self.other_font, self.symbol = unpack_from("<HH", operand)


def _switched(before: bool, operand: int) -> bool:
    """0 and 1 are off and on, 0x80 is as the style has it, 0x81 the opposite."""
    return bool(operand & 1) != (before and operand >= 0x80)


@dataclass(slots=True)
class _Layout:
    """The paragraph properties that hold where a paragraph ends."""

    centered: bool = False
    in_table: bool = False
    row_end: bool = False
    new_page: bool = False
    list_number: int = 0
    level: int = 0

    def change(self, properties: bytes) -> None:
        for code, operand in changes(properties):
            if code == _LIST:
                self.list_number = unpack_from("<H", operand)[0]
            elif code == _LEVEL:
                self.level = operand[0]
            elif code in _ALIGNED:
                self.centered = operand[0] == _CENTER
            elif code == _IN_TABLE:
                self.in_table = operand[0] == 1
            elif code == _DEPTH:
                self.in_table = any(operand)
            elif code == _ROW_END:
                self.row_end = operand[0] == 1
            elif code == _NEW_PAGE:
                self.new_page = operand[0] == 1


@dataclass(slots=True)
class _Gathered:
    """A paragraph in the making, and the fields that are open."""

    spans: list[Span] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # for each: whether its result has begun
    new_page: bool = False


class _Reader:
    """Makes blocks of the pieces of one file."""

    def __init__(self, doc: DocFile) -> None:
        self._doc = doc
        self._look = lru_cache(maxsize=4_096)(self._resolved_look)
        self._layout = lru_cache(maxsize=4_096)(self._resolved_layout)

    def blocks(self, pieces: Iterable[Piece]) -> list[Block]:
        """The paragraphs and tables of one part of the file."""
        builder = FlowBuilder()
        now = _Gathered()
        for piece in pieces:
            look = self._look(piece.character, piece.paragraph[:2])
            for text in _cut(piece.text):
                if text in _PARAGRAPH_ENDS:
                    # Without properties (Word 6) nobody knows which cells end a row: a cell a line.
                    mark = text if piece.paragraph or text != "\x07" else "\r"
                    self._end(mark, self._layout(piece.paragraph), now, builder)
                else:
                    self._add(text, look, now)
        if now.spans:
            builder.add(Paragraph(now.spans), in_table=False)
        return builder.blocks()

    def _end(self, mark: str, layout: _Layout, now: _Gathered, builder: FlowBuilder) -> None:
        in_table = layout.in_table or mark == "\x07"
        if not layout.row_end:
            new_page = (now.new_page or layout.new_page) and not in_table
            paragraph = Paragraph(now.spans, layout.centered, new_page, self._label(layout))
            builder.add(paragraph, in_table=in_table)
            now.new_page = False
        if mark == "\x07":
            if layout.row_end:
                builder.end_row()
            else:
                builder.end_cell()
        now.new_page = now.new_page or mark == "\x0c"
        now.spans = []

    def _label(self, layout: _Layout) -> str:
        if self._doc.numbering is None or layout.list_number in _NO_LIST:
            return ""
        return self._doc.numbering.label(str(layout.list_number), layout.level)

    def _add(self, text: str, look: _Look, now: _Gathered) -> None:
        font = self._font(look, text)
        sign = sign_of(font)
        if look.special or sign is None or sign.encoding not in (VISCII, VPS):
            text = "".join(_shown(text, now.fields))
        if look.special:
            # A sign out of a symbol font; in a font of letters it may be one of them.
            text = chr(look.symbol & 0xFF) if look.symbol and sign is not None else ""
        if text and not look.hidden and all(now.fields):
            now.spans.append(Span(text, font, look.bold, look.capitals))

    def _font(self, look: _Look, text: str) -> str | None:
        number = look.ascii_font if text.isascii() else look.other_font
        if number is None:
            number = self._doc.standard_font
        fonts = self._doc.fonts
        return fonts[number] if number is not None and number < len(fonts) else None

    # ------------------------------------------------------------ properties

    def _resolved_look(self, properties: bytes, style_number: bytes) -> _Look:
        look = _Look()
        for style in self._chain(style_number):
            look.change(style.character)
        own_style = next((o for code, o in changes(properties) if code == _CHARACTER_STYLE), b"")
        for style in self._chain(own_style):
            look.change(style.character)
        look.change(properties)
        return look

    def _resolved_layout(self, paragraph: bytes) -> _Layout:
        layout = _Layout()
        for style in self._chain(paragraph[:2]):
            layout.change(style.paragraph)
        layout.change(paragraph[2:])
        return layout

    def _chain(self, number: bytes) -> list[Style]:
        """The style of that number and those it is based on, the deepest first."""
        chain: list[Style] = []
        at = unpack_from("<H", number)[0] if len(number) >= 2 else 0
        while at < len(self._doc.styles) and len(chain) < _LONGEST_CHAIN:
            chain.insert(0, self._doc.styles[at])
            at = chain[0].base
        return chain


def _cut(text: str) -> Iterator[str]:
    """`text` in parts: the ends of paragraphs on their own."""
    start = 0
    for at, character in enumerate(text):
        if character in _PARAGRAPH_ENDS:
            if at > start:
                yield text[start:at]
            yield character
            start = at + 1
    if start < len(text):
        yield text[start:]


def _shown(text: str, fields: list[bool]) -> Iterator[str]:
    """What of `text` is seen: a field's result, not its instruction. Keeps account in `fields`."""
    for character in text:
        if character == _FIELD_BEGIN:
            fields.append(False)
        elif character == _FIELD_SEPARATOR and fields:
            fields[-1] = True
        elif character == _FIELD_END and fields:
            fields.pop()
        elif character in _SHOWN_AS:
            if all(fields):
                yield _SHOWN_AS[character]
        elif character >= " " and all(fields):
            yield character
