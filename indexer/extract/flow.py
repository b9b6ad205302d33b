"""The content of word-processor formats as they all have it: paragraphs of runs, and tables.

A reader of a format (DOC, RTF, ODT, slides) makes `Block`s; here they become lines, decoded from
whatever encoding their fonts stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.extract.assemble import DraftLine, DraftPage, words_of
from indexer.extract.header_columns import header_unglued
from indexer.extract.legacy import LegacyDecoder, Run, capitals
from indexer.extract.repairs import spaced_out_joined
from indexer.extract.tables import table_lines


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one font. Line breaks are \\n, tabs \\t."""

    text: str
    font: str | None = None
    bold: bool = False
    capitals: bool = False  # formatted as capitals, however it was typed


@dataclass(slots=True)
class Paragraph:
    """A paragraph. `label` is the number or bullet that the format keeps apart from the text."""

    spans: list[Span] = field(default_factory=list)
    centered: bool = False
    new_page: bool = False  # begins on a new page
    label: str = ""


Cell = list["Block"]


@dataclass(slots=True)
class Table:
    """A table. `borderless` says that no lines are drawn between its cells."""

    rows: list[list[Cell]] = field(default_factory=list)
    borderless: bool = False


Block = Paragraph | Table


class FlowBuilder:
    """Makes blocks of a stream in which cells and rows are told by where they end (DOC, RTF)."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._cell: Cell = []
        self._row: list[Cell] = []

    def add(self, paragraph: Paragraph, *, in_table: bool) -> None:
        """A paragraph; one that is not `in_table` ends the table before it."""
        if in_table:
            self._cell.append(paragraph)
            return
        self._end_table()
        self._blocks.append(paragraph)

    def end_cell(self) -> None:
        """What was added since the last cell is one."""
        self._row.append(self._cell)
        self._cell = []

    def end_row(self) -> None:
        """The cells since the last row are one."""
        if self._cell:
            self.end_cell()
        if not self._row:
            return
        last = self._blocks[-1] if self._blocks else None
        if not isinstance(last, Table):
            last = Table()
            self._blocks.append(last)
        last.rows.append(self._row)
        self._row = []

    def blocks(self) -> list[Block]:
        """All that was added."""
        self._end_table()
        return self._blocks

    def _end_table(self) -> None:
        """A file may end in the middle of a row, or never have said that it ended."""
        if self._cell or self._row:
            self.end_row()


def runs_of(blocks: Iterable[Block]) -> Iterator[Run]:
    """All runs, for LegacyDecoder."""
    for block in blocks:
        if isinstance(block, Table):
            yield from runs_of(inner for row in block.rows for cell in row for inner in cell)
        else:
            yield from (Run(span.text, span.font) for span in block.spans)


def pages_of(blocks: Sequence[Block], decoder: LegacyDecoder) -> list[DraftPage]:
    """The lines of the blocks; `new_page` begins one, though the page before it be empty."""
    pages = [DraftPage(1)]
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.new_page and at:
            pages.append(DraftPage(len(pages) + 1))
        pages[-1].lines += lines_of([block], decoder)
    for page in pages:
        _join_titles(page.lines)
    pages[0].lines = header_unglued(pages[0].lines)
    return pages


def lines_of(blocks: Iterable[Block], decoder: LegacyDecoder) -> list[DraftLine]:
    """The lines of the blocks, tables row by row or, where they hold columns, column by column."""
    lines: list[DraftLine] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += _paragraph_lines(block, decoder)
        else:
            rows = [[lines_of(cell, decoder) for cell in row] for row in block.rows]
            lines += [line for _row, line in table_lines(rows, borderless=block.borderless)]
    return lines


def _paragraph_lines(paragraph: Paragraph, decoder: LegacyDecoder) -> Iterator[DraftLine]:
    runs = [Run(span.text, span.font) for span in paragraph.spans]
    texts = decoder.decode(runs)
    printed = [
        capitals(text) if span.capitals else text
        for text, span in zip(decoder.printed(runs, texts), paragraph.spans, strict=True)
    ]
    letters = sum(len(text.strip()) for text in texts)
    bold = sum(
        len(text.strip()) for text, span in zip(texts, paragraph.spans, strict=True) if span.bold
    )
    first = True
    for row, shown in zip("".join(texts).split("\n"), "".join(printed).split("\n"), strict=True):
        words = words_of(spaced_out_joined(row), spaced_out_joined(shown))
        if not words:
            continue
        if first and paragraph.label:
            words = [*words_of(paragraph.label), *words]
        yield DraftLine(words, None, bold > letters / 2, paragraph.centered, None, first)
        first = False


def _join_titles(lines: Sequence[DraftLine]) -> None:
    """A title over several centred paragraphs is one block."""
    for before, line in pairwise(lines):
        if before.centered and line.centered and before.column == line.column:
            line.new_paragraph = False
