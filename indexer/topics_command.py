"""`kb topics`: the office's own topics and phrases, tried on a document and applied to all of them."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click

from indexer.reread import topics_again
from indexer.single import read_one
from kb.access import PUBLIC
from kb.catalog import documents as catalog
from kb.catalog import reading
from kb.curation import topic_phrases
from kb.facets import covers_everything
from kb.i18n import _
from kb.library import Library
from kb.model import Document, Value
from kb.results import SearchRequest
from kb.settings import Settings
from kb.vietnamese import topics as table

BATCH = 100  # documents a process reads at once


@click.group(
    help=_(
        """Chủ đề: xem bảng, thử trên một văn bản, thêm cụm từ riêng của đơn vị, áp dụng lại cho cả kho.

        \b
        Bảng riêng nằm ở topics.toml trong KB_HOME; không phải đọc lại tệp nào.

        \b
        Ví dụ:
          kb topics list
          kb topics test ke-hoach.pdf
          kb topics add phong-trao/ngay-hoi "đêm hội toàn dân" --strong
          kb topics apply
        """
    )
)
def topics() -> None:
    """Topics and their phrases."""


@topics.command(name="list", help=_("Liệt kê chủ đề, số văn bản của mỗi chủ đề; --phrases kèm cụm từ."))
@click.option("--phrases", is_flag=True, help=_("Kèm các cụm từ."))
def list_(phrases: bool) -> None:
    """List the table."""
    with _library() as library:
        found = library.search(SearchRequest(per_page=1, facet_limit=1000), PUBLIC)
        documents = found.total
        counts = {value.value: value.count for value in found.facets["topic"]}
    for topic in table.all():
        indent = "  " if topic.parent else ""
        click.echo(f"{counts.get(topic.id, 0):6}  {indent}{topic.id}  {topic.label}")
        for name in ("strong", "weak", "asked") if phrases else ():
            for phrase in getattr(topic, name):
                click.secho(f"{'':12}{name}: {phrase}", dim=True)
    click.echo(_("{count} văn bản.").format(count=documents))


@topics.command(
    help=_(
        """Thử một tệp, hoặc một văn bản trong kho theo mã: chủ đề nào, vì cụm từ nào.

        \b
        Ví dụ:
          kb topics test ke-hoach.pdf
          kb topics test 3f2a9c01b7de --json
        """
    )
)
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
def test(source: str, as_json: bool) -> None:
    """Show the topics of one document and what speaks for them."""
    settings = Settings.load()
    table.use(settings.topics_file)
    if Path(source).exists():
        document = read_one(Path(source), settings)
    else:
        with _library() as library:
            document = library.get(source, PUBLIC).document
    found = topics_again(document)
    if as_json:
        told = [
            {"value": each.value, "confidence": each.confidence, "evidence": _words(document, each)}
            for each in found
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    if not found:
        click.echo(_("Không cụm từ nào đủ mạnh. Thêm bằng: kb topics add CHỦ_ĐỀ “cụm từ”."))
    for each in found:
        click.echo(f"{each.confidence:.2f}  {each.value}  {table.label(each.value)}")
        click.secho(f"      “{_words(document, each)}”", dim=True)


@topics.command(
    help=_(
        """Thêm cụm từ cho một chủ đề vào bảng riêng; chủ đề mới thì kèm --label.

        \b
        Ví dụ:
          kb topics add phong-trao/ngay-hoi "đêm hội toàn dân" --strong
          kb topics add phong-trao/cho-phien "chợ phiên an ninh" --strong --label "Chợ phiên an ninh"
        """
    )
)
@click.argument("topic_id")
@click.argument("phrases", nargs=-1, required=True)
@click.option("--strong/--weak", default=False, help=_("Cụm từ gần như quyết định, hay chỉ góp thêm."))
@click.option("--label", help=_("Tên của chủ đề mới."))
def add(topic_id: str, phrases: tuple[str, ...], strong: bool, label: str | None) -> None:
    """Add phrases to the office's file."""
    settings = Settings.load()
    settings.ensure_home()
    path = settings.topics_file
    topic_phrases.add(path, topic_id, phrases, strong=strong, label=label or "")
    click.echo(_("Đã thêm vào {path}. Áp dụng cho cả kho: kb topics apply").format(path=path))


@topics.command(
    help=_(
        "Kiểm tra bảng: tệp riêng viết đúng không, cụm từ nào trùng, chủ đề nào bao trùm gần hết kho."
    )
)
def check() -> None:
    """Check the table, and what it does to the library."""
    settings = Settings.load()
    path = settings.topics_file
    if path.exists():
        topic_phrases.check(path.read_text(encoding="utf-8"), path)
    table.use(path)
    problems = [*_shared_phrases(), *_too_wide()]
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo(_("{count} điều cần xem.").format(count=len(problems)))
    else:
        click.echo(_("Không có gì phải sửa."))


def _shared_phrases() -> Iterator[str]:
    speaking: dict[str, list[str]] = {}
    for topic in table.all():
        for phrase in (*topic.strong, *topic.weak):
            speaking.setdefault(phrase.lower(), []).append(topic.id)
    for phrase, ids in speaking.items():
        if len(ids) > 1:
            text = _("“{phrase}” nói cho nhiều chủ đề: {ids}")
            yield text.format(phrase=phrase, ids=", ".join(ids))


def _too_wide() -> Iterator[str]:
    counts: Counter[str] = Counter()
    documents = 0
    with _library() as library, library.database.connect() as connection:
        for _id, found in reading.topics(connection):
            documents += 1
            counts.update({each for topic in found for each in (topic, table.parent(topic)) if each})
    for topic_id, count in counts.items():
        if covers_everything(count, documents):
            text = _("{topic} bao trùm {count}/{all} văn bản nên không làm bộ lọc.")
            yield text.format(topic=topic_id, count=count, all=documents)


@topics.command(
    help=_(
        """Xếp chủ đề lại cho mọi văn bản theo bảng hiện nay, từ chữ đã lưu, rồi cập nhật chỉ mục.

        \b
        Ví dụ:
          kb topics apply --dry-run
          kb topics apply
        """
    )
)
@click.option("--dry-run", is_flag=True, help=_("Chỉ cho biết sẽ đổi gì."))
def apply(dry_run: bool) -> None:
    """Read the topics of every document again."""
    settings = Settings.load()
    if settings.topics_file.exists():
        topic_phrases.check(settings.topics_file.read_text("utf-8"), settings.topics_file)
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    changed = 0
    opened = _library() if dry_run else Library.writing(settings)
    with opened as library:
        with library.database.connect() as connection:
            before = dict(reading.topics(connection))
        for document_id, found in _again(library, list(before)):
            now = {each.value for each in found}
            gained.update(now - set(before[document_id]))
            lost.update(set(before[document_id]) - now)
            changed += now != set(before[document_id])
            if not dry_run:
                with library.database.begin() as connection:
                    catalog.read_again(connection, document_id, found)
        if not dry_run:
            library.reindex()
    for topic_id in sorted({*gained, *lost}):
        click.echo(f"{gained[topic_id]:+6} {-lost[topic_id]:+6}  {topic_id}  {table.label(topic_id)}")
    text = _("Sẽ đổi {count}/{all} văn bản.") if dry_run else _("Đã đổi {count}/{all} văn bản.")
    click.echo(text.format(count=changed, all=len(before)))


@contextlib.contextmanager
def _library() -> Iterator[Library]:
    with contextlib.closing(Library.open(Settings.load())) as library:
        yield library


def _again(library: Library, ids: list[str]) -> Iterator[tuple[str, tuple[Value[str], ...]]]:
    """The topics of every document by today's table, on all cores."""
    parts = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    jobs = min(library.settings.effective_jobs, len(parts))
    if jobs <= 1:
        for part in parts:
            yield from _of_batch(_loaded(library, part))
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = []
        for part in parts:
            waiting.append(pool.submit(_of_batch, _loaded(library, part)))
            if len(waiting) > 2 * jobs:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()


def _loaded(library: Library, ids: list[str]) -> list[tuple[str, Document]]:
    with library.database.connect() as connection:
        return [(item.id, item.document) for item in reading.load(connection, ids)]


def _of_batch(batch: list[tuple[str, Document]]) -> list[tuple[str, tuple[Value[str], ...]]]:
    return [(document_id, topics_again(document)) for document_id, document in batch]


def _words(document: Document, value: Value[Any]) -> str:
    return " ".join(document.text[value.span.start : value.span.end].split()) if value.span else ""
