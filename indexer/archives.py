"""ZIP archives as folders of documents: what is inside, and one member at a time out of it.

A member is called like a file in a folder of the archive's name: /van-ban/nam-2022.zip/thang-1/bc.docx.
Archives in archives are folders too. Everything is bounded before it is unpacked, and what must be
unpacked to get at all members, those of inner archives again and again, is bounded as a sum.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as zlib_error

from indexer.extract import sniff
from indexer.extract.archive import PASSWORD_FLAG, check_archive
from indexer.extract.container import MAX_DEPTH, file_name
from indexer.extract.failures import corrupt, encrypted, no_text, too_big
from indexer.extract.zip_archive import is_noise, name_of
from indexer.metadata import sidecar
from kb.errors import ExtractionFailed
from kb.i18n import _

MAX_MEMBERS = 5_000  # of one archive, those of inner ones included
MAX_WORK = 2_000_000_000  # bytes unpacked to get at all of them
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document is read: a file, or a member of an archive.

    path     as sources call it
    archive  the file on disk, of a member
    inner    its number in the archive's table of contents, after those of the archives around it
    """

    path: str
    archive: str | None = None
    inner: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds: members to be read, and those that are refused."""

    places: tuple[Place, ...]
    refused: tuple[tuple[str, ExtractionFailed], ...] = ()  # path, why


def is_archive(path: Path) -> bool:
    """Whether a file is an archive whose members are documents. Raises ExtractionFailed."""
    return sniff.detect(path) == "zip"


def contents(path: Path) -> Contents:
    """The members of an archive, by name.

    Raises ExtractionFailed: corrupt, too-big (a bomb), no-text (nothing is inside).
    """
    walk = _Walk(str(path))
    walk.visit(path, str(path), ())
    if not walk.places and not walk.refused:
        raise no_text()
    return Contents(tuple(walk.places), tuple(walk.refused))


@contextmanager
def unpacked(place: Place) -> Iterator[Path]:
    """A member as a file, its sidecar beside it, in a folder that is gone afterwards.

    Raises ExtractionFailed: corrupt, encrypted, too-big.
    """
    assert place.archive is not None
    with tempfile.TemporaryDirectory(prefix="tracuu-") as folder:
        at = Path(place.archive)
        for depth, number in enumerate(place.inner):
            at = _unpack(at, number, Path(folder) / str(depth))
        yield at


class _Walk:
    """Collects the members of an archive and of those inside it."""

    def __init__(self, archive: str) -> None:
        self.archive = archive
        self.places: list[Place] = []
        self.refused: list[tuple[str, ExtractionFailed]] = []
        self.work = 0
        self.names: set[str] = set()

    def visit(self, path: Path, called: str, inner: tuple[int, ...]) -> None:
        """Add what is in the archive at `path`."""
        if len(inner) >= MAX_DEPTH:
            raise too_big(_("hơn %d lớp tệp lồng nhau") % MAX_DEPTH)
        check_archive(path, _what(), encrypted_too=True)
        around = path.stat().st_size if inner else 0
        with _opened(path) as archive:
            for number, entry in sorted(enumerate(archive.infolist()), key=_by_name):
                if not entry.is_dir() and not is_noise(name_of(entry)):
                    self._add(path, entry, called, (*inner, number), around)

    def _add(
        self, path: Path, entry: ZipInfo, folder: str, inner: tuple[int, ...], around: int
    ) -> None:
        name = f"{folder}/{_safe(name_of(entry))}"
        if name.lower().endswith(sidecar.SUFFIX):
            return  # read with its document
        while name in self.names:
            name += "~"
        self.names.add(name)
        self.work += entry.file_size + around
        if self.work > MAX_WORK:
            raise too_big(_("hơn %d MB sau khi giải nén") % (MAX_WORK // 1_000_000))
        if len(self.names) > MAX_MEMBERS:
            raise too_big(_("hơn %d tệp bên trong") % MAX_MEMBERS)
        try:
            if entry.flag_bits & PASSWORD_FLAG:
                raise encrypted(_("Tệp bên trong"))
            if name.lower().endswith(".zip"):
                with tempfile.TemporaryDirectory(prefix="tracuu-") as place:
                    unpacked = _unpack(path, inner[-1], Path(place))
                    if is_archive(unpacked):
                        self.visit(unpacked, name, inner)
                        return
            self.places.append(Place(name, self.archive, inner))
        except ExtractionFailed as failure:
            if failure.code == "too-big":
                raise  # the whole is a bomb
            self.refused.append((name, failure))


def _unpack(path: Path, number: int, folder: Path) -> Path:
    """One entry of an archive in a new folder, under its own name, and its sidecar beside it."""
    check_archive(path, _what(), encrypted_too=True)
    folder.mkdir(exist_ok=True)
    with _opened(path) as archive:
        entries = archive.infolist()
        entry = entries[number]
        if entry.flag_bits & PASSWORD_FLAG:
            raise encrypted(_("Tệp bên trong"))
        target = folder / file_name(name_of(entry))
        _write(archive, entry, target)
        beside = next((e for e in entries if e.filename == entry.filename + sidecar.SUFFIX), None)
        if beside is not None and not beside.flag_bits & PASSWORD_FLAG:
            _write(archive, beside, sidecar.place(target))
        return target


def _write(archive: ZipFile, entry: ZipInfo, target: Path) -> None:
    with archive.open(entry) as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file)


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(path) as archive:
            yield archive
    except (BadZipFile, zlib_error, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise corrupt(_what()) from error


def _what() -> str:
    return _("Tệp nén (.zip)")


def _by_name(numbered: tuple[int, ZipInfo]) -> tuple[str, int]:
    return name_of(numbered[1]), numbered[0]


def _safe(name: str) -> str:
    """A member's name below the archive: no way out of it, nothing that cannot be shown."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    kept = [_UNSAFE.sub("_", part) for part in parts if part not in ("/", "..", ".")]
    return "/".join(kept) or "_"
