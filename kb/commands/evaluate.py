"""`kb evaluate`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from kb.engines import registry
from kb.evaluate import evaluate as run
from kb.i18n import _
from kb.settings import Settings


@click.command(
    help=_(
        """Đo chất lượng (nDCG@10, recall, MRR) và tốc độ tìm kiếm trên một thư mục BEIR.

        Tài liệu được đưa vào một kho tạm rồi xóa; kho của bạn không bị đụng tới.

        \b
        Ví dụ:
          kb evaluate ~/beir/xquad-vi
          kb evaluate ~/beir/xquad-vi --unaccented --engine whoosh --json
        """
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--queries", type=click.Path(path_type=Path), help=_("Tệp câu hỏi khác."))
@click.option("--qrels", type=click.Path(path_type=Path), help=_("Tệp đánh giá khác."))
@click.option("--unaccented", is_flag=True, help=_("Bỏ hết dấu của câu hỏi trước khi tìm."))
@click.option("--engine", type=click.Choice(registry.NAMES), help=_("Bộ máy tìm kiếm."))
@click.option(
    "--per-query", type=click.Path(path_type=Path), help=_("Ghi nDCG@10 từng câu ra tệp TSV.")
)
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def evaluate(
    folder: Path,
    queries: Path | None,
    qrels: Path | None,
    unaccented: bool,
    engine: str | None,
    per_query: Path | None,
    as_json: bool,
) -> None:
    """Measure and print."""
    settings = Settings.load()
    if engine is not None:
        settings = replace(settings, engine=engine)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total or None)
            bars.update(tasks[step], completed=done)

        found = run(
            folder,
            settings,
            queries=queries,
            qrels=qrels,
            unaccented=unaccented,
            progress=progress,
        )
    if per_query is not None:
        rows = "".join(f"{name}\t{score:.4f}\n" for name, score in found.per_query.items())
        per_query.write_text(rows, encoding="utf-8")
    if as_json:
        click.echo(json.dumps(found.to_json(), indent=1))
    else:
        for name, value in found.to_json().items():
            click.echo(f"{name:<12} {value}")
