"""`kb set`, `kb unset`, `kb history`."""

from __future__ import annotations

import contextlib
import getpass
import json
from collections.abc import Sequence

import click

from kb.access import PUBLIC
from kb.curation.curator import Change
from kb.errors import BadInput
from kb.i18n import _
from kb.library import Library
from kb.settings import Settings

author_option = click.option(
    "--author", default=None, help=_("Người sửa; mặc định là tên đăng nhập trên máy này.")
)


@click.command(
    name="set",
    help=_(
        """Sửa các trường của một văn bản; thắng mọi điều máy đọc được, kể cả khi đọc lại.

        \b
        Viết MỤC=GIÁ_TRỊ, mỗi mục một lần; giá trị rỗng thì bỏ mục đó.
        Mục: title symbol kind issued_on issuer unit subject signer signer_title
        place urgency effective_on author published_on event_on topics covers label

        \b
        Ví dụ:
          kb set 3f2a9c01b7de issued_on=15/6/2022 "signer=Nguyễn Văn A"
          kb set 3f2a9c01b7de "topics=phong-trao/ngay-hoi; dan-van" --note "theo bản giấy"
          kb set 3f2a9c01b7de covers=2022-01-01..2022-06-30
          kb set 3f2a9c01b7de symbol=
        """
    ),
)
@click.argument("document_id")
@click.argument("changes", nargs=-1, required=True, metavar="MỤC=GIÁ_TRỊ…")
@author_option
@click.option("--note", default="", help=_("Ghi chú: vì sao sửa."))
def set_fields(document_id: str, changes: tuple[str, ...], author: str | None, note: str) -> None:
    """State fields of a document."""
    values = dict(_pair(change) for change in changes)
    with Library.writing(Settings.load()) as library:
        made = library.curator.set(document_id, values, PUBLIC, author=author or login(), note=note)
        if made:
            library.reindex()
    print_changes(made)
    if not made:
        click.echo(_("Không có gì thay đổi."))


@click.command(
    help=_(
        """Bỏ các sửa đổi của một văn bản: máy đọc được gì thì lại dùng điều đó.

        \b
        Ví dụ:
          kb unset 3f2a9c01b7de signer issued_on
          kb unset 3f2a9c01b7de            bỏ mọi sửa đổi
        """
    )
)
@click.argument("document_id")
@click.argument("names", nargs=-1, metavar="[MỤC…]")
@author_option
def unset(document_id: str, names: tuple[str, ...], author: str | None) -> None:
    """Take corrections back."""
    with Library.writing(Settings.load()) as library:
        count = library.curator.revert(document_id, names, PUBLIC, author=author or login())
        if count:
            library.reindex()
    click.echo(_("Đã bỏ {count} sửa đổi.").format(count=count))


@click.command(
    help=_(
        """Xem ai đã sửa gì, khi nào, và máy đọc được gì ở những mục đó.

        \b
        Ví dụ:
          kb history 3f2a9c01b7de
          kb history 3f2a9c01b7de --json
        """
    )
)
@click.argument("document_id")
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def history(document_id: str, as_json: bool) -> None:
    """List the corrections of a document."""
    with contextlib.closing(Library.open(Settings.load())) as library:
        changes = library.curator.history(document_id, PUBLIC)
        read = library.curator.as_read(document_id, PUBLIC)
    if as_json:
        data = {"corrections": [change.to_json() for change in changes], "read": read}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    if not changes:
        click.echo(_("Văn bản này chưa có sửa đổi nào."))
    for change in changes:
        line = f"{change.at:%Y-%m-%d %H:%M} {change.author}: {change.field} = {change.value or '∅'}"
        taken_back = change.reverted_at is not None
        if taken_back:
            line += " " + _("(đã bỏ, {who})").format(who=change.reverted_by)
        click.secho(line, dim=taken_back)
        if change.note:
            click.echo(f"   {change.note}")
        if not taken_back and change.field in read:
            click.echo("   " + _("máy đọc được: {value}").format(value=read[change.field] or "∅"))


def print_changes(changes: Sequence[Change]) -> None:
    """What changed, a document after another."""
    last = None
    for change in changes:
        if change.document_id != last:
            click.secho(f"{change.document_id} {change.title}", bold=True)
            last = change.document_id
        click.echo(f"   {change.field}: {change.before or '∅'} → {change.after or '∅'}")


def login() -> str:
    """Who is at the keyboard, as far as the system tells."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def _pair(change: str) -> tuple[str, str]:
    name, equals, value = change.partition("=")
    if not equals:
        raise BadInput(
            _("Không hiểu “{text}”.").format(text=change),
            _('Viết MỤC=GIÁ_TRỊ, ví dụ signer="Nguyễn Văn A".'),
        )
    return name.strip(), value
