"""One file to one document: what a child process does. Pure: reads the file, writes nothing."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from indexer import secrecy
from indexer.archives import Contents, Place, contents, is_archive, unpacked
from indexer.extract import registry
from indexer.extract.failures import NEEDS_OCR, secret
from indexer.extract.ocr import available as has_ocr
from indexer.metadata import read as fields
from indexer.metadata import sidecar
from kb.errors import ExtractionFailed
from kb.i18n import _
from kb.model import Document, Source

CHUNK = 1 << 20


def read_place(place: Place, *, secrecy_gate: bool = True, ocr: bool = False) -> Document | Contents:
    """The document in a file or a member of an archive (`read_file`), or what an archive holds.

    Raises ExtractionFailed with code, reason and remedy.
    """
    if place.archive is None:
        path = Path(place.path)
        if is_archive(path):
            return contents(path)
        return read_file(place.path, secrecy_gate=secrecy_gate, ocr=ocr)
    with unpacked(place) as path:
        document = read_file(str(path), secrecy_gate=secrecy_gate, ocr=ocr)
    moment = Path(place.archive).stat().st_mtime_ns
    source = replace(document.source, path=place.path, archive=place.archive, mtime_ns=moment)
    return replace(document, source=source)


def read_file(path: str, *, secrecy_gate: bool = True, ocr: bool = False) -> Document:
    """The document in a file, an archive as one text; with `ocr` also pages that are pictures, which
    takes long.

    Raises ExtractionFailed with code, reason and remedy.

    `secrecy_gate` refuses what is marked as a state secret; its text goes no further than this process.
    """
    place = Path(path)
    source = describe(place)
    extracted = registry.extract(place, ocr=ocr)
    if secrecy_gate and (level := secrecy.mark(extracted)):
        raise secret(level, source.sha256)
    found = fields.read(extracted, place.name)
    metadata, label, warnings = sidecar.apply(found.metadata, place)
    return Document(
        source=source,
        format=extracted.format,
        text=extracted.text,
        pages=extracted.pages,
        metadata=metadata,
        sections=found.sections,
        references=found.references,
        text_quality=extracted.text_quality,
        warnings=(*extracted.warnings, *found.warnings, *warnings),
        label=label,
        ocr=extracted.ocr,
    )


def read_whole(path: str, *, secrecy_gate: bool = True) -> Document:
    """The document in a file, at once with OCR where pages want it and it is there."""
    try:
        document = read_file(path, secrecy_gate=secrecy_gate)
    except ExtractionFailed as failure:
        if failure.code != NEEDS_OCR or not has_ocr():
            raise
    else:
        if not has_pictures(document) or not has_ocr():
            return document
    return read_file(path, secrecy_gate=secrecy_gate, ocr=True)


def has_pictures(document: Document) -> bool:
    """Whether pages or attachments have no text because they are pictures nobody read yet."""
    unread = ("pages-without-text:", f"member-{NEEDS_OCR}:")
    return any(warning.startswith(unread) for warning in document.warnings)


def describe(path: Path) -> Source:
    """Hash, size and time stamp of a file and its sidecar. Raises ExtractionFailed: unreadable."""
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ExtractionFailed(
            "unreadable",
            _("Không mở được tệp: {error}").format(error=error.strerror or error),
            _("Kiểm tra quyền đọc của tệp rồi chạy kb reindex."),
        ) from error
    return Source(str(path), digest, state.st_size, state.st_mtime_ns, sidecar.digest(path))
