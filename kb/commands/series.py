"""`kb chain`, `kb gaps`, `kb series`, `kb compare`."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import click

from kb.access import PUBLIC
from kb.i18n import _
from kb.library import Library
from kb.relations import labels
from kb.series.comparing import Change
from kb.series.finding import PATIENCE, Issue
from kb.settings import Settings

_json = click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))


@contextlib.contextmanager
def _library() -> Iterator[Library]:
    with contextlib.closing(Library.open(Settings.load())) as library:
        yield library


@click.command(
    help=_(
        """Chuỗi thực hiện: văn bản này thực hiện văn bản nào, ai thực hiện nó, ai đã báo cáo.

        \b
        Ví dụ:
          kb chain 3f2a9c01b7de
          kb chain 3f2a9c01b7de --json
        """
    )
)
@click.argument("document_id")
@_json
def chain(document_id: str, as_json: bool) -> None:
    """Show the chain of a document."""
    with _library() as library:
        steps = library.knowledge.chain(document_id, PUBLIC)
    if as_json:
        told = [step.to_json() for step in steps]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    if not steps:
        click.echo(_("Trong kho không có văn bản nào nối với văn bản này."))
    for step in steps:
        name = labels.relation(step.relation, incoming=step.level > 0)
        click.echo(f"{step.level:+d} {name}: {_line(step.issue)}")


@click.command(
    help=_(
        """Kế hoạch chưa có báo cáo trong kho, cũ nhất trước.

        \b
        Báo cáo được nhận ra khi nó nêu số kế hoạch, hoặc cùng đơn vị, cùng nội dung và ban hành sau.

        \b
        Ví dụ:
          kb gaps
          kb gaps --before 2025-01-01
        """
    )
)
@click.option(
    "--before",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    help=_("Chỉ kế hoạch ban hành trước ngày này (mặc định: {days} ngày trước).").format(days=PATIENCE),
)
@_json
def gaps(before: datetime | None, as_json: bool) -> None:
    """List plans without a report."""
    day = before.date() if before else date.today() - timedelta(days=PATIENCE)
    with _library() as library:
        found = library.knowledge.gaps(PUBLIC, day)
    if as_json:
        told = [{**gap.issue.to_json(), "carried_out_by": gap.carried_out_by} for gap in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    if not found:
        click.echo(_("Kế hoạch nào trong kho cũng đã có báo cáo."))
    for gap in found:
        click.echo(_line(gap.issue))


@click.command(
    help=_(
        """Các văn bản cùng loại, cùng đơn vị, cùng việc qua các năm.

        \b
        Ví dụ:
          kb series 3f2a9c01b7de
          kb compare 9c0b51e2d7fa 3f2a9c01b7de
        """
    )
)
@click.argument("document_id")
@_json
def series(document_id: str, as_json: bool) -> None:
    """List the series of a document."""
    with _library() as library:
        found = library.knowledge.series(document_id, PUBLIC)
    if as_json:
        click.echo(json.dumps([each.to_json() for each in found], ensure_ascii=False, indent=1))
        return
    if not found:
        click.echo(_("Không có văn bản cùng việc của năm khác."))
    for each in found:
        click.echo(("* " if each.id == document_id else "  ") + _line(each))


@click.command(
    help=_(
        """So văn bản mới với văn bản cũ: thêm gì, bỏ gì, chỉ tiêu và thời hạn nào đổi.

        \b
        Ví dụ:
          kb compare 9c0b51e2d7fa 3f2a9c01b7de
          kb compare 9c0b51e2d7fa 3f2a9c01b7de --json
        """
    )
)
@click.argument("old_id")
@click.argument("new_id")
@_json
def compare(old_id: str, new_id: str, as_json: bool) -> None:
    """Compare two documents."""
    with _library() as library:
        found = library.knowledge.compare(old_id, new_id, PUBLIC)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
        return
    if found.targets:
        click.secho(_("Chỉ tiêu, thời hạn đổi"), bold=True)
    for target in found.targets:
        click.echo(f"  {target.old} → {target.new}  {target.what}")
    for change in found.changes:
        _print_change(change)
    counts = {kind: found.count(kind) for kind in ("same", "changed", "added", "dropped")}
    click.echo(
        _("{same} đoạn giữ nguyên, {changed} đoạn sửa, {added} đoạn thêm, {dropped} đoạn bỏ.").format(
            **counts
        )
    )


def _print_change(change: Change) -> None:
    if change.kind == "added" and change.new is not None:
        click.secho(f"+ {change.new.text}", fg="green")
    elif change.kind == "dropped" and change.old is not None:
        click.secho(f"- {change.old.text}", fg="red")
    elif change.kind == "changed":
        marks = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
        click.echo("~ " + "".join(marks[k][0] + text + marks[k][1] for k, text in change.parts))


def _line(issue: Issue) -> str:
    day = f"{issue.issued_on:%d/%m/%Y}" if issue.issued_on else _("không rõ ngày")
    return " · ".join(part for part in (issue.id, issue.symbol, day, issue.title) if part)
