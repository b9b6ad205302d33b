"""`kb watch`: keeps a library up to date while it runs."""

from __future__ import annotations

import signal
from datetime import datetime
from pathlib import Path
from types import FrameType

import click

from indexer.commands import KEPT, existing
from indexer.watching import watch as looks
from kb.catalog import sources
from kb.errors import KbError
from kb.i18n import N_, _
from kb.library import Library
from kb.settings import Settings

_OUTCOMES = {
    **KEPT,
    "gone": N_("đã mất"),
}  # what is not here is why a file was refused: a code of docs/errors.md


@click.command(
    help=_(
        """Theo dõi thư mục: tệp mới, đã sửa, đã chuyển hoặc đã xóa được đưa vào kho trong vài giây.

        Tệp chỉ được đọc khi không còn thay đổi (--settle). Ổ mạng mất kết nối thì văn bản được giữ
        nguyên và chương trình chờ ổ trở lại. Không nêu thư mục: theo dõi mọi thư mục đã thêm.
        Mỗi tệp một dòng; dừng bằng Ctrl-C. Chạy như dịch vụ: docs/watch.md.

        \b
        Ví dụ:
          kb watch ~/van-ban
          kb watch --interval 60
          kb watch --once                một lượt rồi thôi, cho Task Scheduler hoặc cron
        """
    )
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--interval",
    type=click.FloatRange(1),
    default=10.0,
    show_default=True,
    help=_("Giây giữa hai lượt."),
)
@click.option(
    "--settle",
    type=click.FloatRange(0),
    default=5.0,
    show_default=True,
    help=_("Giây tệp phải giữ nguyên trước khi được đọc."),
)
@click.option("--once", is_flag=True, help=_("Chỉ một lượt; tệp nào cũng được đọc ngay."))
def watch(paths: tuple[Path, ...], interval: float, settle: float, once: bool) -> None:
    """Look at the folders until stopped."""
    settings = Settings.load()
    places = existing(paths)
    if places:
        with Library.writing(settings) as library, library.database.begin() as connection:
            for place in places:
                sources.add_root(connection, str(place))
    signal.signal(signal.SIGTERM, _interrupt)

    def trouble(error: KbError | OSError) -> None:
        if once:
            raise error
        _say(_("lỗi"), str(error), getattr(error, "remedy", ""))

    _say(_("theo dõi"), ", ".join(map(str, places)) or _("mọi thư mục đã thêm"))
    missing: frozenset[str] = frozenset()
    try:
        for report in looks(
            settings,
            places,
            told=lambda path, outcome, reason: _say(_(_OUTCOMES.get(outcome, outcome)), path, reason),
            trouble=trouble,
            interval=interval,
            settle=0.0 if once else settle,
        ):
            now_missing = frozenset((*report.unreachable, *report.emptied))
            for path in sorted(now_missing - missing):
                _say(_("không tới được"), path, _("văn bản của nó được giữ nguyên"))
            for path in sorted(missing - now_missing):
                _say(_("đã trở lại"), path)
            missing = now_missing
            if once:
                break
    except KeyboardInterrupt:
        _say(_("dừng"), "")


def _say(what: str, about: str, detail: str = "") -> None:
    """One line: time, what happened, to which file, why."""
    now = datetime.now().isoformat(sep=" ", timespec="seconds")
    click.echo(f"{now}  {what:<14} {about}" + (f": {detail}" if detail else ""))


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """A service manager's stop is a Ctrl-C: what was committed stays, the rest is read again."""
    raise KeyboardInterrupt
