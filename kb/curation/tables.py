"""Fields of all documents as a table to edit: CSV for Excel, or JSON; written and read again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import IO, Any

from kb import spreadsheet
from kb.curation.curator import Row
from kb.curation.fields import KEYS
from kb.errors import BadInput
from kb.i18n import _

COLUMNS = ("id", "source", *KEYS)
MAX_BYTES = 200_000_000


def write_csv(rows: Iterable[Row], file: IO[str]) -> int:
    """Write a table that Excel opens with Vietnamese letters (UTF-8 with BOM); how many rows."""
    cells = ((row.id, row.source, *(row.values[name] for name in KEYS)) for row in rows)
    return spreadsheet.write_csv(COLUMNS, cells, file)


def write_json(rows: Iterable[Row], file: IO[str]) -> int:
    """Write a list of objects; how many."""
    table = [{"id": row.id, "source": row.source, **row.values} for row in rows]
    json.dump(table, file, ensure_ascii=False, indent=1)
    file.write("\n")
    return len(table)


def read(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """Document ids and their fields, from either form; columns that are missing say nothing.

    Raises BadInput: not such a table, an unknown column, a row without an id.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(_("tệp không phải UTF-8")) from error
    table = _json(text) if text.lstrip().startswith("[") else _csv(text)
    return [_row(number, row) for number, row in enumerate(table, 1)]


def _csv(text: str) -> Iterable[Mapping[str, Any]]:
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4096], ",;\t")
    except csv.Error:
        dialect = csv.excel
    reader = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect)
    try:
        return [
            {name: spreadsheet.unguarded(cell or "") for name, cell in row.items() if name}
            for row in reader
        ]
    except csv.Error as error:
        raise _bad(str(error)) from error


def _json(text: str) -> Iterable[Mapping[str, Any]]:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _bad(str(error)) from error
    if not all(isinstance(row, dict) for row in table):
        raise _bad(_("phải là một danh sách các văn bản"))
    return table  # type: ignore[no-any-return]


def _row(number: int, row: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    unknown = [name for name in row if name not in COLUMNS]
    if unknown:
        raise _bad(_("dòng {number}: không có cột “{name}”").format(number=number, name=unknown[0]))
    if not all(isinstance(value, str) for value in row.values()):
        raise _bad(_("dòng {number}: mọi giá trị phải là chữ").format(number=number))
    if not row.get("id"):
        raise _bad(_("dòng {number}: thiếu cột id").format(number=number))
    return row["id"].strip(), {name: row[name] for name in KEYS if name in row}


def _bad(reason: str) -> BadInput:
    return BadInput(
        _("Không đọc được bảng: {reason}.").format(reason=reason),
        _("Dùng tệp do kb export tạo ra, lưu lại dạng CSV (UTF-8) hoặc JSON."),
    )
