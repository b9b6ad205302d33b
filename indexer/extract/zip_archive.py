"""ZIP archives as one text: every document inside, in the order of their names.

This is for archives inside mail, and for `kb extract`; in a folder of documents an archive is a folder
(indexer.archives).
"""

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
        ((name_of(entry), entry) for entry in archive.infolist() if not entry.is_dir()),
        key=lambda pair: pair[0],
    )
    for name, entry in named:
        if not is_noise(name):
            yield Member(name, partial(archive.read, entry))


def is_noise(name: str) -> bool:
    """Whether a member is what operating systems leave in archives, or hidden."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any((part.startswith(".") and part.strip(".")) or part.lower() in _NOISE for part in parts)


def name_of(entry: ZipInfo) -> str:
    """The name as its writer meant it: zipfile takes what is not marked as UTF-8 for DOS text."""
    if entry.flag_bits & _LANGUAGE_FLAG:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
