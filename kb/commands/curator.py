"""`kb curator`: who may correct fields on the pages."""

from __future__ import annotations

import click

from kb.curation import curators
from kb.errors import NotFound
from kb.i18n import _
from kb.settings import Settings


@click.group(
    help=_(
        """Ai được sửa trên trang web (kb serve --curation): cấp khóa, liệt kê, thu lại.

        \b
        Ví dụ:
          kb curator add "Nguyễn Văn A"
          kb curator list
          kb curator remove "Nguyễn Văn A"
        """
    )
)
def curator() -> None:
    """Keys of curators."""


@curator.command(help=_("Cấp khóa cho một người, chỉ hiện một lần; khóa cũ hết dùng."))
@click.argument("name")
def add(name: str) -> None:
    """Give a key."""
    settings = Settings.load()
    settings.ensure_home()
    key = curators.add(settings.home, name)
    click.echo(_("Khóa của {name}, chỉ hiện lần này:").format(name=name), err=True)
    click.echo(key)


@curator.command(name="list", help=_("Liệt kê những người có khóa."))
def list_() -> None:
    """List curators."""
    for name in curators.names(Settings.load().home):
        click.echo(name)


@curator.command(help=_("Thu khóa của một người."))
@click.argument("name")
def remove(name: str) -> None:
    """Take a key away."""
    if not curators.remove(Settings.load().home, name):
        raise NotFound(_("Không có ai tên “{name}”.").format(name=name), _("Xem: kb curator list"))
    click.echo(_("Đã thu khóa của {name}.").format(name=name))
