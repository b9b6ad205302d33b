"""`kb unit`."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from typing import Any

import click

from kb.access import PUBLIC
from kb.errors import NotFound
from kb.i18n import _
from kb.library import Library
from kb.overview import UnitOverview, unit_overview
from kb.results import FacetValue
from kb.settings import Settings
from kb.vietnamese import unit_ids, units

SHOWN = 10  # of each list


@click.command(
    help=_(
        """Đơn vị: thuộc đâu, trước là gì, nay là gì, có những văn bản nào trong kho.

        \b
        Gọi bằng tên, chữ viết tắt hay mã.

        \b
        Ví dụ:
          kb unit PV05
          kb unit "Công an huyện Nghi Xuân"
          kb unit cat-binh-duong --json
        """
    )
)
@click.argument("name", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def unit(name: tuple[str, ...], as_json: bool) -> None:
    """Show a unit."""
    asked = " ".join(name)
    with contextlib.closing(Library.open(Settings.load())) as library:
        found = unit_overview(library, _id_of(asked), PUBLIC)
    if as_json:
        click.echo(json.dumps(plain(found), ensure_ascii=False, indent=1))
        return
    click.secho(found.label, bold=True)
    click.echo(found.id)
    if found.ended:
        click.echo(_("Đến hết ngày {day}").format(day=f"{found.ended:%d/%m/%Y}"))
    if found.after:
        click.echo(_("Nay là: {name}").format(name=f"{found.after[1]} ({found.after[0]})"))
    for title, pairs in ((_("Thuộc"), found.above), (_("Trước đây, gồm cả"), found.before)):
        if pairs:
            click.echo(f"{title}: " + "; ".join(label for _id, label in pairs[:SHOWN]))
    click.echo(_("{count} văn bản").format(count=found.total))
    for title, values in (
        (_("Năm"), found.years),
        (_("Chủ đề"), found.topics),
        (_("Cấp dưới"), found.below),
    ):
        if values:
            click.echo(f"{title}: " + ", ".join(f"{v.label} ({v.count})" for v in values[:SHOWN]))


def plain(found: UnitOverview) -> dict[str, Any]:
    """Plain data with the documented keys (docs/json.md)."""

    def pairs(given: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
        return [{"id": id, "label": label} for id, label in given]

    def counts(values: Sequence[FacetValue]) -> list[dict[str, Any]]:
        return [{"value": v.value, "label": v.label, "count": v.count} for v in values]

    return {
        "id": found.id,
        "label": found.label,
        "above": pairs(found.above),
        "before": pairs(found.before),
        "after": pairs([found.after])[0] if found.after else None,
        "ended": found.ended.isoformat() if found.ended else None,
        "documents": found.total,
        "years": counts(found.years),
        "topics": counts(found.topics),
        "below": counts(found.below),
    }


def _id_of(asked: str) -> str:
    if unit_ids.is_known(asked):
        return asked
    match = units.by_code(asked.upper()) or units.resolve(asked)
    if match is None:
        raise NotFound(
            _("Không biết đơn vị “{id}”.").format(id=asked), _("Viết đủ tên, như: Công an tỉnh Hà Tĩnh")
        )
    return match.id
