"""The parts of a Word 97-2003 file: text pieces, formatting runs, fonts and styles.

After [MS-DOC]. The text lies in pieces (sections 2.8.35 Clx, 2.9.177 PlcPcd), 8-bit or UTF-16; what
is said of it lies in pages of 512 bytes (2.9.33 ChpxFkp, 2.9.174 PapxFkp) as lists of property changes
(2.2.5.1 Sprm). Every offset of the file is checked by slicing: what points outside gives nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from struct import error as struct_error
from struct import unpack_from

from olefile import OleFileIO

from indexer.extract.doc_numbering import read_numbering
from indexer.extract.encodings import narrow
from indexer.extract.failures import corrupt, encrypted
from indexer.extract.numbering import Numbering
from indexer.extract.ole import stream
from kb.i18n import _

_WORD97 = 0xC1  # nFib from which on files are as described here; Word 6 and 95 are older
_FKP = 512
_MOST_PIECES = 200_000
# Which 4 + 4 bytes of the FIB (offset, length) lead to what, in the table stream.
_STYLES, _CHARACTERS, _PARAGRAPHS, _FONTS, _PIECES = 0xA2, 0xFA, 0x102, 0x112, 0x1A2
_LENGTHS = 0x4C  # ccpText and the lengths of the other texts: footnotes, headers, macros, …
_OLD_PIECES, _OLD_LENGTHS = 0x160, 0x34  # in Word 6 and 95
_OPERAND_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # by the upper three bits of a sprm; 0: told by a byte
_LONG_TABLE = 0xD608  # sprmTDefTable: its size takes two bytes


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one formatting: its character and paragraph properties, as sprms."""

    text: str
    character: bytes  # a list of property changes
    paragraph: bytes  # style number (2 bytes), then a list of property changes


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style."""

    base: int
    character: bytes = b""
    paragraph: bytes = b""


@dataclass(slots=True)
class DocFile:
    """The texts of a file in the order of `PARTS`, its fonts by number, its styles by number."""

    parts: dict[str, list[Piece]] = field(default_factory=dict)
    fonts: list[str] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    standard_font: int | None = None  # where no style names one
    numbering: Numbering | None = None


PARTS = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header-boxes")


def read_doc(content: bytes) -> DocFile:
    """The parts of a .doc file. Raises ExtractionFailed: corrupt, encrypted, too-big."""
    what = _("Tệp Word (.doc)")
    try:
        with OleFileIO(BytesIO(content)) as ole:
            word = stream(ole, "WordDocument")
            flags, version = unpack_from("<H", word, 0x0A)[0], unpack_from("<H", word, 2)[0]
            if flags & 0x0100:
                raise encrypted(what)
            if version < _WORD97:
                return DocFile(_old_parts(word))
            names = ("1Table", "0Table") if flags & 0x0200 else ("0Table", "1Table")
            table = stream(ole, next((name for name in names if ole.exists(name)), names[0]))
        return _Reader(word, table).read()
    except (OSError, struct_error, IndexError, ValueError) as error:
        raise corrupt(what) from error


class _Reader:
    """Reads the parts of a Word 97 file."""

    def __init__(self, word: bytes, table: bytes) -> None:
        self._word = word
        self._table = table
        self._runs = _Formatting(word, self._part(_CHARACTERS), _character_page)
        self._paragraphs = _Formatting(word, self._part(_PARAGRAPHS), _paragraph_page)

    def read(self) -> DocFile:
        lengths = unpack_from(f"<{len(PARTS)}i", self._word, _LENGTHS)
        parts: dict[str, list[Piece]] = {}
        pieces = list(_pieces(self._part(_PIECES)))
        start = 0
        for name, length in zip(PARTS, lengths, strict=True):
            end = start + max(length, 0)
            parts[name] = list(self._texts(pieces, start, end))
            start = end
        sheet = self._part(_STYLES)
        standard_font = unpack_from("<H", sheet, 18)[0] if len(sheet) > 20 else None
        numbering = read_numbering(self._word, self._table)
        return DocFile(parts, _fonts(self._part(_FONTS)), _styles(sheet), standard_font, numbering)

    def _part(self, at: int) -> bytes:
        offset, length = unpack_from("<II", self._word, at)
        return self._table[offset : offset + length]

    def _texts(self, pieces: list[tuple[int, int, int, bool]], start: int, end: int) -> Iterator[Piece]:
        """The characters `start:end` of the file, cut where their formatting changes."""
        for first, last, offset, is_narrow in pieces:
            begin, stop = max(first, start), min(last, end)
            if begin >= stop:
                continue
            width = 1 if is_narrow else 2
            at, final = offset + (begin - first) * width, offset + (stop - first) * width
            final = min(final, len(self._word))
            while at < final:
                character, after = self._runs.at(at)
                paragraph, after_paragraph = self._paragraphs.at(at)
                to = min(final, max(min(after, after_paragraph), at + width))
                to += (to - at) % width
                chunk = self._word[at:to]
                text = narrow(chunk) if is_narrow else chunk.decode("utf-16-le", "replace")
                yield Piece(text, character, paragraph)
                at = to


def _pieces(clx: bytes) -> Iterator[tuple[int, int, int, bool]]:
    """First and last character, offset in the file, and whether it is 8-bit, of every piece."""
    at = 0
    while at < len(clx) and clx[at] == 1:  # property changes of whole pieces
        at += 3 + unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise ValueError("no piece table")
    table = clx[at + 5 : at + 5 + unpack_from("<I", clx, at + 1)[0]]
    count = (len(table) - 4) // 12
    if count > _MOST_PIECES:
        raise ValueError("too many pieces")
    ends = unpack_from(f"<{count + 1}I", table)
    for number in range(count):
        offset = unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)[0]
        is_narrow = bool(offset & 0x40000000)
        offset &= 0x3FFFFFFF
        yield ends[number], ends[number + 1], offset // 2 if is_narrow else offset, is_narrow


def _old_parts(word: bytes) -> dict[str, list[Piece]]:
    """The text of a Word 6 or 95 file, all 8-bit, without formatting."""
    lengths = unpack_from(f"<{len(PARTS)}i", word, _OLD_LENGTHS)
    offset, size = unpack_from("<II", word, _OLD_PIECES)
    complex_file = unpack_from("<H", word, 0x0A)[0] & 0x0004
    if complex_file:
        text = "".join(
            narrow(word[o & 0x3FFFFFFF :][: last - first])
            for first, last, o, _narrow in _pieces(word[offset : offset + size])
        )
    else:
        begin, end = unpack_from("<II", word, 0x18)
        text = narrow(word[begin:end])
    parts, start = {}, 0
    for name, length in zip(PARTS, lengths, strict=True):
        parts[name] = [Piece(text[start : start + max(length, 0)], b"", b"")]
        start += max(length, 0)
    return parts


# ---------------------------------------------------------------- formatting


_Page = tuple[tuple[int, ...], list[bytes]]  # where each stretch starts, what holds there


class _Formatting:
    """Which properties hold at an offset of the file, from the pages of one kind."""

    def __init__(self, word: bytes, table: bytes, read_page: Callable[[bytes, int], _Page]) -> None:
        count = max((len(table) - 4) // 8, 0)
        self._starts = unpack_from(f"<{count + 1}I", table) if count else ()
        self._pages = unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
        self._word = word
        self._page = lru_cache(maxsize=64)(lambda number: read_page(word, number))

    def at(self, offset: int) -> tuple[bytes, int]:
        """The properties at `offset`, and where they end."""
        which = bisect_right(self._starts, offset) - 1
        if not 0 <= which < len(self._pages):
            return b"", len(self._word)
        starts, properties = self._page(self._pages[which] & 0x3FFFFF)
        inside = bisect_right(starts, offset) - 1
        if not 0 <= inside < len(properties):
            return b"", self._starts[which + 1]
        return properties[inside], starts[inside + 1]


def _character_page(word: bytes, number: int) -> _Page:
    page, starts = _page(word, number)
    offsets = page[4 * len(starts) : 4 * len(starts) + len(starts) - 1]
    properties = [page[2 * o + 1 : 2 * o + 1 + page[2 * o]] if o else b"" for o in offsets]
    return starts, properties


def _paragraph_page(word: bytes, number: int) -> _Page:
    page, starts = _page(word, number)
    properties = []
    for entry in range(len(starts) - 1):
        at = 2 * page[4 * len(starts) + 13 * entry]
        size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
        at += 1 if page[at] else 2
        properties.append(page[at : at + size] if at > 2 else b"")
    return starts, properties


def _page(word: bytes, number: int) -> tuple[bytes, tuple[int, ...]]:
    page = word[_FKP * number : _FKP * (number + 1)]
    if len(page) < _FKP:
        return bytes(_FKP), (0,)
    return page, unpack_from(f"<{page[-1] + 1}I", page)


def changes(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """The property changes in a list of them: code and operand."""
    at = 0
    while at + 2 < len(properties):
        code = unpack_from("<H", properties, at)[0]
        at += 2
        size = _OPERAND_SIZES[code >> 13]
        if code == _LONG_TABLE:
            size = unpack_from("<H", properties, at)[0] + 1 if at + 2 <= len(properties) else 2
        elif size == 0:
            size = properties[at] + 1
            yield code, properties[at + 1 : at + size]
            at += size
            continue
        if at + size > len(properties):
            return  # torn
        yield code, properties[at : at + size]
        at += size


# ---------------------------------------------------------------- fonts and styles


def _fonts(table: bytes) -> list[str]:
    """The names of the font table (2.9.286 SttbfFfn)."""
    names: list[str] = []
    if len(table) < 4:
        return names
    at = 4
    for _number in range(unpack_from("<H", table)[0]):
        if at >= len(table):
            break
        entry = table[at + 1 : at + 1 + table[at]]
        name = entry[39:].decode("utf-16-le", "replace")
        names.append(name.partition("\0")[0])
        at += 1 + table[at]
    return names


def _styles(table: bytes) -> list[Style]:
    """The styles (2.9.271 STSH), with what they change."""
    styles: list[Style] = []
    if len(table) < 20:
        return styles
    at = 2 + unpack_from("<H", table)[0]
    count, base_size = unpack_from("<HH", table, 2)
    for _number in range(count):
        if at + 2 > len(table):
            break
        size = unpack_from("<H", table, at)[0]
        styles.append(_style(table[at + 2 : at + 2 + size], base_size))
        at += 2 + size
    return styles


def _style(entry: bytes, base_size: int) -> Style:
    if len(entry) < base_size + 2:
        return Style(base=0xFFF)
    kind_and_base, count_and_next = unpack_from("<HH", entry, 2)
    at = base_size + 2 * unpack_from("<H", entry, base_size)[0] + 4  # past the name
    changes_of: list[bytes] = []
    for _number in range(count_and_next & 0xF):
        at += at % 2
        if at + 2 > len(entry):
            break
        size = unpack_from("<H", entry, at)[0]
        changes_of.append(entry[at + 2 : at + 2 + size])
        at += 2 + size
    base = kind_and_base >> 4
    if kind_and_base & 0xF == 1 and len(changes_of) >= 2:
        return Style(base, changes_of[1], changes_of[0][2:])
    if kind_and_base & 0xF == 2 and changes_of:
        return Style(base, changes_of[0])
    return Style(base)
