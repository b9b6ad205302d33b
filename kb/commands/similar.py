"""`kb similar`."""

from __future__ import annotations

import contextlib
import json

import click

from kb.access import PUBLIC
from kb.i18n import _
from kb.library import Library
from kb.settings import Settings


@click.command(
    help=_(
        """Liệt kê các văn bản về cùng một việc với văn bản này, giống nhất trước.

        \b
        Bản sao và dự thảo của chính văn bản không được tính; xem chúng bằng kb show.

        \b
        Ví dụ:
          kb similar 3f2a9c01b7de
          kb similar 3f2a9c01b7de -n 20 --json
        """
    )
)
@click.argument("document_id")
@click.option("-n", "--limit", type=click.IntRange(1, 50), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def similar(document_id: str, limit: int, as_json: bool) -> None:
    """List similar documents."""
    with contextlib.closing(Library.open(Settings.load())) as library:
        found = library.similar(document_id, PUBLIC, limit)
    if as_json:
        click.echo(json.dumps([item.to_json() for item in found], ensure_ascii=False, indent=1))
    elif not found:
        click.echo(_("Không có văn bản nào gần với văn bản này."))
    for item in found if not as_json else ():
        day = f"{item.sort_date:%d/%m/%Y}" if item.sort_date else _("không rõ ngày")
        click.echo(" ".join(part for part in (item.id, item.symbol, day) if part))
        click.echo(f"   {item.title}")
