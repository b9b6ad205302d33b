"""Copies and versions of a paper as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import _
from kb.results import Alike, SamePaper


def same_paper_lines(same: SamePaper) -> Iterator[str]:
    """What there is besides the document, a line for copies and one for each version."""
    stages = {"draft": _("bản dự thảo"), "signed": _("bản ký"), None: _("bản khác")}
    if same.copies:
        count = _("{count} bản gần giống:").format(count=len(same.copies))
        yield f"{count} " + ", ".join(map(_named, same.copies))
    for version in same.versions:
        yield f"{stages[version.stage]}: {_named(version)}"


def _named(item: Alike) -> str:
    return " ".join(part for part in (item.id, item.symbol, f"({item.format})") if part)
