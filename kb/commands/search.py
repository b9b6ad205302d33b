"""`kb search`."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from kb.access import PUBLIC
from kb.commands.output import unknown_ending, write_file, write_table
from kb.commands.request import request_of, request_options
from kb.commands.same_paper import same_paper_lines
from kb.exporting import dossier
from kb.exporting import results as exporting
from kb.exporting.results import MOST
from kb.i18n import _
from kb.library import Library
from kb.results import Hit, Results, SearchRequest
from kb.settings import Settings


@click.command(
    help=_(
        """Tìm văn bản theo nội dung, loại, đơn vị, chủ đề, ngày. Gõ có dấu hay không dấu đều được.

        \b
        Ví dụ:
          kb search "kế hoạch ngày hội 2022 Hà Tĩnh"
          kb search 12/KH-CAT-PV05
          kb search 'loại:"kế hoạch" "phong trào toàn dân" -"ngày hội" ngày:2020..2022'
          kb search bao cao --kind bao-cao --from 2020 --to 2022 --sort newest
          kb search "dân vận khéo" --json
          kb search "an toàn về ANTT" --output ho-so.docx
        """
    )
)
@click.argument("query", nargs=-1)
@request_options
@click.option("-n", "--per-page", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("-p", "--page", type=click.IntRange(1, 1000), default=1, show_default=True)
@click.option(
    "--fold/--no-fold",
    default=True,
    help=_("Gộp các bản của cùng một văn bản (mặc định), hoặc liệt kê từng bản."),
)
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Ghi mọi kết quả (tối đa {most}) thành bảng .xlsx, .csv hoặc hồ sơ .docx.").format(
        most=MOST
    ),
)
def search(
    query: tuple[str, ...],
    per_page: int,
    page: int,
    as_json: bool,
    output: Path | None,
    **options: Any,
) -> None:
    """Search and print the results."""
    request = request_of(" ".join(query), page=page, per_page=per_page, **options)
    with contextlib.closing(Library.open(Settings.load())) as library:
        if output is not None:
            count = _export(library, request, output)
            click.echo(_("Đã ghi {count} văn bản vào {file}.").format(count=count, file=output))
            return
        results = library.search(request, PUBLIC)
    if as_json:
        click.echo(json.dumps(results.to_json(), ensure_ascii=False, indent=1))
    else:
        _print(results)


def _export(library: Library, request: SearchRequest, output: Path) -> int:
    hits = exporting.all_hits(library, request, PUBLIC)
    if output.suffix.lower() == ".docx":
        return write_file(output, lambda file: dossier.write(request.query, hits, file, date.today()))
    if output.suffix.lower() not in (".xlsx", ".csv"):
        raise unknown_ending(output, ".xlsx, .csv, .docx")
    return write_table(output, exporting.columns(), exporting.rows(hits))


def _print(results: Results) -> None:
    for repair in results.repairs:
        click.secho(repair.message, fg="yellow", err=True)
    if results.relaxed:
        click.secho(results.relaxed, fg="yellow", err=True)
    _print_understood(results)
    if results.suggestion:
        text = _("Có phải bạn tìm: {query}").format(query=results.suggestion)
        click.secho(text, fg="cyan", err=True)
    if not results.total:
        click.echo(_("Không tìm thấy văn bản nào."))
        click.echo(_("Thử bớt từ, gõ không dấu, hoặc bỏ bộ lọc."))
        return
    click.echo(
        _("{total} văn bản, trang {page}/{pages}, {ms:.0f} ms").format(
            total=results.total, page=results.request.page, pages=results.pages, ms=results.took_ms
        )
    )
    first = (results.request.page - 1) * results.request.per_page + 1
    for number, hit in enumerate(results.hits, first):
        _print_hit(number, hit)
    _print_facets(results)


def _print_understood(results: Results) -> None:
    """What the query was taken to say, with what `--ignore` calls it."""
    titles = {
        "symbol": _("Số, ký hiệu"),
        "kind": _("Loại"),
        "unit": _("Đơn vị"),
        "topic": _("Chủ đề"),
        "period": _("Thời kỳ"),
        "date": _("Ngày"),
        "person": _("Người"),
    }
    for item in results.understood:
        line = _("Hiểu “{text}” là {kind}: {label}").format(
            text=item.text,
            kind=titles.get(item.kind, item.kind).lower(),
            label=item.label or item.value,
        )
        if item.note:
            line += f" ({item.note})"
        if item.soft:
            line += f" [{item.key}]"
        click.secho(line, dim=True)


def _print_hit(number: int, hit: Hit) -> None:
    click.echo()
    click.secho(f"{number}. {hit.title}", bold=True)
    dated = hit.issued_on.strftime("%d/%m/%Y") if hit.issued_on else _("không rõ ngày")
    facts = (hit.id, hit.kind_label, hit.symbol, dated, hit.unit_label)
    click.secho("   " + " · ".join(fact for fact in facts if fact), dim=True)
    for passage in hit.passages:
        where = [_("trang {page}").format(page=passage.page)] + (
            [passage.section] if passage.section else []
        )
        text, position = "", 0
        for start, end in passage.marks:
            text += passage.text[position:start] + click.style(
                passage.text[start:end], fg="yellow", bold=True
            )
            position = end
        text = " ".join((text + passage.text[position:]).split())
        click.echo(f"   … {text} " + click.style(f"[{', '.join(where)}]", dim=True))
    for line in same_paper_lines(hit.same):
        click.secho(f"   {line}", dim=True)


def _print_facets(results: Results) -> None:
    names = {"kind": _("Loại"), "topic": _("Chủ đề"), "unit": _("Đơn vị"), "year": _("Năm")}
    click.echo()
    for name, label in names.items():
        values = sorted(results.facets[name], key=lambda value: -value.count)[:6]
        shown = ", ".join(f"{value.label} ({value.count})" for value in values if value.count)
        if shown:
            click.secho(f"{label}: {shown}", dim=True)
