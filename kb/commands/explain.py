"""`kb explain`."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from typing import Any

import click

from kb.access import PUBLIC
from kb.commands.request import request_of, request_options
from kb.explaining import Explained, Part, Requirement
from kb.i18n import _
from kb.library import Library
from kb.settings import Settings

ITEMS = 8  # of a part of the score, without --all


@click.command(
    help=_(
        """Giải thích vì sao một văn bản xếp ở hạng đó khi tìm, hoặc vì sao không tìm thấy nó.

        \b
        In ra: hạng; điều kiện phải khớp và từ còn thiếu; điểm cộng từ những phần nào.
        Mã văn bản có trong kết quả của kb search; các bộ lọc như của kb search.

        \b
        Ví dụ:
          kb explain "thời hạn gửi hồ sơ" 3f2a9c01b7de
          kb explain "bao cao 2020" 3f2a9c01b7de --kind bao-cao
          kb explain "dân vận khéo" 3f2a9c01b7de --json
        """
    )
)
@click.argument("query")
@click.argument("document_id")
@request_options
@click.option("--all", "everything", is_flag=True, help=_("In mọi từ khớp, không chỉ những từ đầu."))
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def explain(query: str, document_id: str, everything: bool, as_json: bool, **options: Any) -> None:
    """Explain a document for a query."""
    request = request_of(query, **options)
    with contextlib.closing(Library.open(Settings.load())) as library:
        explained = library.explain(request, document_id, PUBLIC)
    if as_json:
        click.echo(json.dumps(explained.to_json(), ensure_ascii=False, indent=1))
    else:
        _print(explained, everything)


def _print(explained: Explained, everything: bool) -> None:
    click.secho(explained.title, bold=True)
    if explained.found:
        click.echo(
            _("{id} · hạng {rank} trong {total} văn bản · {score:.2f} điểm").format(
                id=explained.id,
                rank=explained.rank,
                total=explained.total,
                score=explained.score,
            )
        )
    else:
        click.secho(
            _("{id} · không có trong {total} văn bản tìm thấy").format(
                id=explained.id, total=explained.total
            ),
            fg="red",
        )
    if explained.relaxed:
        click.secho(explained.relaxed, fg="yellow")
    if explained.understood:
        click.echo(_("Hiểu là: {parts}").format(parts=_understood(explained)))
    click.echo("\n" + _("Điều kiện"))
    _print_requirements(explained.requirements, 1)
    if explained.parts:
        click.echo("\n" + _("Điểm"))
        for part in explained.parts:
            _print_part(part, everything)


def _understood(explained: Explained) -> str:
    return "; ".join(f"{u.text} ({u.kind}: {u.value})" for u in explained.understood)


def _print_requirements(requirements: Iterable[Requirement], depth: int) -> None:
    for requirement in requirements:
        sign, colour = ("✓", "green") if requirement.met else ("✗", "red")
        click.echo("  " * depth + click.style(sign, fg=colour) + " " + _sentence(requirement))
        for number, part in enumerate(requirement.parts, 1):
            if len(part) == 1:
                _print_requirements(part, depth + 1)
            else:
                click.echo("  " * (depth + 1) + _("cách {number}:").format(number=number))
                _print_requirements(part, depth + 2)


def _sentence(requirement: Requirement) -> str:
    match requirement.kind:
        case "words":
            count = len(requirement.matched) + len(requirement.missing)
            text = _("có ít nhất {needed} trong {count} từ; văn bản có {matched}").format(
                needed=requirement.needed, count=count, matched=len(requirement.matched)
            )
            if requirement.missing:
                text += "; " + _("thiếu: {words}").format(words=", ".join(requirement.missing))
            return text
        case "any":
            return _("khớp ít nhất {needed} trong {count} điều sau").format(
                needed=requirement.needed, count=len(requirement.parts)
            )
        case "must":
            return _("phải có: {text}").format(text=requirement.text)
        case "filter":
            return _("bộ lọc: {text}").format(text=requirement.text)
        case "must_not":
            return _("không được có: {text}").format(text=requirement.text)


def _print_part(part: Part, everything: bool) -> None:
    items = part.items if everything else part.items[:ITEMS]
    shown = " · ".join(f"{text} {score:.2f}" for text, score in items)
    more = " …" if len(items) < len(part.items) else ""
    click.echo(f"  {part.score:8.2f}  " + click.style(part.label, bold=True) + f"  {shown}{more}")
