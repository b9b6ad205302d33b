"""Tantivy's files and failures: checksums, and its exceptions as errors of ours.

Every segment file ends with a footer: JSON with the CRC-32 of all before it, the JSON's length and
a magic number (little-endian 32 bits each). tantivy writes the checksum but does not
compare it when it opens an index, and answers a damaged file with wrong results or a panic.
`meta.json` has no checksum; its longest part, the schema, never changes and is kept a second time.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kb.errors import IndexCorrupt, KbError
from kb.i18n import _

META = "meta.json"
SCHEMA_COPY = "schema.json"
SEGMENT_PARTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")
MAGIC = 1337
CHUNK = 1 << 20
# Reading and summing this many bytes takes about a tenth of a second once they are cached.
# Larger indexes are verified by `verify`, which takes its time.
VERIFIED_ON_OPEN = 256 << 20

_FOOTER_END = struct.Struct("<II")  # length of the JSON, magic number


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns what tantivy raises while it reads the index in `path` into IndexCorrupt."""
    try:
        yield
    except KbError:
        raise
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise corrupt(path, error) from error
    except BaseException as error:
        # A panic in Rust: not an Exception, and its class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise corrupt(path, error) from error


def corrupt(path: Path, reason: object) -> IndexCorrupt:
    """The error for an index in `path` that cannot be read."""
    return IndexCorrupt(_("Chỉ mục hỏng: {path} ({reason})").format(path=path, reason=reason))


def keep_schema(path: Path) -> None:
    """Keep a copy of a new index's schema, to compare with."""
    with (path / SCHEMA_COPY).open("w") as stream:
        json.dump(_meta(path)["schema"], stream)
        stream.flush()
        os.fsync(stream.fileno())


def verify_on_open(path: Path) -> None:
    """Compare the last commit's list of files with what is there, and each file with its checksum
    where that is quick. Raises IndexCorrupt."""
    files = _segment_files(path)
    if sum(file.stat().st_size for file in files) <= VERIFIED_ON_OPEN:
        _verify(path, files)


def verify(path: Path) -> None:
    """Compare every file of the last commit with its checksum, however large. Raises IndexCorrupt."""
    _verify(path, _segment_files(path))


def _verify(path: Path, files: Iterable[Path]) -> None:
    for file in files:
        if not _is_intact(file):
            raise corrupt(path, file.name)


def _meta(path: Path) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((path / META).read_bytes())
    return meta


def _segment_files(path: Path) -> list[Path]:
    """The files of the segments that the last commit names."""
    with reading(path):
        meta = _meta(path)
        if meta["schema"] != json.loads((path / SCHEMA_COPY).read_bytes()):
            raise corrupt(path, META)
        files = []
        for segment in meta["segments"]:
            name = segment["segment_id"].replace("-", "")
            files += [path / f"{name}.{part}" for part in SEGMENT_PARTS]
            if segment["deletes"]:
                files.append(path / f"{name}.{segment['deletes']['opstamp']}.del")
        for file in files:
            if not file.is_file():
                raise corrupt(path, file.name)
        return files


def _is_intact(file: Path) -> bool:
    size = file.stat().st_size
    with file.open("rb") as stream:
        if size < _FOOTER_END.size:
            return False
        stream.seek(size - _FOOTER_END.size)
        length, magic = _FOOTER_END.unpack(stream.read())
        body = size - _FOOTER_END.size - length
        if magic != MAGIC or body < 0:
            return False
        stream.seek(body)
        try:
            expected = json.loads(stream.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        stream.seek(0)
        checksum, left = 0, body
        while left:
            chunk = stream.read(min(CHUNK, left))
            checksum, left = zlib.crc32(chunk, checksum), left - len(chunk)
        return bool(checksum == expected)
