"""`kb procedure`."""

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
        """Quy trình trong một văn bản hướng dẫn: các bước, hồ sơ, thời hạn, ai chịu trách nhiệm.

        \b
        Ví dụ:
          kb procedure 3f2a9c01b7de
          kb procedure 3f2a9c01b7de --json
        """
    )
)
@click.argument("document_id")
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def procedure(document_id: str, as_json: bool) -> None:
    """Show how something is to be done."""
    with contextlib.closing(Library.open(Settings.load())) as library:
        found = library.knowledge.procedure(document_id, PUBLIC)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
        return
    parts = (
        (_("Các bước"), found.steps),
        (_("Hồ sơ"), found.papers),
        (_("Thời hạn"), found.deadlines),
        (_("Trách nhiệm"), found.duties),
    )
    for title, entries in parts:
        if entries:
            click.secho(title, bold=True)
        for entry in entries:
            click.echo("  " + (f"{entry.label}: " if entry.label else "- ") + entry.text)
    if not any(entries for _title, entries in parts):
        click.echo(_("Văn bản này không nêu quy trình nào."))
