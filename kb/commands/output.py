"""Writes what a command found into the file a person named."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO

from kb import spreadsheet
from kb.errors import BadInput
from kb.i18n import _
from kb.spreadsheet import Cell


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """A table by the name's ending, .xlsx or .csv; how many rows. Raises BadInput."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return write_file(path, lambda file: spreadsheet.write_xlsx(columns, rows, file))
    if ending == ".csv":
        return write_file(path, lambda file: _csv(columns, rows, file))
    raise unknown_ending(path, ".xlsx, .csv")


def write_file(path: Path, write: Callable[[IO[bytes]], int]) -> int:
    """A file, only once it is complete: what stood there stays where writing fails. Raises BadInput."""
    content = io.BytesIO()
    count = write(content)
    try:
        path.write_bytes(content.getvalue())
    except OSError as error:
        raise BadInput(
            _("Không ghi được {file}: {error}").format(file=path, error=error.strerror),
            _("Chọn thư mục khác."),
        ) from error
    return count


def unknown_ending(path: Path, known: str) -> BadInput:
    """The name says no form that can be written."""
    return BadInput(
        _("Không biết ghi dạng nào: {file}").format(file=path),
        _("Đuôi tệp: {known}").format(known=known),
    )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], file: IO[bytes]) -> int:
    text = io.StringIO(newline="")
    count = spreadsheet.write_csv(columns, rows, text)
    file.write(text.getvalue().encode())
    return count
