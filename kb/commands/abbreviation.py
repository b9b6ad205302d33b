"""`kb abbreviation`."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from typing import Any

import click

from kb.abbreviations import ExplainedMeaning
from kb.access import PUBLIC
from kb.errors import BadInput
from kb.i18n import _
from kb.library import Library
from kb.settings import Settings
from kb.vietnamese.abbreviation_lookup import Meaning


@click.command(
    help=_(
        """Chữ viết tắt nghĩa là gì, cụm từ viết tắt ra sao: theo bảng có sẵn và theo chính các văn bản.

        \b
        Ví dụ:
          kb abbreviation ANTQ
          kb abbreviation "ủy ban nhân dân"
          kb abbreviation --list
          kb abbreviation TT --json
        """
    )
)
@click.argument("text", nargs=-1)
@click.option(
    "--list",
    "everything",
    is_flag=True,
    help=_("Liệt kê mọi chữ viết tắt được giải thích trong văn bản."),
)
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def abbreviation(text: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Print meanings with their sources and an example."""
    asked = " ".join(text)
    if not asked.strip() and not everything:
        raise BadInput(
            _("Chưa cho biết chữ viết tắt hay cụm từ nào."),
            _("Viết như: kb abbreviation ANTQ, hoặc dùng --list."),
        )
    with contextlib.closing(Library.open(Settings.load())) as library:
        if everything:
            found = [ExplainedMeaning(meaning, None) for meaning in library.abbreviations(PUBLIC)]
        else:
            found = library.abbreviation(asked, PUBLIC)
    if as_json:
        answer = {"text": asked or None, "meanings": [plain(item) for item in found]}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    elif not found and everything:
        click.echo(_("Chưa văn bản nào giải thích chữ viết tắt."))
    elif not found:
        click.echo(_("Không biết “{text}” là chữ viết tắt hay viết tắt ra sao.").format(text=asked))
    else:
        _print(found)


def plain(item: ExplainedMeaning) -> dict[str, Any]:
    """The stable JSON form (docs/json.md)."""
    meaning, example = item.meaning, item.example
    return {
        "abbreviation": meaning.abbreviation,
        "expansion": meaning.expansion,
        "documents": meaning.documents,
        "sources": [
            *(["table"] if meaning.in_table else []),
            *(["documents"] if meaning.documents else []),
        ],
        "evidence": None
        if example is None
        else {
            "id": example.document_id,
            "text": example.sentence,
            "span": {"start": example.span.start, "end": example.span.end},
        },
    }


def _print(found: Sequence[ExplainedMeaning]) -> None:
    for item in found:
        meaning = item.meaning
        name = click.style(meaning.abbreviation, bold=True)
        click.echo(f"{name}  {meaning.expansion}  " + click.style(f"[{_source(meaning)}]", dim=True))
        if item.example is not None:
            click.echo(f"   … {item.example.sentence} … [{item.example.document_id}]")


def _source(meaning: Meaning) -> str:
    counted = _("{count} văn bản").format(count=meaning.documents)
    if not meaning.in_table:
        return counted
    return f"{_('bảng có sẵn')}, {counted}" if meaning.documents else _("bảng có sẵn")
