"""`kb settings`."""

from __future__ import annotations

import json

import click

from kb.i18n import _
from kb.settings import NAMES, Settings


@click.command(
    help=_(
        """Cấu hình đang dùng, và mỗi mục lấy từ đâu (mặc định, tracuu.toml, biến môi trường KB_…).

        \b
        Ví dụ:
          kb settings
          KB_ENGINE=whoosh kb settings
        """
    )
)
@click.option("--json", "as_json", is_flag=True, help=_("In JSON."))
def settings(as_json: bool) -> None:
    """Print the settings in force."""
    loaded = Settings.load()
    values = {
        name: {"value": str(getattr(loaded, name)), "from": loaded.origins[name]} for name in NAMES
    }
    if as_json:
        click.echo(json.dumps(values, ensure_ascii=False, indent=1))
        return
    for name, item in values.items():
        click.echo(f"{name:<14} {item['value'] or '-':<50} {item['from']}")
