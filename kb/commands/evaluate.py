"""`kb evaluate`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from kb.engines import registry
from kb.evaluation.beir import BeirSet
from kb.evaluation.indexed import indexed
from kb.evaluation.run import Evaluation
from kb.evaluation.run import evaluate as run
from kb.i18n import _
from kb.settings import Settings


@click.command(
    help=_(
        """Đo chất lượng (nDCG@10, recall, MRR) và tốc độ tìm kiếm trên một thư mục BEIR.

        Tài liệu được đưa vào một kho tạm rồi xóa (--home: giữ lại); kho của bạn không bị đụng tới.

        \b
        Ví dụ:
          kb evaluate ~/beir/xquad-vi
          kb evaluate ~/beir/xquad-vi --unaccented --engine whoosh --json
          kb evaluate ~/beir/xquad-vi --both --home ~/beir/kho-xquad
        """
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--queries", type=click.Path(path_type=Path), help=_("Tệp câu hỏi khác."))
@click.option("--qrels", type=click.Path(path_type=Path), help=_("Tệp đánh giá khác."))
@click.option("--unaccented", is_flag=True, help=_("Bỏ hết dấu của câu hỏi trước khi tìm."))
@click.option("--both", is_flag=True, help=_("Đo cả hai: câu hỏi có dấu, rồi bỏ dấu."))
@click.option("--engine", type=click.Choice(registry.NAMES), help=_("Bộ máy tìm kiếm."))
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help=_("Giữ kho đã dựng ở thư mục này; lần sau chỉ dựng lại phần đã khác."),
)
@click.option(
    "--per-query", type=click.Path(path_type=Path), help=_("Ghi nDCG@10 từng câu ra tệp TSV.")
)
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def evaluate(
    folder: Path,
    queries: Path | None,
    qrels: Path | None,
    unaccented: bool,
    both: bool,
    engine: str | None,
    home: Path | None,
    per_query: Path | None,
    as_json: bool,
) -> None:
    """Measure and print."""
    settings = Settings.load()
    if engine is not None:
        settings = replace(settings, engine=engine)
    modes = (False, True) if both else (unaccented,)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total or None)
            bars.update(tasks[step], completed=done)

        data = BeirSet.open(folder, queries=queries, qrels=qrels)
        with indexed(data, settings, home=home, progress=progress) as found:
            evaluations = [run(data, found, unaccented=mode, progress=progress) for mode in modes]
    if per_query is not None:
        per_query.write_text(_per_query(evaluations), encoding="utf-8")
    figures = [evaluation.to_json() for evaluation in evaluations]
    if as_json:
        shown = dict(zip(("accented", "unaccented"), figures, strict=True)) if both else figures[0]
        click.echo(json.dumps(shown, indent=1))
    else:
        for name in figures[0]:
            values = ("-" if row[name] is None else str(row[name]) for row in figures)
            click.echo(f"{name:<12} " + " ".join(f"{value:<10}" for value in values).rstrip())


def _per_query(evaluations: Sequence[Evaluation]) -> str:
    """A line a query: its id and its nDCG@10 in each mode."""
    return "".join(
        "\t".join((name, *(f"{evaluation.per_query[name]:.4f}" for evaluation in evaluations))) + "\n"
        for name in evaluations[0].per_query
    )
