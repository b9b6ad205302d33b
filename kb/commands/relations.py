"""`kb relations`."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from datetime import date, datetime

import click

from kb.access import PUBLIC
from kb.catalog.relations import Link
from kb.i18n import _
from kb.library import Library
from kb.relations import labels
from kb.relations.reading import RELATIONS
from kb.relations.related import told
from kb.settings import Settings


@click.command(
    help=_(
        """Xem văn bản còn hiệu lực không, vì sao, và liên quan tới văn bản nào.

        \b
        Văn bản chưa có trong kho vẫn được nêu bằng số ký hiệu; khi thêm vào kho thì tự nối.

        \b
        Ví dụ:
          kb relations 3f2a9c01b7de
          kb relations 3f2a9c01b7de --on 2020-01-01
          kb relations 3f2a9c01b7de --json
        """
    )
)
@click.argument("document_id")
@click.option("--on", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), help=_("Hiệu lực vào ngày này."))
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def relations(document_id: str, on: datetime | None, as_json: bool) -> None:
    """Show the relations and the validity of a document."""
    day: date | None = on.date() if on else None
    with contextlib.closing(Library.open(Settings.load())) as library:
        found = library.knowledge.relations(document_id, PUBLIC, day)
        text = library.get(document_id, PUBLIC).document.text
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
        return
    click.secho(told(found.validity), bold=True)
    if found.validity is not None and found.validity.by is not None:
        click.echo("   " + _("bởi {id}").format(id=found.validity.by))
    _print(found.outgoing, text, incoming=False)
    _print(found.incoming, None, incoming=True)


def _print(links: Sequence[Link], text: str | None, *, incoming: bool) -> None:
    for name in RELATIONS:
        chosen = [link for link in links if link.relation == name]
        if chosen:
            click.secho("\n" + labels.relation(name, incoming=incoming), bold=True)
        for link in chosen:
            day = f" {link.issued_on:%d/%m/%Y}" if link.issued_on else ""
            part = f" ({link.part})" if link.part else ""
            where = f" → {link.id} {link.title}" if link.id else " " + _("(chưa có trong kho)")
            if link.ambiguous:
                where += " " + _("(có thể)")
            click.echo(f"  {link.symbol or '?'}{day}{part}{where}")
            if text is not None and name not in ("cites", "based_on"):
                said = " ".join(text[link.evidence.start : link.evidence.end].split())
                click.secho(f"     “{said[:200]}”", dim=True)
