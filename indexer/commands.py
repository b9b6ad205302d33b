"""`kb add`, `kb reindex`, `kb remove`, `kb extract`: the administrator's commands."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from indexer.pipeline import Report, ingest
from indexer.scan import is_below
from indexer.single import read_one
from kb.catalog import codec, sources
from kb.errors import NotFound
from kb.i18n import N_, _
from kb.indexing import Reindexed
from kb.library import Library
from kb.model import Document, told
from kb.settings import Settings

SHOWN = 10  # rejected files named after a run
KEPT = {  # what became of a file that could be read
    "added": N_("mới"),
    "new-version": N_("bản mới"),
    "updated": N_("cập nhật"),
    "duplicate": N_("trùng nội dung"),
    "restored": N_("khôi phục"),
    "unchanged": N_("không đổi nội dung"),
}

jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0, 256),
    default=None,
    help=_("Số tiến trình (0: mỗi nhân một)."),
)


@click.command(
    help=_(
        """Thêm tệp hoặc thư mục (kể cả thư mục con) rồi cập nhật chỉ mục.

        Đọc PDF có lớp chữ, Word, Excel, PowerPoint, OpenDocument, RTF, HTML, thư, ZIP, TXT, cả phông cũ
        (TCVN3, VNI …). Tệp không đọc được sẽ nằm trong kb status kèm lý do.
        Thư mục đã thêm được nhớ lại: lần sau chỉ cần kb reindex.

        \b
        Ví dụ:
          kb add ~/van-ban
          kb add cong-van.pdf ke-hoach.docx --jobs 2
        """
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@jobs_option
def add(paths: tuple[Path, ...], jobs: int | None) -> None:
    """Ingest paths and index what is new."""
    settings = _settings(jobs)
    absolute = existing(paths)
    with Library.writing(settings) as library:
        with library.database.begin() as connection:
            for path in absolute:
                sources.add_root(connection, str(path))
        report = _ingest(library, absolute)
        _tell(report, _reindex(library))


@click.command(
    help=_(
        """Cập nhật: đọc tệp mới hoặc đã sửa, bỏ tệp đã mất, rồi đưa thay đổi vào chỉ mục.

        Dùng sau khi có tài liệu mới, sau khi đổi KB_ENGINE, hoặc khi chương trình yêu cầu.
        Với --full, chỉ mục mới được dựng riêng rồi mới thay thế: người dùng vẫn tìm được trong lúc đó.

        \b
        Ví dụ:
          kb reindex
          kb reindex --full --jobs 2
          kb reindex --failed            chỉ đọc lại các tệp từng bị từ chối
          KB_ENGINE=whoosh kb reindex    chuyển sang bộ máy whoosh
        """
    )
)
@click.option("--full", is_flag=True, help=_("Dựng lại toàn bộ chỉ mục bên cạnh rồi thay thế."))
@click.option("--reread", is_flag=True, help=_("Đọc lại mọi tệp, kể cả tệp không đổi."))
@click.option("--failed", is_flag=True, help=_("Chỉ đọc lại các tệp từng bị từ chối."))
@jobs_option
def reindex(full: bool, reread: bool, failed: bool, jobs: int | None) -> None:
    """Bring catalog and index up to date."""
    with Library.writing(_settings(jobs)) as library:
        with library.database.connect() as connection:
            roots = [Path(path) for path in sources.list_roots(connection)]
        if not roots:
            click.echo(_("Chưa có thư mục nào được thêm. Thêm bằng: kb add THƯ_MỤC"), err=True)
        report = _ingest(library, roots, reread=reread, failed_only=failed)
        _tell(report, _reindex(library, full=full))


@click.command(
    help=_(
        """Gỡ tệp hoặc thư mục khỏi kho: văn bản của nó không còn trong kết quả tìm.

        Tệp gốc không bị đụng tới; thêm lại bằng kb add thì văn bản trở về với mã cũ.

        \b
        Ví dụ:
          kb remove ~/van-ban/nhap
        """
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def remove(paths: tuple[Path, ...]) -> None:
    """Forget roots and sources below the paths."""
    with Library.writing(Settings.load()) as library:
        places = [os.path.abspath(path.expanduser()) for path in paths]
        with library.database.begin() as connection:
            known = list(sources.list_sources(connection))
            failed = [item.path for item in sources.list_rejected(connection)]
            below = [path for path in known if any(is_below(path, place) for place in places)]
            for root in sources.list_roots(connection):
                if any(is_below(root, place) for place in places):
                    sources.remove_root(connection, root)
            for path in failed:
                if any(is_below(path, place) for place in places):
                    sources.accept(connection, path)
            removed = sources.forget(connection, below)
        if not below:
            raise NotFound(
                _("Không có tệp nào trong kho nằm ở: {paths}").format(paths=", ".join(places)),
                _("Xem các nguồn bằng: kb status"),
            )
        _reindex(library)
    click.echo(_("Đã gỡ {files} tệp, {documents} văn bản.").format(files=len(below), documents=removed))


@click.command(
    help=_(
        """Đọc thử một tệp và in những gì nhận được; không lưu gì cả.

        \b
        Ví dụ:
          kb extract ke-hoach.pdf
          kb extract ke-hoach.pdf --json
          kb extract ke-hoach.pdf --text
        """
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
@click.option("--text", "as_text", is_flag=True, help=_("Chỉ in văn bản đã chuẩn hóa."))
def extract(file: Path, as_json: bool, as_text: bool) -> None:
    """Show what would be read from a file."""
    if not file.is_file():
        raise NotFound(_("Không có tệp: {path}").format(path=file), _("Kiểm tra lại đường dẫn."))
    document = read_one(file, Settings.load())
    if as_text:
        click.echo(document.text)
        return
    found = plain(document)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    click.echo(
        _("{format}, {pages} trang, chất lượng văn bản {quality:.0%}").format(
            format=document.format, pages=len(document.pages), quality=document.text_quality
        )
    )
    for name, value in found["metadata"].items():
        click.echo(f"{name:<18} {json.dumps(value, ensure_ascii=False)}")
    for warning in document.warnings:
        click.secho(told(warning), fg="yellow")


def plain(document: Document) -> dict[str, Any]:
    """The stable JSON form of `kb extract --json` (docs/json.md)."""
    return {
        "source": document.source.path,
        "format": document.format,
        "pages": len(document.pages),
        "text_quality": round(document.text_quality, 4),
        "warnings": list(document.warnings),
        "ocr": codec.ocr_to_plain(document.ocr),
        "metadata": codec.metadata_to_plain(document.metadata),
    }


def existing(paths: Sequence[Path]) -> list[Path]:
    """The paths made absolute. Raises NotFound for one that is not there."""
    absolute = [Path(os.path.abspath(path.expanduser())) for path in paths]
    for path in absolute:
        if not path.exists():
            raise NotFound(
                _("Không có tệp hay thư mục: {path}").format(path=path),
                _("Kiểm tra lại đường dẫn."),
            )
    return absolute


# ---------------------------------------------------------------- telling


def _settings(jobs: int | None) -> Settings:
    settings = Settings.load()
    return settings if jobs is None else replace(settings, jobs=jobs)


def _ingest(
    library: Library, paths: list[Path], *, reread: bool = False, failed_only: bool = False
) -> Report:
    with _bar(_("Đọc tệp")) as advance:
        return ingest(
            library,
            paths,
            reread=reread,
            failed_only=failed_only,
            progress=lambda done, total, _path: advance(done, total),
        )


def _reindex(library: Library, *, full: bool = False) -> Reindexed:
    with _bar(_("Lập chỉ mục")) as advance:
        return library.reindex(full=full, progress=advance)


@contextmanager
def _bar(description: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr with rate and time left; plain lines where it is no terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn(_("còn")),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(description, total=None, rate="")

        def advance(done: int, total: int) -> None:
            elapsed = bars.tasks[0].elapsed or 0.0
            rate = _("{rate:.0f}/giây").format(rate=done / elapsed) if elapsed > 0 else ""
            bars.update(task, completed=done, total=total, rate=rate)

        yield advance


def _tell(report: Report, indexed: Reindexed) -> None:
    parts = [f"{report.counts[name]} {_(label)}" for name, label in KEPT.items() if report.counts[name]]
    parts.append(_("{count} không đổi").format(count=report.unchanged))
    if report.gone:
        parts.append(
            _("{gone} tệp đã mất ({removed} văn bản rời kho)").format(
                gone=report.gone, removed=report.removed
            )
        )
    if report.rejected:
        parts.append(_("{count} không đọc được").format(count=len(report.rejected)))
    if not report.seen and not report.unreachable:
        click.secho(_("Không thấy tệp nào để đọc."), fg="yellow")
    rate = report.read / report.seconds if report.read and report.seconds else 0.0
    speed = _(", {rate:.1f} tệp/giây").format(rate=rate) if rate else ""
    click.echo(
        _("{seen} tệp: {parts} ({seconds:.1f} giây{speed})").format(
            seen=report.seen, parts=", ".join(parts), seconds=report.seconds, speed=speed
        )
    )
    made = _("dựng lại") if indexed.rebuilt else _("cập nhật")
    click.echo(
        _("Chỉ mục: {made}, {changed} thay đổi, {count} văn bản ({seconds:.1f} giây)").format(
            made=made, changed=indexed.changed, count=indexed.documents, seconds=indexed.seconds
        )
    )
    for item in report.rejected[:SHOWN]:
        click.secho(f"  {item.path}: {item.reason} → {item.remedy}", fg="yellow", err=True)
    if len(report.rejected) > SHOWN:
        click.echo(_("  … xem hết bằng: kb status --all"), err=True)
    for place in report.emptied:
        click.secho(
            _(
                "Thư mục {path} trống; có thể ổ mạng chưa được kết nối. Văn bản của nó được giữ "
                "nguyên; nếu đúng là không còn tệp nào, chạy: kb remove {path}"
            ).format(path=place),
            fg="red",
            err=True,
        )
    for place in report.unreachable:
        click.secho(
            _("Không tới được: {path}. Văn bản của nó được giữ nguyên.").format(path=place),
            fg="red",
            err=True,
        )
