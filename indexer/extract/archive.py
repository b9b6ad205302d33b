"""A look at a zip archive's table of contents before anything in it is unpacked."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from indexer.extract.failures import corrupt, encrypted, too_big
from kb.i18n import _

MAX_ENTRIES = 10_000
MAX_UNPACKED = 500_000_000  # bytes
MAX_RATIO = 100
_HARMLESS = 20_000_000  # bytes; less than this may be packed as tightly as it likes
_PASSWORD_FLAG = 0x1


def check_archive(path: Path, what: str) -> None:
    """Return if the archive may be unpacked.

    `what` names the kind of file for the message. Raises ExtractionFailed: `corrupt` (no valid
    archive), `encrypted`, or `too-big` (a zip bomb: entries, unpacked size, ratio of packing).
    Sizes that lie do no harm: zipfile never unpacks more than the stated size.
    """
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
    except (BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise corrupt(what) from error
    if any(entry.flag_bits & _PASSWORD_FLAG for entry in entries):
        raise encrypted(what)
    if len(entries) > MAX_ENTRIES:
        raise too_big(_("hơn %d mục trong tệp nén") % MAX_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        raise too_big(_("hơn %d MB sau khi giải nén") % (MAX_UNPACKED // 1_000_000))
    if unpacked > _HARMLESS and unpacked > MAX_RATIO * max(packed, 1):
        raise too_big(_("tỷ lệ nén bất thường, có thể là bom nén"))
