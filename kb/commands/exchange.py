"""`kb export` and `kb import`: the fields of all documents as a table to edit."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path

import click

from kb.access import PUBLIC
from kb.commands.curate import author_option, login, print_changes
from kb.curation import tables
from kb.errors import BadInput
from kb.i18n import _
from kb.library import Library
from kb.settings import Settings

SHOWN = 50  # changes printed, without --all


@click.command(
    name="export",
    help=_(
        """Xuất các trường của mọi văn bản thành bảng để xem hoặc sửa: CSV cho Excel, hoặc JSON.

        \b
        Ví dụ:
          kb export truong.csv
          kb export truong.json
          kb export > truong.csv
        """
    ),
)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def export_table(file: Path | None) -> None:
    """Write the table."""
    with contextlib.closing(Library.open(Settings.load())) as library:
        rows = library.curator.rows(PUBLIC)
        write = tables.write_json if file and file.suffix.lower() == ".json" else tables.write_csv
        text = io.StringIO(newline="")
        count = write(rows, text)
    if file is None:
        sys.stdout.buffer.write(text.getvalue().encode())
        return
    try:
        file.write_bytes(text.getvalue().encode())
    except OSError as error:
        raise BadInput(
            _("Không ghi được {file}: {error}").format(file=file, error=error.strerror),
            _("Chọn thư mục khác."),
        ) from error
    click.echo(_("Đã ghi {count} văn bản vào {file}.").format(count=count, file=file))


@click.command(
    name="import",
    help=_(
        """Đọc lại bảng do kb export tạo ra và đã sửa. Chỉ xem trước; thêm --apply để sửa thật.

        \b
        Ô để trống thì bỏ mục đó; cột không có trong bảng thì không đụng tới.
        Có một dòng sai thì không sửa gì cả.

        \b
        Ví dụ:
          kb import truong.csv
          kb import truong.csv --apply --note "rà soát quý III"
        """
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "make", is_flag=True, help=_("Sửa thật."))
@click.option("--all", "everything", is_flag=True, help=_("In mọi thay đổi."))
@author_option
@click.option("--note", default="", help=_("Ghi chú: vì sao sửa."))
def import_table(file: Path, make: bool, everything: bool, author: str | None, note: str) -> None:
    """Preview a table, or make its changes."""
    if file.stat().st_size > tables.MAX_BYTES:
        raise BadInput(_("Bảng quá lớn."), _("Chia bảng thành nhiều tệp."))
    rows = tables.read(file.read_bytes())
    settings = Settings.load()
    opened = Library.writing(settings) if make else contextlib.closing(Library.open(settings))
    with opened as library:
        changes, wrong = library.curator.differences(rows, PUBLIC)
        print_changes(changes if everything else changes[:SHOWN])
        if len(changes) > SHOWN and not everything:
            click.echo(_("… và {count} thay đổi nữa (--all).").format(count=len(changes) - SHOWN))
        for line in wrong:
            click.secho(line, fg="red", err=True)
        if wrong:
            raise BadInput(
                _("{count} dòng sai, không sửa gì.").format(count=len(wrong)),
                _("Sửa bảng rồi chạy lại."),
            )
        if not changes:
            click.echo(_("Không có gì thay đổi."))
        elif make:
            library.curator.apply(changes, author=author or login(), note=note)
            library.reindex()
            click.echo(_("Đã sửa {count} mục.").format(count=len(changes)))
        else:
            click.echo(_("{count} mục sẽ đổi. Chạy lại với --apply để sửa.").format(count=len(changes)))
