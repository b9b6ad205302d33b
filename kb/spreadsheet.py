"""Tables for spreadsheets: CSV that Excel opens with Vietnamese letters, and XLSX.

A text that a spreadsheet would take for a formula gets an apostrophe in front (CSV), or is written as
text (XLSX): cells come from documents, which are hostile.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, Any

Cell = str | int | float | date | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_LONGEST = 32_767  # characters of a cell in Excel


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], file: IO[str]) -> int:
    """Write a table as UTF-8 with BOM; how many rows."""
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
        count += 1
    return count


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Cell]], file: IO[bytes]) -> int:
    """Write a table as a workbook of one sheet; how many rows."""
    from openpyxl import Workbook  # takes as long to load as the rest of a command

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, name) for name in columns])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    book.save(file)
    return count


def unguarded(cell: str) -> str:
    """What a cell of such a CSV said."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:g}" if abs(cell) < 1e6 else f"{cell:.0f}"
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_FORMULA) else text


def _cell(sheet: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    cell.value = "".join(c for c in value[:_LONGEST] if c.isprintable() or c in "\n\t")
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell
