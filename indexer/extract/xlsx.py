"""Excel workbooks (.xlsx, .xlsm) through openpyxl, with the font of every cell and run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.extract.archive import check_archive
from indexer.extract.base import Extracted
from indexer.extract.failures import corrupt
from indexer.extract.flow import Span
from indexer.extract.spreadsheet import Row, extracted_sheets, shown_value
from kb.errors import ExtractionFailed
from kb.i18n import _


class XlsxExtractor:
    """Reads .xlsx sheet by sheet; formulas as the values they last had."""

    format = "xlsx"

    def extract(self, path: Path) -> Extracted:
        """The text with lines; no positions. A sheet is a page."""
        from openpyxl import load_workbook  # slow to load: only where there are sheets

        what = _("Bảng tính Excel (.xlsx)")
        check_archive(path, what)
        try:
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False, rich_text=True)
            try:
                return extracted_sheets(
                    self.format,
                    ((sheet.title, _rows(sheet)) for sheet in book.worksheets),
                    book.properties.title,
                )
            finally:
                book.close()
        except (ExtractionFailed, MemoryError, OSError):
            raise
        except Exception as error:  # zipfile, lxml and openpyxl have no common error
            raise corrupt(what) from error


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    for row in sheet.iter_rows():
        yield [_spans(cell) for cell in row if cell.value is not None]


def _spans(cell: Any) -> list[Span]:
    font = cell.font
    name, bold = (font.name, bool(font.b)) if font is not None else (None, False)
    if not isinstance(cell.value, list):
        return [Span(shown_value(cell.value), name, bold)]
    spans = []
    for part in cell.value:  # rich text: a list of strings, and of blocks with a font of their own
        if isinstance(part, str):
            spans.append(Span(part, name, bold))
        else:
            spans.append(Span(part.text, part.font.rFont or name, bool(part.font.b)))
    return spans
