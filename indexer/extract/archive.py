"""A look at a zip archive's table of contents before anything in it is unpacked."""

from __future__ import annotations

from pathlib import Path
from struct import unpack_from
from zipfile import BadZipFile, ZipFile

from indexer.extract.failures import corrupt, encrypted, too_big
from kb.i18n import _

MAX_ENTRIES = 10_000
MAX_UNPACKED = 500_000_000  # bytes
MAX_RATIO = 100
HARMLESS = 20_000_000  # bytes; less than this may be packed as tightly as it likes
PASSWORD_FLAG = 0x1
_MAX_DIRECTORY = 5_000_000  # bytes of the table of contents: 500 for each entry
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535


def check_directory(path: Path) -> None:
    """Return if the table of contents may be read at all. Raises ExtractionFailed: `too-big`; OSError.

    zipfile goes by its size in bytes, whatever the number of entries it tells.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
        tail = file.read()
    at = tail.rfind(_END)
    if 0 <= at <= len(tail) - _END_SIZE:
        entries, directory = unpack_from("<HI", tail, at + 10)
        if entries > MAX_ENTRIES or directory > _MAX_DIRECTORY:
            raise too_big(_("hơn %d mục trong tệp nén") % MAX_ENTRIES)


def check_archive(path: Path, what: str, *, encrypted_too: bool = False) -> None:
    """Return if the archive may be unpacked.

    `what` names the kind of file for the message; with `encrypted_too` entries may need a password.
    Raises ExtractionFailed: `corrupt` (no valid
    archive), `encrypted`, or `too-big` (a zip bomb: entries, unpacked size, ratio of packing).
    Sizes that lie do no harm: zipfile never unpacks more than the stated size.
    """
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
    except (BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise corrupt(what) from error
    if not encrypted_too and any(entry.flag_bits & PASSWORD_FLAG for entry in entries):
        raise encrypted(what)
    if len(entries) > MAX_ENTRIES:
        raise too_big(_("hơn %d mục trong tệp nén") % MAX_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise too_big(_("hơn %d MB sau khi giải nén") % (MAX_UNPACKED // 1_000_000))
    if unpacked > HARMLESS and unpacked > MAX_RATIO * max(packed, 1):
        raise too_big(_("tỷ lệ nén bất thường, có thể là bom nén"))
