"""`kb doctor`: what this machine can read, and what a missing program costs."""

from __future__ import annotations

import json

import click

from indexer.programs.tools import TOOLS
from kb.i18n import _


@click.command(
    help=_(
        """Xem máy này có các chương trình phụ nào để đọc tệp, và thiếu thì mất gì.

        Không chương trình nào bắt buộc. Trên Debian, cài tất cả bằng: make install-tools

        \b
        Ví dụ:
          kb doctor
          kb doctor --json
        """
    )
)
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def doctor(as_json: bool) -> None:
    """Print the table of programs."""
    found = [
        {
            "name": tool.name,
            "available": tool.available(),
            "version": tool.version(),
            "package": tool.package,
            "cost": _(tool.cost),
        }
        for tool in TOOLS
    ]
    if as_json:
        click.echo(json.dumps({"tools": found}, ensure_ascii=False, indent=1))
        return
    for tool in found:
        if tool["available"]:
            click.echo(f"✓ {tool['name']:<12} {tool['version'] or ''}".rstrip())
        else:
            click.secho(f"✗ {tool['name']:<12} {tool['cost']}", fg="yellow")
            click.echo(_("  cài: apt-get install {package}").format(package=tool["package"]))
