"""`kb batch`: many queries at once."""

from __future__ import annotations

import contextlib
import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kb.access import PUBLIC
from kb.commands.output import write_table
from kb.errors import BadInput
from kb.exporting import results
from kb.i18n import _
from kb.library import Library
from kb.results import SearchRequest
from kb.settings import Settings
from kb.spreadsheet import Cell
from kb.vietnamese.normalise import fold

MAX_BYTES = 10_000_000
MAX_QUERIES = 10_000
_HEADERS = {"q", "query", "cau", "cau tim", "cau hoi", "cau truy van", "truy van", "noi dung"}


@click.command(
    help=_(
        """Tìm nhiều câu một lượt: mỗi dòng của tệp CSV (cột đầu) hoặc tệp chữ là một câu tìm.

        \b
        Ví dụ:
          kb batch cau-hoi.csv --output ket-qua.xlsx
          kb batch cau-hoi.txt --output ket-qua.csv -n 3
        """
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Ghi thành bảng .csv hoặc .xlsx."),
)
@click.option("-n", "--limit", type=click.IntRange(1, 100), default=5, show_default=True)  # fmt: skip
def batch(file: Path, output: Path, limit: int) -> None:
    """Search for every query of a file."""
    queries = _read(file)
    few = len(queries) < 50
    with (
        contextlib.closing(Library.open(Settings.load())) as library,
        click.progressbar(queries, label=_("Tìm"), hidden=few, file=sys.stderr) as shown,
    ):
        rows = _rows(library, shown, limit)
        count = write_table(output, [_("Câu tìm"), _("Thứ tự"), *results.columns()], rows)
    click.echo(
        _("{queries} câu, {count} dòng, ghi vào {file}.").format(
            queries=len(queries), count=count, file=output
        )
    )


def _rows(library: Library, queries: Iterator[str], limit: int) -> Iterator[list[Cell]]:
    for query in queries:
        hits = library.search(SearchRequest(query, per_page=limit, facet_limit=1), PUBLIC).hits
        if not hits:
            yield [query, None, _("Không tìm thấy văn bản nào.")]
        for place, row in enumerate(results.rows(hits), 1):
            yield [query, place, *row]


def _read(file: Path) -> list[str]:
    if file.stat().st_size > MAX_BYTES:
        raise BadInput(_("Tệp quá lớn: {file}").format(file=file), _("Chia thành nhiều tệp."))
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            _("{file} không phải UTF-8.").format(file=file), _("Lưu lại ở dạng CSV UTF-8.")
        ) from error
    lines = text.splitlines()
    if file.suffix.lower() == ".csv":
        lines = [row[0] for row in csv.reader(io.StringIO(text)) if row]
    queries = [" ".join(line.split()) for line in lines if line.strip()]
    if queries and fold(queries[0]) in _HEADERS:
        del queries[0]
    if not queries or len(queries) > MAX_QUERIES:
        raise BadInput(
            _("Cần từ 1 đến {most} câu; tệp có {count}.").format(most=MAX_QUERIES, count=len(queries)),
            _("Mỗi dòng một câu tìm."),
        )
    return queries
