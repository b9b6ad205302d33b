"""Which files there are: a walk over the added folders that survives whatever it meets."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indexer.metadata import sidecar
from kb.i18n import _
from kb.model import Rejected

SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as the folder shows it, unopened but for its sidecar."""

    path: str  # absolute
    size: int  # bytes
    mtime_ns: int
    sidecar_sha256: str | None


@dataclass(slots=True)
class Scan:
    """A walk over paths. `unreachable` fills as it goes: below these nothing may be called gone."""

    paths: list[Path]
    skip: Path | None = None  # KB_HOME, should it lie inside a scanned folder
    unreachable: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)  # paths that are folders with nothing in them

    def files(self) -> Iterator[Seen]:
        """Every regular file, hidden ones and sidecars left out, in a stable order."""
        for path in self.paths:
            if path.is_dir():
                if self._is_empty(path):
                    self.empty.append(str(path))
                yield from self._folder(path)
            elif path.exists():
                yield from self._file(str(path))
            else:
                self.unreachable.append(str(path))

    def is_gone(self, source: str) -> bool:
        """Whether a known source that was not seen is really gone, not merely out of reach."""
        return not any(is_below(source, place) for place in self.unreachable)

    def _folder(self, folder: Path) -> Iterator[Seen]:
        def unreadable(error: OSError) -> None:
            self.unreachable.append(str(error.filename))
            self.rejected.append(
                Rejected(
                    path=printable(str(error.filename)),
                    code="unreadable",
                    reason=_("Không mở được thư mục: {error}").format(error=error.strerror),
                    remedy=_("Sửa quyền đọc của thư mục rồi chạy kb reindex."),
                )
            )

        for place, folders, names in os.walk(folder, onerror=unreadable):
            folders[:] = sorted(
                name for name in folders if not name.startswith(".") and not self._is_home(place, name)
            )
            for name in sorted(names):
                if not is_noise(name):
                    yield from self._file(str(Path(place, name)))

    def _is_empty(self, folder: Path) -> bool:
        try:
            return next(folder.iterdir(), None) is None
        except OSError:
            return False  # the walk says what is wrong

    def _file(self, path: str) -> Iterator[Seen]:
        shown = printable(path)
        if shown != path:
            self.rejected.append(
                Rejected(
                    path=shown,
                    code="bad-name",
                    reason=_("Tên tệp không phải là chữ hợp lệ (UTF-8)."),
                    remedy=_("Đổi tên tệp rồi chạy kb reindex."),
                )
            )
            return
        try:
            state = Path(path).stat()
        except OSError as error:
            self.unreachable.append(path)
            self.rejected.append(
                Rejected(
                    path=path,
                    code="unreadable",
                    reason=_("Không mở được tệp: {error}").format(error=error.strerror),
                    remedy=_("Kiểm tra tệp (hoặc liên kết hỏng) rồi chạy kb reindex."),
                )
            )
            return
        if Path(path).is_file():  # no sockets, pipes or devices
            yield Seen(path, state.st_size, state.st_mtime_ns, sidecar.digest(Path(path)))

    def _is_home(self, place: str, name: str) -> bool:
        return self.skip is not None and Path(place, name) == self.skip


def is_noise(name: str) -> bool:
    """Hidden files, what operating systems leave behind, and sidecars (read with their document)."""
    return name.startswith(".") or name.lower() in SYSTEM_FILES or name.lower().endswith(sidecar.SUFFIX)


def is_below(path: str, place: str) -> bool:
    """Whether `path` is `place` or lies in it."""
    return path == place or path.startswith(place.rstrip(os.sep) + os.sep)


def printable(path: str) -> str:
    """The path as text that can be stored and shown; undecodable bytes become escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
