"""Workbooks as text, whatever program wrote them: a page for each sheet, a line for each row.

The cells of a row follow each other as words do: most hold a number or a word, and borders between them
would be half of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from indexer.extract.assemble import DraftLine, DraftPage, Word, assemble, words_of
from indexer.extract.base import Extracted
from indexer.extract.failures import too_big
from indexer.extract.flow import Span
from indexer.extract.legacy import LegacyDecoder, Run
from kb.i18n import _

MAX_CELLS = 2_000_000  # filled ones of a workbook
Row = Sequence[Sequence[Span]]  # the runs of each filled cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name on the tab, and the filled cells of its rows."""

    name: str
    rows: list[Row]


def extracted_sheets(
    format_name: str, sheets: Iterable[tuple[str, Iterable[Row]]], title: str | None = None
) -> Extracted:
    """The text of a workbook, given the name of each sheet and the filled cells of its rows.

    Raises ExtractionFailed: too-big, no-text.
    """
    filled = list(_filled(sheets))
    names = [Run(sheet.name) for sheet in filled]
    decoder = LegacyDecoder([*names, *_runs(filled)])
    pages = [
        DraftPage(number, [*_name_line(sheet, len(filled), decoder), *_lines(sheet, decoder)])
        for number, sheet in enumerate(filled, start=1)
    ]
    return assemble(format_name, pages, title=title, warnings=decoder.warnings())


def shown_value(value: object) -> str:
    """A cell's value as the program shows it, ten digits at most: 2022, 12.5, 04/08/2019."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, datetime):
        if value.time() == time():
            return f"{value:%d/%m/%Y}"
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def _filled(sheets: Iterable[tuple[str, Iterable[Row]]]) -> Iterator[Sheet]:
    left = MAX_CELLS
    for name, rows in sheets:
        kept: list[Row] = []
        for row in rows:
            left -= len(row)
            if left < 0:
                raise too_big(_("hơn %d ô trong bảng tính") % MAX_CELLS)
            if row:
                kept.append(row)
        if kept:
            yield Sheet(name, kept)


def _runs(sheets: Iterable[Sheet]) -> Iterator[Run]:
    for sheet in sheets:
        for row in sheet.rows:
            yield from (Run(span.text, span.font) for cell in row for span in cell)


def _name_line(sheet: Sheet, sheets: int, decoder: LegacyDecoder) -> Iterator[DraftLine]:
    """The name parts the sheets of a workbook; of a single sheet it is mostly the program's own."""
    words = words_of(decoder.decode([Run(sheet.name)])[0])
    if sheets > 1 and words:
        yield DraftLine(words, bold=True)


def _lines(sheet: Sheet, decoder: LegacyDecoder) -> Iterator[DraftLine]:
    for row in sheet.rows:
        words: list[Word] = []
        for cell in row:
            runs = [Run(span.text, span.font) for span in cell]
            texts = decoder.decode(runs)
            printed = "".join(decoder.printed(runs, texts))
            words += words_of("".join(texts), printed)
        if words:
            yield DraftLine(words, bold=all(span.bold for cell in row for span in cell))
