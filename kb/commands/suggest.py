"""`kb suggest`."""

from __future__ import annotations

import contextlib
import json

import click

from kb.access import PUBLIC
from kb.i18n import _
from kb.library import Library
from kb.results import Suggestion
from kb.settings import Settings


@click.command(
    help=_(
        """Gợi ý cách gõ tiếp: số ký hiệu, cụm từ, chủ đề, đơn vị, loại và tiêu đề có trong kho.

        Từ cuối được coi là đang gõ dở; thêm dấu cách ở cuối nếu đã gõ xong từ ấy.

        \b
        Ví dụ:
          kb suggest "ke hoach ngay h"
          kb suggest 12/KH
          kb suggest antq --json
        """
    )
)
@click.argument("prefix", nargs=-1, required=True)
@click.option("-n", "--limit", type=click.IntRange(1, 50), default=8, show_default=True)
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def suggest(prefix: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Print suggestions for a beginning."""
    text = " ".join(prefix)
    with contextlib.closing(Library.open(Settings.load())) as library:
        found = library.suggest(text, PUBLIC, limit)
    if as_json:
        answer = {"prefix": text, "suggestions": [each.to_json() for each in found]}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    elif not found:
        click.echo(_("Không có gợi ý."))
    for each in () if as_json else found:
        _print(each)


def _print(found: Suggestion) -> None:
    groups = {
        "symbol": _("số ký hiệu"),
        "phrase": _("cụm từ"),
        "topic": _("chủ đề"),
        "unit": _("đơn vị"),
        "kind": _("loại"),
        "title": _("văn bản"),
    }
    label, position = "", 0
    for start, end in found.marks:
        label += found.label[position:start] + click.style(found.label[start:end], bold=True)
        position = end
    behind = str(found.count) if found.count is not None else found.detail
    facts = " · ".join(fact for fact in (groups[found.kind], behind, found.id) if fact)
    click.echo(label + found.label[position:] + "  " + click.style(f"[{facts}]", dim=True))
