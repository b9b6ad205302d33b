"""`kb todo`."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import click

from kb.access import PUBLIC
from kb.curation.fields import label
from kb.i18n import _
from kb.library import Library
from kb.series.finding import PATIENCE
from kb.settings import Settings


@click.command(
    help=_(
        """Việc cần người xem: trường chưa chắc, văn bản còn thiếu, kế hoạch chưa có báo cáo.

        \b
        Ví dụ:
          kb todo
          kb todo -n 50
          kb set 3f2a9c01b7de symbol=12/KH-CAT        sửa một trường
        """
    )
)
@click.option("-n", "--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
def todo(limit: int) -> None:
    """List what a person could put right."""
    with contextlib.closing(Library.open(Settings.load())) as library:
        work = library.knowledge.work(PUBLIC, limit, date.today() - timedelta(days=PATIENCE))
    click.secho(_("Trường cần xem lại ({count} văn bản)").format(count=work.doubtful_count), bold=True)
    for each in work.doubtful:
        click.echo(f"  {each.id} {each.title}")
        for doubt in each.doubts:
            sure = _("không tìm thấy") if doubt.confidence is None else f"{doubt.confidence:.0%}"
            click.secho(f"     {label(doubt.field)}: {doubt.value or '—'} ({sure})", dim=True)
    click.secho(_("Được viện dẫn mà chưa có trong kho"), bold=True)
    for absent in work.missing:
        day = f" {absent.issued_on:%d/%m/%Y}" if absent.issued_on else ""
        click.echo(f"  {absent.citing:4}  {absent.symbol}{day}")
    click.secho(_("Kế hoạch chưa có báo cáo ({count})").format(count=len(work.gaps)), bold=True)
    for gap in work.gaps[:limit]:
        click.echo(f"  {gap.issue.id} {gap.issue.title}")
