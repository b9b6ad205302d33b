"""Excel 97-2003 workbooks (.xls) through xlrd, which tells the font of every cell and run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import xlrd
from olefile import OleFileIO, isOleFile

from indexer.extract.base import Extracted
from indexer.extract.encodings import narrow
from indexer.extract.failures import corrupt, encrypted, too_big
from indexer.extract.flow import Span
from indexer.extract.legacy_fonts import sign_of
from indexer.extract.ole import stream
from indexer.extract.spreadsheet import Row, extracted_sheets, shown_value
from kb.errors import ExtractionFailed
from kb.i18n import _

MAX_BYTES = 100_000_000
_UNICODE_FORMAT = 80  # BIFF8; older files have 8-bit text in a code page
_BOLD = 600  # weight


class XlsExtractor:
    """Reads .xls sheet by sheet; formulas as the values they last had."""

    format = "xls"

    def extract(self, path: Path) -> Extracted:
        """The text with lines; no positions. A sheet is a page."""
        if path.stat().st_size > MAX_BYTES:
            raise too_big(_("hơn %d MB") % (MAX_BYTES // 1_000_000))
        what = _("Bảng tính Excel (.xls)")
        try:
            with Path(os.devnull).open("w") as nowhere:
                book = xlrd.open_workbook(
                    file_contents=_workbook(path), formatting_info=True, logfile=nowhere
                )
            return extracted_sheets(
                self.format, ((sheet.name, _rows(book, sheet)) for sheet in book.sheets())
            )
        except (ExtractionFailed, MemoryError, OSError):
            raise
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).lower():
                raise encrypted(what) from error
            raise corrupt(what) from error
        except Exception as error:  # struct.error, IndexError, AssertionError, UnicodeDecodeError …
            raise corrupt(what) from error


def _workbook(path: Path) -> bytes:
    """The records of the workbook, as xlrd finds them too, but it follows circles of sectors until the
    memory is full. Raises XLRDError where the file is torn."""
    content = path.read_bytes()
    if not isOleFile(data=content):  # Excel 2 to 4
        return content
    try:
        with OleFileIO(BytesIO(content)) as ole:
            name = "Workbook" if ole.exists("Workbook") else "Book"
            records = stream(ole, name)
            told = ole.get_size(name)
    except OSError as error:
        raise xlrd.XLRDError(str(error)) from error
    if len(records) < told:
        raise xlrd.XLRDError("the workbook breaks off")
    return records


def _rows(book: Any, sheet: Any) -> Iterator[Row]:
    for row in range(sheet.nrows):
        cells = (_cell(book, sheet, row, column) for column in range(sheet.row_len(row)))
        yield [spans for spans in cells if spans]


def _cell(book: Any, sheet: Any, row: int, column: int) -> list[Span]:
    cell = sheet.cell(row, column)
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    if cell.ctype == xlrd.XL_CELL_TEXT:
        spans = []
        font_index = style.font_index if style is not None else 0
        runs = [(0, font_index), *sheet.rich_text_runlist_map.get((row, column), ())]
        ends = [start for start, _font in runs[1:]] + [len(cell.value)]
        for (start, index), end in zip(runs, ends, strict=True):
            if start < end:
                spans.append(_span(book, cell.value[start:end], index))
        return spans
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return [Span(shown_value(xlrd.xldate_as_datetime(cell.value, book.datemode)))]
        except (xlrd.xldate.XLDateError, OverflowError, ValueError):
            return [Span(shown_value(cell.value))]
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return [Span(shown_value(cell.value))]
    return []


def _span(book: Any, text: str, font_index: int) -> Span:
    font = book.font_list[font_index] if font_index < len(book.font_list) else None
    name = font.name if font is not None else None
    if book.biff_version < _UNICODE_FORMAT and book.codepage == 1258 and sign_of(name):
        text = narrow(text.encode("cp1258", "replace"))  # legacy letters are Windows-1252
    return Span(text, name, font is not None and font.weight >= _BOLD)
