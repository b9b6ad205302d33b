"""`kb glossary`."""

from __future__ import annotations

import contextlib
import json
import sys

import click

from kb.access import PUBLIC
from kb.glossary.glossary import Entry
from kb.i18n import _
from kb.library import Library
from kb.settings import Settings

SHOWN = 30  # entries, without --all


@click.command(
    help=_(
        """Tra thuật ngữ và chữ viết tắt: theo các định nghĩa trong văn bản và bảng có sẵn.

        \b
        Không cho từ nào thì liệt kê tất cả; nghĩa nào cũng được nêu, kèm văn bản đã viết như vậy.

        \b
        Ví dụ:
          kb glossary "vận động quần chúng"
          kb glossary ANTT
          kb glossary --all --json > thuat-ngu.json
        """
    )
)
@click.argument("text", nargs=-1)
@click.option("--all", "everything", is_flag=True, help=_("In hết, không chỉ những mục đầu."))
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def glossary(text: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Print entries of the glossary."""
    with contextlib.closing(Library.open(Settings.load())) as library:
        found = library.knowledge.glossary(PUBLIC, " ".join(text))
    if as_json:
        json.dump([entry.to_json() for entry in found], sys.stdout, ensure_ascii=False, indent=1)
        click.echo()
        return
    if not found:
        click.echo(_("Không có mục nào."))
    for entry in found if everything else found[:SHOWN]:
        _print(entry)
    if len(found) > SHOWN and not everything:
        click.echo(_("… còn {count} mục; thêm --all.").format(count=len(found) - SHOWN))


def _print(entry: Entry) -> None:
    click.secho(entry.term, bold=True)
    for meaning in entry.meanings:
        source = (
            _("{count} văn bản").format(count=meaning.documents) if meaning.documents else _("bảng")
        )
        click.echo(f"   {meaning.expansion} ({source})")
    for each in entry.definitions:
        click.echo(f"   {each.text}")
        click.secho(f"     {each.id} {each.symbol or each.title}", dim=True)
