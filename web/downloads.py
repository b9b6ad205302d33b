"""Tables as files that the browser saves."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from flask import Response

from kb import spreadsheet
from kb.spreadsheet import Cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def spreadsheet_response(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], name: str, form: str
) -> Response:
    """A table as `name`.xlsx or `name`.csv; `name` is plain ASCII."""
    if form == "xlsx":
        book = io.BytesIO()
        spreadsheet.write_xlsx(columns, rows, book)
        content, mimetype = book.getvalue(), XLSX
    else:
        text = io.StringIO(newline="")
        spreadsheet.write_csv(columns, rows, text)
        content, mimetype = text.getvalue().encode(), "text/csv; charset=utf-8"
    return Response(
        content,
        content_type=mimetype,
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )
