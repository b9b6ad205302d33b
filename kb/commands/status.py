"""`kb status`."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import click

from kb.access import PUBLIC
from kb.commands.quality import tell_quality
from kb.i18n import _
from kb.library import Library
from kb.settings import Settings
from kb.status import Status

SHOWN = 50  # rejected files listed without --all


@click.command(
    help=_(
        """Tình trạng kho: số văn bản, chỉ mục, và những tệp chưa đọc được kèm lý do, cách xử lý.

        \b
        Ví dụ:
          kb status
          kb status --all
          kb status --quality            chất lượng chữ theo định dạng, và những văn bản kém nhất
          kb status --json
        """
    )
)
@click.option("--all", "everything", is_flag=True, help=_("Liệt kê hết các tệp chưa đọc được."))
@click.option("--quality", is_flag=True, help=_("Chất lượng chữ của các văn bản đã đọc."))
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def status(everything: bool, quality: bool, as_json: bool) -> None:
    """Print how the library stands."""
    with contextlib.closing(Library.open(Settings.load())) as library:
        if quality:
            tell_quality(library.quality(PUBLIC), as_json=as_json)
            return
        state = library.status(PUBLIC)
    if as_json:
        click.echo(json.dumps(plain(state), ensure_ascii=False, indent=1))
    else:
        _print(state, everything)


def plain(state: Status) -> dict[str, Any]:
    """The stable JSON form (docs/json.md)."""
    return {
        "home": str(state.home),
        "engine": state.engine,
        "documents": state.documents,
        "indexed": state.indexed,
        "pending": state.pending,
        "problem": state.problem,
        "last_added": state.last_indexed.isoformat(timespec="seconds") if state.last_indexed else None,
        "roots": list(state.roots),
        "rejected": [
            {"path": item.path, "code": item.code, "reason": item.reason, "remedy": item.remedy}
            for item in state.rejected
        ],
    }


def _print(state: Status, everything: bool) -> None:
    click.echo(_("Kho dữ liệu:   {home}").format(home=state.home))
    click.echo(_("Văn bản:       {count}").format(count=state.documents))
    click.echo(
        _("Chỉ mục:       {engine}, {indexed} văn bản, {pending} chờ cập nhật").format(
            engine=state.engine, indexed=state.indexed, pending=state.pending
        )
    )
    if state.last_indexed:
        click.echo(
            _("Thêm gần nhất: {at} (UTC)").format(at=state.last_indexed.isoformat(" ", "seconds"))
        )
    for root in state.roots:
        click.echo(_("Nguồn:         {path}").format(path=root))
    if state.problem:
        click.secho(state.problem, fg="red")
    elif state.pending:
        click.secho(_("Có văn bản chưa vào chỉ mục. Chạy: kb reindex"), fg="yellow")
    if not state.rejected:
        return
    click.echo()
    click.secho(_("{count} tệp chưa đọc được:").format(count=len(state.rejected)), bold=True)
    shown = state.rejected if everything else state.rejected[:SHOWN]
    for item in shown:
        click.echo(f"  {item.path}")
        click.echo(f"    {item.reason} → {item.remedy} [{item.code}]")
    if len(shown) < len(state.rejected):
        click.echo(
            _("  … và {count} tệp nữa: kb status --all").format(count=len(state.rejected) - len(shown))
        )
