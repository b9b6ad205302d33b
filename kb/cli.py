"""The `kb` command: a group whose commands live in the three packages and are imported when run.

Each package names its commands in a light table (entry-point group `kb.commands`), so that
`kb --help` imports neither the engines nor the web framework.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points, version

import click

from kb.errors import KbError
from kb.i18n import _

DISTRIBUTION = "tracuu"


@cache
def _commands() -> dict[str, tuple[str, str]]:
    """All commands: name -> (module:attribute, one-line help)."""
    table: dict[str, tuple[str, str]] = {}
    for entry in entry_points(group="kb.commands"):
        table.update(entry.load())
    return table


class LazyGroup(click.Group):
    """A group that knows its commands' names and help without importing them."""

    def list_commands(self, context: click.Context) -> list[str]:
        """All names, in alphabetical order."""
        return sorted(_commands())

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Import the command."""
        if name not in _commands():
            return None
        module, attribute = _commands()[name][0].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in `kb --help`."""
        rows = [(name, _(_commands()[name][1])) for name in self.list_commands(context)]
        with formatter.section(_("Các lệnh")):
            formatter.write_dl(rows)


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_(
        """Tra cứu văn bản hành chính: thêm tài liệu, lập chỉ mục, tìm kiếm, mở giao diện web.

        \b
        Bắt đầu:
          kb add ~/van-ban          đọc mọi tài liệu trong thư mục
          kb search "kế hoạch ngày hội 2022 Hà Tĩnh"
          kb serve                  mở http://127.0.0.1:8000

        Dữ liệu nằm trong KB_HOME; xem kb settings. Mỗi lệnh có --help với ví dụ.
        """
    ),
)
@click.version_option(version(DISTRIBUTION), prog_name=DISTRIBUTION)
def kb() -> None:
    """The root group."""


def main() -> None:
    """Run `kb`; expected errors become a message, what to do, and the error's own exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a C locale must not turn Vietnamese into an error.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        kb(prog_name="kb")
    except KbError as error:
        click.secho(_("Lỗi: {message}").format(message=error), fg="red", err=True)
        if error.remedy:
            click.echo(_("→ {remedy}").format(remedy=error.remedy), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # `kb search … | head`: the reader has what it wanted.
        sys.stderr.close()
        sys.exit(0)
