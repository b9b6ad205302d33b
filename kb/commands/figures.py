"""`kb figures`."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from kb.access import PUBLIC
from kb.catalog.figures import Stated
from kb.commands.output import write_table
from kb.figures import table
from kb.i18n import _
from kb.library import Library
from kb.settings import Settings


@click.command(
    help=_(
        """Liệt kê số liệu nêu trong văn bản: bao nhiêu, cái gì, kỳ nào; không cho mã thì lấy tất cả.

        \b
        Ví dụ:
          kb figures 3f2a9c01b7de
          kb figures 3f2a9c01b7de --output so-lieu.xlsx
          kb figures --output so-lieu.csv
        """
    )
)
@click.argument("document_ids", nargs=-1)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Ghi thành bảng .csv hoặc .xlsx."),
)
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def figures(document_ids: tuple[str, ...], output: Path | None, as_json: bool) -> None:
    """Print or export figures."""
    with contextlib.closing(Library.open(Settings.load())) as library:
        for document_id in document_ids:
            library.get(document_id, PUBLIC)
        found = list(library.knowledge.all_figures(PUBLIC, document_ids or None))
    if output is not None:
        count = write_table(output, table.columns(), map(table.row, found))
        click.echo(_("Đã ghi {count} dòng vào {file}.").format(count=count, file=output))
    elif as_json:
        json.dump([table.plain(each) for each in found], sys.stdout, ensure_ascii=False, indent=1)
        click.echo()
    else:
        _print(found)


def _print(found: Iterable[Stated]) -> None:
    last = None
    for each in found:
        if each.id != last:
            click.secho(f"{each.id} {each.title}", bold=True)
            last = each.id
        figure = each.figure
        period = table.period(figure)
        click.echo(f"  {table.amount(figure):>14}  {figure.what}" + (f"  [{period}]" if period else ""))
    if last is None:
        click.echo(_("Không có số liệu nào."))
