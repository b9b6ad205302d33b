"""One writer at a time: an operating system lock on KB_HOME, free again when its holder dies."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kb.errors import HomeUnusable, Locked
from kb.i18n import _

LOCK_NAME = "write.lock"
HOLDER_NAME = "write.holder"  # beside the lock: Windows forbids reading a locked file


@contextlib.contextmanager
def write_lock(home: Path) -> Iterator[None]:
    """Hold the home's write lock. Raises Locked, naming the holder, or HomeUnusable."""
    lock = FileLock(home / LOCK_NAME)
    holder = home / HOLDER_NAME
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise Locked(
            _("Một tiến trình khác đang ghi dữ liệu ({holder}).").format(holder=_read(holder))
        ) from error
    except OSError as error:
        raise HomeUnusable(
            _("Không ghi được vào thư mục dữ liệu {path}: {error}").format(
                path=home, error=error.strerror or error
            )
        ) from error
    try:
        since = datetime.now().isoformat(timespec="seconds")
        holder.write_text(
            _("tiến trình {pid}, từ {since}").format(pid=os.getpid(), since=since), "utf-8"
        )
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _read(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8")
    except OSError:
        return _("không rõ tiến trình nào")
