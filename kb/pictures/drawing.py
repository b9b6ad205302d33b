"""Pictures of pages, drawn when they are asked for and kept for a while."""

from __future__ import annotations

import subprocess
import sys
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock

from kb.errors import NotFound
from kb.i18n import _
from kb.model import Document
from kb.pictures.child import SECONDS, SIZE

FORMATS = ("pdf", "image")  # as indexer.extract names them
WIDTH = 1200  # pixels: sharp at twice the width it is shown at
_KEPT = 64 * 1024 * 1024  # bytes of pictures in memory
_AT_ONCE = 2  # children


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG, and its size in points (1/72 inch)."""

    png: bytes
    width: float
    height: float


class Pictures:
    """Draws pages and keeps the last ones. Safe to use from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], Picture] = OrderedDict()
        self._lock = Lock()
        self._drawing = BoundedSemaphore(_AT_ONCE)

    def page(self, path: Path, document: Document, number: int) -> Picture:
        """Page `number` (from 1) of the file a document was read from.

        Raises NotFound where there is no such page, or it cannot be drawn within the limits.
        """
        if document.format not in FORMATS:
            raise _no_picture()
        key = (document.source.sha256, number)
        if (known := self._known(key)) is not None:
            return known
        with self._drawing:
            if (known := self._known(key)) is not None:
                return known
            picture = _draw(path, document.format, number)
        with self._lock:
            self._kept[key] = picture
            while len(self._kept) > 1 and sum(len(each.png) for each in self._kept.values()) > _KEPT:
                self._kept.popitem(last=False)
        return picture

    def _known(self, key: tuple[str, int]) -> Picture | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)


def _draw(path: Path, format_: str, number: int) -> Picture:
    command = [sys.executable, "-m", "kb.pictures.child", format_, str(path), str(number), str(WIDTH)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise _no_picture() from error
    if done.returncode or len(done.stdout) <= SIZE.size:
        raise _no_picture()
    width, height = SIZE.unpack_from(done.stdout)
    return Picture(done.stdout[SIZE.size :], width, height)


def _no_picture() -> NotFound:
    return NotFound(
        _("Không vẽ được trang này của tệp gốc."), _("Đọc phần chữ, hoặc tải tệp gốc về để xem.")
    )
