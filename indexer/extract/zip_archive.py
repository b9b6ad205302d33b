"""ZIP archives, read as a folder: every document inside, in the order of their names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as zlib_error

from indexer.extract.archive import check_archive
from indexer.extract.base import Extracted
from indexer.extract.container import Member, ReadFile, extracted_members
from indexer.extract.failures import corrupt
from kb.i18n import _

_LANGUAGE_FLAG = 0x800  # the name is UTF-8
_NOISE = ("__macosx", "thumbs.db", "desktop.ini")


class ZipExtractor:
    """Reads .zip. `read` reads one unpacked file."""

    format = "zip"

    def __init__(self, read: ReadFile) -> None:
        self._read = read

    def extract(self, path: Path) -> Extracted:
        """The texts of the members, each under its name."""
        what = _("Tệp nén (.zip)")
        check_archive(path, what)
        try:
            with ZipFile(path) as archive:
                members, size = _members(archive), path.stat().st_size
                return extracted_members(self.format, None, members, self._read, packed=size)
        except (BadZipFile, zlib_error, NotImplementedError, EOFError) as error:
            raise corrupt(what) from error


def _members(archive: ZipFile) -> Iterator[Member]:
    named = sorted(
        ((_name(entry), entry) for entry in archive.infolist() if not entry.is_dir()),
        key=lambda pair: pair[0],
    )
    for name, entry in named:
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not any(part.startswith(".") or part.lower() in _NOISE for part in parts):
            yield Member(name, partial(archive.read, entry))


def _name(entry: ZipInfo) -> str:
    """The name as its writer meant it: zipfile takes what is not marked as UTF-8 for DOS text."""
    if entry.flag_bits & _LANGUAGE_FLAG:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
