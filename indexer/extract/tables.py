"""Tables of formats that have cells (DOCX, HTML) as lines of text.

Two cells side by side that hold a document's header or its end (Nơi nhận, signature) are columns and
are read one after the other. Every other row becomes one line, cells joined by " | ".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.extract.assemble import DraftLine, Word
from indexer.extract.landmarks import is_right_hand, plain

CELL_BORDER = Word("|")
Cell = Sequence[DraftLine]


def table_lines(rows: Sequence[Sequence[Cell]], *, borderless: bool) -> Iterator[tuple[int, DraftLine]]:
    """The lines of a table, each with the index of the row it comes from (0 for whole columns).

    `borderless` says that two columns without other signs are columns, not rows of a table.
    """
    width = max((len(cells) for cells in rows), default=0)
    filled = [at for at in range(width) if any(cells[at : at + 1] and cells[at] for cells in rows)]
    columns = [[line for cells in rows if at < len(cells) for line in cells[at]] for at in filled]
    if len(columns) == 1:
        yield from ((0, line) for line in columns[0])
    elif len(columns) == 2 and (borderless or _is_side_by_side(*columns)):
        for name, column in zip(("left", "right"), columns, strict=True):
            for at, line in enumerate(column):
                yield 0, replace(line, column=line.column or name, new_paragraph=at == 0)
    else:
        for number, cells in enumerate(rows):
            words = _joined(cells)
            if words:
                bold = all(line.bold for cell in cells for line in cell)
                yield number, DraftLine(words, bold=bold)


def _is_side_by_side(left: Cell, right: Cell) -> bool:
    return any(is_right_hand(line.text) for line in right) or any(
        plain(line.text).startswith("noi nhan") for line in left
    )


def _joined(cells: Sequence[Cell]) -> list[Word]:
    words: list[Word] = []
    for cell in cells:
        content = [word for line in cell for word in line.words]
        if content:
            words += [CELL_BORDER, *content] if words else content
    return words
