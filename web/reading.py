"""A document's text shaped for reading: pages of headings, paragraphs and list items.

PDF lines end where the paper ends; here they are joined into paragraphs again. This is display
only: every block is a range of `Document.text`, a joined line end is shown as a blank (one
character for one character), so that marks and anchors stay where they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kb.model import Document, Page, Section, Span
from kb.vietnamese.normalise import fold
from web.marking import Mark, Piece, cut

# head: the type and subject that a printed document centres; signature: the lines around the
# signer's name; row: of a table; line: any other short line on its own
BlockKind = Literal["heading", "paragraph", "item", "line", "row", "head", "signature"]

# The start of an item or article: "- ", "+ ", "1. ", "2.1. ", "a) ", "IV. ", "Điều 5.", "Chương II".
_ITEM = re.compile(r"(?:[-–+•*]\s|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s|[IVXL]{1,6}[.)-]\s)")
_NEW_PARAGRAPH = re.compile(
    r"(?:Phần|Chương|Mục|Tiểu mục|Điều|Phụ lục|PHẦN|CHƯƠNG|MỤC|PHỤ LỤC)\s+[\dIVXLA-Z]|"
    r"(?:Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị|Kính gửi|Nơi nhận|Số\s*:)\b"
)
_LABEL = re.compile(r"Điều\s+\d+[a-zđ]?[.:]")
_ENDS = re.compile(r"[.:;!?…,][\"”)]*$")
_CELL_END = " | "  # how extractors write a table's row
_FULL_LINE = 0.75  # of the usual width: a shorter line is the last of its paragraph
_MIN_WIDTH = 45  # characters: narrower texts (tables, poems) are left as they are
_MAX_WIDTH = 140  # characters: no paper is wider, such a line is a whole paragraph
_HEADING_MAX = 220  # characters: longer "headings" are whole paragraphs with a number
_UNTITLED_MAX = 40  # characters: a section without a title is a heading only if it is this short
_FORM_LINES = 16  # lines the two columns at the top of a document may have (Nghị định 30/2020)
_FORM_WIDTH = 90  # characters a line in a column may have; a longer one is no form
_DATE_LINE = re.compile(r", ngay\b.{0,12}\bthang\b")  # "Hà Tĩnh, ngày 15 tháng 6 năm 2022", folded
_RIGHT_COLUMN = ("cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam")  # how it begins


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, item or heading: characters start:end of Document.text, cut at the marks.

    `level` is a heading's. `tight` says that no blank line stood before the block. `lead` is the
    label a paragraph begins with ("Điều 1."), `pieces` what follows it; `cells` are the pieces of
    each cell of a table's row.
    """

    kind: BlockKind
    start: int
    end: int
    pieces: tuple[Piece, ...]
    level: int = 0
    tight: bool = False
    lead: tuple[Piece, ...] = ()
    cells: tuple[tuple[Piece, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """One page of the source. `left` and `right` are the columns at the top of a first page."""

    number: int
    blocks: tuple[Block, ...]
    left: tuple[Block, ...] = ()
    right: tuple[Block, ...] = ()
    label: str | None = None  # what the file calls the page, where that is not its number


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole document, as pages."""

    pages: tuple[ReadingPage, ...]
    starts: tuple[int, ...]  # of all blocks, in order

    def block_start(self, offset: int) -> int:
        """Where the block begins that holds the character `offset`: the name of its anchor."""
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return self.starts[index] if self.starts else 0


def shape(document: Document, marks: Sequence[Mark] = ()) -> Reading:
    """The document as pages of blocks. `marks` come from `marking.join`."""
    text = document.text
    headings = _headings(document)
    form_spans = _form_spans(document)
    width = _usual_width(text) if document.format in ("pdf", "txt") else 0
    display = text.replace("\n", " ")  # same length
    pages = []
    for page in document.pages or (Page(1, 0, len(text)),):
        blocks: list[Block] = []
        for start, end in _paragraphs(text, page, headings, width):
            kind, level = _kind(text[start:end], start, headings.get(start), form_spans, width)
            tight = bool(blocks) and text.count("\n", blocks[-1].end, start) == 1
            label = _LABEL.match(text, start, end) if kind in ("paragraph", "line") else None
            body = label.end() if label else start
            lead, pieces = cut(display, marks, start, body), cut(display, marks, body, end)
            cells = tuple(cut(display, marks, *cell) for cell in _cells(text, start, end))
            blocks.append(Block(kind, start, end, pieces, level, tight, lead, cells))
        pages.append(ReadingPage(page.number, tuple(blocks), label=page.label))
    starts = tuple(block.start for page in pages for block in page.blocks)
    pages = _with_signature(pages, document)
    if pages:
        pages[0] = _with_columns(pages[0], text)
    return Reading(tuple(pages), starts)


def page_at(pages: Sequence[Page], offset: int) -> int:
    """The number of the page that holds the character `offset`; 1 where there are no pages."""
    index = bisect_right(pages, offset, key=lambda page: page.start) - 1
    return pages[max(index, 0)].number if pages else 1


# ---------------------------------------------------------------- lines and paragraphs


def _lines(text: str, page: Page) -> Iterator[tuple[int, int]]:
    """Ranges of the page's lines without outer blanks; an empty range for a blank line."""
    position = page.start
    for line in text[page.start : page.end].split("\n"):
        inner = line.strip()
        start = position + (len(line) - len(line.lstrip()) if inner else 0)
        yield start, start + len(inner)
        position += len(line) + 1


def _usual_width(text: str) -> int:
    """The length most full lines have, or 0 where lines are not broken by a page's width."""
    lengths = sorted(n for n in (len(line.strip()) for line in text.split("\n")) if n)
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.85)]
    # A few much longer lines are paragraphs without line breaks, and then all lines are.
    hard_broken = _MIN_WIDTH <= width <= _MAX_WIDTH and lengths[-1] <= 1.5 * width
    return width if hard_broken else 0


def _paragraphs(
    text: str, page: Page, headings: Mapping[int, Section], width: int
) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    last = (0, 0)  # the last line of `current`
    for line in _lines(text, page):
        if line[0] == line[1]:
            if current:
                yield current
            current = None
        elif current and line[0] not in headings and _continues(text, last, line, width):
            current = (current[0], line[1])
        else:
            if current:
                yield current
            current = line
        last = line
    if current:
        yield current


def _continues(text: str, last: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """True where `line` goes on with the paragraph whose last line is `last`."""
    if not width:
        return False
    before, after = text[slice(*last)], text[slice(*line)]
    if _CELL_END in before or _CELL_END in after:
        return False
    if _ITEM.match(after) or _NEW_PARAGRAPH.match(after) or _capitals(before) != _capitals(after):
        return False
    if len(before) >= _FULL_LINE * width:
        # A full line that ends a sentence may still be followed by a new paragraph; it is then
        # shown as one, which reads well enough. The other way round would not.
        return True
    return after[0].islower() and not _ENDS.search(before) and len(before) >= width / 2


def _capitals(line: str) -> bool:
    return line.isupper() and len(line) > 3


# ---------------------------------------------------------------- kinds of blocks


def _headings(document: Document) -> dict[int, Section]:
    """The sections by where their label starts, and their title where that is a line of its own."""
    starts = {}
    for section in document.sections:
        starts[section.start] = section
        if section.title:
            begin = section.title[:_MIN_WIDTH]  # a long title is broken over lines
            title = document.text.find(begin, section.start, section.start + _HEADING_MAX)
            if title > 0 and document.text[title - 1] == "\n":
                starts[title] = section
    return starts


def _form_spans(document: Document) -> tuple[Span, ...]:
    """Where the type and the subject stand."""
    metadata = document.metadata
    spans = (value.span for value in (metadata.kind, metadata.subject, metadata.title) if value)
    return tuple(span for span in spans if span is not None)


def _kind(
    block: str, start: int, section: Section | None, form_spans: tuple[Span, ...], width: int
) -> tuple[BlockKind, int]:
    # Most of the block, and not a few words of a paragraph that happen to name the type.
    end = start + len(block)
    if any(2 * (min(s.end, end) - max(s.start, start)) >= len(block) for s in form_spans):
        return "head", 0
    if section is not None and len(block) <= (_HEADING_MAX if section.title else _UNTITLED_MAX):
        return "heading", section.level
    if _CELL_END in block:
        return "row", 0
    if _ITEM.match(block):
        return "item", 0
    if len(block) < (_FULL_LINE * width or _MIN_WIDTH) and not _ENDS.search(block):
        return "line", 0
    return "paragraph", 0


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of a row's cells; none where the block is no row."""
    if _CELL_END not in text[start:end]:
        return
    while (cell_end := text.find(_CELL_END, start, end)) >= 0:
        yield start, cell_end
        start = cell_end + len(_CELL_END)
    yield start, end


def _with_columns(page: ReadingPage, text: str) -> ReadingPage:
    """The page with the two columns above its type taken apart, where it has that form.

    The text holds the left column (issuer, number, a letter's subject) first, then the right one:
    the nation's name, its motto, place and date.
    """
    form = [text[block.start : block.end] for block in page.blocks[:_FORM_LINES]]
    for index, line in enumerate(form):
        if len(line) > _FORM_WIDTH:
            break
        if fold(line).startswith(_RIGHT_COLUMN):
            dates = (i + 1 for i in range(index, len(form)) if _DATE_LINE.search(fold(form[i])))
            end = next(dates, index + 2)
            left, right = page.blocks[:index], page.blocks[index:end]
            return replace(page, blocks=page.blocks[end:], left=left, right=right)
    return page


def _with_signature(pages: list[ReadingPage], document: Document) -> list[ReadingPage]:
    """The pages with the signer's name, and the offices in capitals above it, told apart."""
    signer = document.metadata.signer
    if signer is None or signer.span is None:
        return pages
    return [_sign(page, signer.span, document.text) for page in pages]


def _sign(page: ReadingPage, name: Span, text: str) -> ReadingPage:
    blocks = list(page.blocks)
    last = next((i for i, b in enumerate(blocks) if b.start <= name.start < b.end), None)
    if last is None or blocks[last].kind != "line":
        return page
    first = last
    while first and blocks[first - 1].kind == "line":
        above = text[blocks[first - 1].start : blocks[first - 1].end]
        if not (above.isupper() or above.startswith("(")):  # (Đã ký)
            break
        first -= 1
    for index in range(first, last + 1):
        blocks[index] = replace(blocks[index], kind="signature")
    return replace(page, blocks=tuple(blocks))
