"""Write docs/cli.md from the commands' own help: `python docs/make_cli_reference.py`.

tests/test_docs.py fails where the checked-in file is out of date.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ["KB_LANG"] = "vi"

import click

from kb.cli import kb

TARGET = Path(__file__).parent / "cli.md"
WIDTH = 100


def reference() -> str:
    """The whole page."""
    options = ["-h", "--help"]
    context = click.Context(
        kb,
        info_name="kb",
        help_option_names=options,
        max_content_width=WIDTH,
        terminal_width=WIDTH,
    )
    parts = [
        "# Các lệnh / Commands",
        "Trang này được tạo từ `--help` bằng `python docs/make_cli_reference.py`.",
        f"```\n{kb.get_help(context).rstrip()}\n```",
    ]
    for name in kb.list_commands(context):
        command = kb.get_command(context, name)
        assert command is not None
        own = click.Context(
            command,
            info_name=name,
            parent=context,
            help_option_names=options,
            max_content_width=WIDTH,
            terminal_width=WIDTH,
        )
        parts.append(f"## kb {name}\n\n```\n{command.get_help(own).rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
