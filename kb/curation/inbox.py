"""Files that people hand in on the pages: KB_HOME/inbox, a folder like any other to `kb add`.

    inbox/3f2a9c01b7de4455/Kế hoạch.docx       the file, under the hash of its bytes
    inbox/3f2a9c01b7de4455/.received.json      who handed it in and when; hidden, so it is never read
    withdrawn/3f2a9c01b7de4455/…               what was taken back; nothing is deleted

The one exception are papers with a secrecy mark: the file is deleted, its hash and the notice stay.
What became of a file is not kept here: the catalog knows.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog.schema import documents, rejected, sources
from kb.errors import BadInput, HomeUnusable, NotFound
from kb.files import write_durably
from kb.i18n import _
from kb.vietnamese.normalise import nfc

logger = logging.getLogger(__name__)

LARGEST = 200 * 1024 * 1024  # bytes of a file; readers of single formats have bounds of their own
_CHUNK = 1024 * 1024
_NOTE = ".received.json"
_ID = re.compile(r"[0-9a-f]{16}")
_LONGEST_NAME = 180  # bytes; file systems take 255, an archive's members come behind it
# Nothing a path, a shell, Windows or a terminal reads as more than a letter; no direction marks.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")

WAITING, KEPT, REFUSED, SECRET, WITHDRAWN = "waiting", "kept", "refused", "secret", "withdrawn"


@dataclass(frozen=True, slots=True)
class Note:
    """What is kept beside a file that was handed in."""

    name: str
    author: str
    at: str  # ISO 8601, UTC
    sha256: str
    secret: str = ""  # the notice, where the file was deleted for its secrecy mark


@dataclass(frozen=True, slots=True)
class Upload:
    """A file handed in, and what became of it."""

    id: str
    note: Note
    state: str  # waiting | kept | refused | secret | withdrawn
    documents: tuple[tuple[str, str], ...] = ()  # id and title; an archive has several
    problems: tuple[tuple[str, str], ...] = ()  # reason and remedy

    @property
    def received(self) -> datetime:
        """When it was handed in, UTC."""
        return datetime.fromisoformat(self.note.at)


class Inbox:
    """The files handed in. To read them is the work of `kb add FOLDER`."""

    def __init__(self, home: Path, database: sa.Engine) -> None:
        self.folder = home / "inbox"
        self._withdrawn = home / "withdrawn"
        self._database = database

    def receive(self, name: str, stream: IO[bytes], author: str) -> Upload:
        """Keep a file; the same bytes again are the same upload.

        Raises BadInput (no usable name, empty, too large) and HomeUnusable (no space, not writable);
        then nothing is left of it.
        """
        name = clean_name(name)
        part = self.folder / f".part-{uuid.uuid4().hex}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            sha256 = _copy(stream, part, name)
            place = self.folder / sha256[:16]
            if not _whole(place):
                place.mkdir(exist_ok=True)
                _write(
                    place, Note(name, author, datetime.now(UTC).isoformat("T", "milliseconds"), sha256)
                )
                part.replace(place / name)
            shutil.rmtree(self._withdrawn / place.name, ignore_errors=True)
        except OSError as error:
            raise HomeUnusable(
                _("Không ghi được vào thư mục dữ liệu {path}: {error}").format(
                    path=self.folder, error=error.strerror or error
                )
            ) from error
        finally:
            part.unlink(missing_ok=True)
        return Upload(place.name, _noted(place), WAITING)

    def uploads(self, most: int) -> list[Upload]:
        """The newest uploads first, those taken back too."""
        noted = [
            (note, place)
            for folder in (self.folder, self._withdrawn)
            for place in _places(folder)
            for note in [_read(place)]
            if note is not None
        ]
        noted.sort(key=lambda each: (each[0].at, each[1].name), reverse=True)
        with self._database.connect() as connection:
            return [self._upload(connection, place, note) for note, place in noted[:most]]

    def withdraw(self, upload_id: str) -> Path:
        """Take an upload out; the path that `kb remove` is to forget.

        Raises NotFound, and BadInput for a file that was not read yet: it may bear a secrecy mark.
        """
        place = self._find(self.folder, upload_id)
        with self._database.connect() as connection:
            if self._upload(connection, place, _noted(place)).state not in (KEPT, REFUSED):
                raise BadInput(_("Tệp này chưa được đọc xong."), _("Đợi đọc xong rồi rút lại."))
        self._withdrawn.mkdir(exist_ok=True)
        target = self._withdrawn / upload_id
        shutil.rmtree(target, ignore_errors=True)
        place.replace(target)
        return place

    def put_back(self, upload_id: str) -> None:
        """Undo `withdraw`; `kb add` reads it again, with its old id. Raises NotFound."""
        self._find(self._withdrawn, upload_id).replace(self.folder / upload_id)

    def drop_secrets(self) -> None:
        """Delete the files that were refused for a secrecy mark; the hash and the notice stay."""
        with self._database.connect() as connection:
            marked = connection.execute(
                sa.select(rejected).where(
                    rejected.c.sha256.is_not(None), _inside(rejected, self.folder)
                )
            ).all()
        for row in marked:
            place = self.folder / Path(row.path).relative_to(self.folder).parts[0]
            note, files = _read(place), list(_files(place))
            if note is None or not files:
                continue
            _write(place, replace(note, secret=f"{row.reason} {row.remedy}"))
            for file in files:
                file.unlink()
            logger.warning(
                "%s: a secrecy mark; the file handed in was deleted (%s)", place, note.sha256
            )

    def _find(self, folder: Path, upload_id: str) -> Path:
        place = folder / upload_id
        if not _ID.fullmatch(upload_id) or not place.is_dir():
            raise _unknown()
        return place

    def _upload(self, connection: Connection, place: Path, note: Note) -> Upload:
        if note.secret:
            return Upload(place.name, note, SECRET, problems=((note.secret, ""),))
        if place.parent == self._withdrawn:
            return Upload(place.name, note, WITHDRAWN)
        found = sa.select(documents.c.id, documents.c.title).join(
            sources, sources.c.document_id == documents.c.id
        )
        kept = connection.execute(found.where(_inside(sources, place)).distinct()).all()
        refused = connection.execute(sa.select(rejected).where(_inside(rejected, place))).all()
        return Upload(
            place.name,
            note,
            KEPT if kept else REFUSED if refused else WAITING,
            tuple((row.id, row.title) for row in kept),
            tuple((row.reason, row.remedy) for row in refused),
        )


def clean_name(name: str) -> str:
    """The file name of a path as a browser sends it, safe on every system. Raises BadInput."""
    last = re.split(r"[/\\]", nfc(name))[-1]
    shown = _NOT_IN_NAMES.sub("_", last).strip().rstrip(".")
    stem, dot, ending = shown.rpartition(".")
    while stem and len(shown.encode()) > _LONGEST_NAME:
        stem = stem[:-1]
        shown = stem.rstrip() + dot + ending
    if not shown or shown.startswith((".", "~$")) or len(shown.encode()) > _LONGEST_NAME:
        raise BadInput(_("Tên tệp không dùng được: {name}").format(name=last[:80]), _("Đổi tên tệp."))
    if shown.lower().endswith(".meta.toml"):
        raise BadInput(
            _("{name} không phải là văn bản.").format(name=shown), _("Sửa các trường ngay trên trang.")
        )
    return f"_{shown}" if _DEVICES.fullmatch(shown) else shown


def _copy(stream: IO[bytes], target: Path, name: str) -> str:
    """Write the stream to disk; the SHA-256 of its bytes."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise BadInput(
                    _("{name} lớn hơn {most} MB.").format(name=name, most=LARGEST // 1024**2),
                    _("Nhờ quản trị viên thêm bằng kb add, hoặc tách tệp."),
                )
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise BadInput(_("{name} rỗng.").format(name=name), _("Kiểm tra lại tệp rồi nạp lại."))
    return digest.hexdigest()


def _places(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (place for place in folder.iterdir() if _ID.fullmatch(place.name))


def _inside(table: sa.Table, place: Path) -> sa.ColumnElement[bool]:
    return table.c.path.startswith(f"{place}{os.sep}", autoescape=True)


def _write(place: Path, note: Note) -> None:
    write_durably(place / _NOTE, json.dumps(asdict(note), ensure_ascii=False))


def _read(place: Path) -> Note | None:
    try:
        return Note(**json.loads((place / _NOTE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # not handed in by a page


def _noted(place: Path) -> Note:
    """The note, which has to be there."""
    note = _read(place)
    if note is None:
        raise _unknown()
    return note


def _unknown() -> NotFound:
    return NotFound(_("Không có tệp nạp nào mang mã này."), _("Tải lại trang."))


def _files(place: Path) -> Iterator[Path]:
    """What was handed in, without the note."""
    return (file for file in place.iterdir() if not file.name.startswith(_NOTE))


def _whole(place: Path) -> bool:
    """Whether the file is there with its note; not after a kill between the two, or a secrecy mark."""
    return _read(place) is not None and any(_files(place))
