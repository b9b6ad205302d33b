"""A folder for what reading writes on the way, gone with its run, however that ends.

A run that is killed cannot clean up: the next one removes what it left (texts of papers may lie there).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "tracuu-run-"
_LOCK = "lock"  # held as long as the run lives; the system lets it go with its holder
_YOUNG = 60.0  # seconds: a run that has just begun may not hold its lock yet


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new empty folder below the system's temporary one, removed at the end."""
    _remove_left()
    with (
        tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder,
        FileLock(Path(folder) / _LOCK),
    ):
        inner = Path(folder) / "files"
        inner.mkdir(mode=0o700)
        yield inner


def _remove_left() -> None:
    """Remove the folders of this user's runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(_PREFIX + "*"):
        with contextlib.suppress(OSError):  # another run may be removing it
            if _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    state = folder.lstat()
    own = not hasattr(os, "geteuid") or state.st_uid == os.geteuid()
    if not own or folder.is_symlink() or time.time() - state.st_mtime < _YOUNG:
        return False
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    lock.release()
    return True
