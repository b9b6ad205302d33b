"""Whoosh's file storage, made durable: files are synced, and the table of contents has a checksum.

Whoosh writes a commit as a new table of contents (TOC) that is renamed into place, but syncs nothing,
and reads a TOC with flipped bits as if nothing were wrong. The TOC is a pickle, so
whoever can write to the index folder can run code: keep the folder as private as the catalog.
"""
# mypy: allow-untyped-calls
# (Much of Whoosh has no types.)

from __future__ import annotations

import os
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, EmptyIndexError, IndexVersionError

from kb.errors import IndexCorrupt, IndexMissing, IndexOutdated, KbError
from kb.i18n import _

INDEX_NAME = "MAIN"
LOCK_NAME = f"{INDEX_NAME}_WRITELOCK"
TOC_SUFFIX = ".toc"
# What reading numbers and tokens out of damaged blocks raises.
DAMAGED_BLOCKS = (struct.error, ValueError, LookupError, OverflowError)
ErrorTypes = type[Exception] | tuple[type[Exception], ...]

_CHECKSUM_BYTES = 4
_TRIES = 20  # to read a TOC that a writer may just be replacing


class ChecksumError(Exception):
    """A table of contents that does not match its checksum."""


class DurableStorage(FileStorage):
    """Files in a folder. What is closed or renamed here survives a power cut."""

    def create_file(self, name: str, *args: Any, **options: Any) -> Any:
        """A new file, synced when it is closed."""
        return super().create_file(name, *args, onclose=_sync, **options)

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file. Raises ChecksumError for a damaged table of contents."""
        if name.endswith(TOC_SUFFIX):
            content = Path(self.folder, name).read_bytes()
            body, checksum = content[:-_CHECKSUM_BYTES], content[-_CHECKSUM_BYTES:]
            if _checksum(body) != checksum:
                raise ChecksumError(name)
        return super().open_file(name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file; a table of contents gets its checksum first."""
        if newname.endswith(TOC_SUFFIX):
            path = Path(self.folder, oldname)
            checksum = _checksum(path.read_bytes())
            with path.open("ab") as stream:
                stream.write(checksum)
                stream.flush()
                os.fsync(stream.fileno())
        super().rename_file(oldname, newname, safe=safe)
        sync_folder(Path(self.folder))


def read_toc(storage: DurableStorage) -> TOC:
    """The last commit. Raises IndexMissing, IndexCorrupt or IndexOutdated."""
    folder = Path(storage.folder)
    with reading(folder):
        for _attempt in range(_TRIES):
            try:
                toc: TOC = TOC.read(storage, INDEX_NAME)
                return toc
            except FileNotFoundError:
                time.sleep(0.05)  # removed between finding and opening it: a newer one is there
        raise ChecksumError(TOC_SUFFIX)


def last_generation(storage: DurableStorage) -> int:
    """The number of the last commit, -1 where there is no index."""
    return int(TOC._latest_generation(storage, INDEX_NAME))


@contextmanager
def reading(path: Path, damage: ErrorTypes = Exception) -> Iterator[None]:
    """Turns what Whoosh, pickle and we raise over a damaged index in `path` into IndexCorrupt.

    Unpickling alone can raise anything; for what comes later, `damage` tells which errors mean it.
    """
    try:
        yield
    except KbError:
        raise
    except EmptyIndexError as error:
        raise IndexMissing(_("Chưa có chỉ mục ở {path}").format(path=path)) from error
    except IndexVersionError as error:
        raise IndexOutdated(
            _("Chỉ mục do phiên bản Whoosh khác tạo: {path}").format(path=path)
        ) from error
    except damage as error:
        reason = f"{type(error).__name__}: {error}"
        raise IndexCorrupt(
            _("Chỉ mục hỏng: {path} ({reason})").format(path=path, reason=reason)
        ) from error


def sync_folder(path: Path) -> None:
    """Make new and renamed names in the folder durable, where the system can."""
    if os.name == "nt":
        return  # Windows has no such call
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync(file: StructFile) -> None:
    file.flush()
    os.fsync(file.fileno())


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM_BYTES, "big")
