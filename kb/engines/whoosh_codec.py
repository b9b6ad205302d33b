"""Segments of our own kind inside a Whoosh index."""
# mypy: allow-untyped-calls
# (Much of Whoosh has no types.)

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from whoosh import fields
from whoosh.codec import base

from kb.engines.fields import FIELDS, ID_FIELD
from kb.engines.whoosh_blocks import BlockFile
from kb.engines.whoosh_segment import SegmentData
from kb.engines.whoosh_storage import DurableStorage, reading

# Of the segment files and of Whoosh's table of contents.
FORMAT = f"1+whoosh{'.'.join(metadata.version('whoosh3').split('.')[:1])}"


class Segment(base.Segment):
    """A segment as the table of contents names it (and pickles it)."""

    EXTENSION = ".seg"

    def __init__(self, index_name: str) -> None:
        super().__init__(index_name)
        self.size = 0  # bytes of its file
        self.checksum = 0  # CRC-32 of its file
        self._documents = 0
        self._deleted: set[int] = set()

    def set_doc_count(self, count: int) -> None:
        """How many documents it holds, deleted ones included."""
        self._documents = count

    def doc_count_all(self) -> int:
        return self._documents

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._deleted)

    def is_deleted(self, number: int) -> bool:
        return number in self._deleted

    def delete_document(self, number: int, delete: bool = True) -> None:
        if delete:
            self._deleted.add(number)
        else:
            self._deleted.discard(number)


def schema() -> fields.Schema:
    """The field table as Whoosh's own field types, which have no part in indexing or searching."""
    types = {
        "text": lambda field: fields.TEXT(phrase=field.positions),
        "keyword": lambda field: fields.KEYWORD(),
        "int": lambda field: fields.NUMERIC(),
    }
    columns = {field.name: types[field.kind](field) for field in FIELDS}
    return fields.Schema(**{ID_FIELD: fields.ID(stored=True, unique=True)}, **columns)


def open_segment(storage: DurableStorage, segment: Segment) -> SegmentData:
    """Open the segment's file. Raises IndexCorrupt."""
    path = Path(storage.folder)
    with reading(path):
        file = BlockFile(path / segment.make_filename(Segment.EXTENSION))
        if len(file) != segment.size:
            raise ValueError(f"{segment.segment_id()}: {len(file)} of {segment.size} bytes")
        return SegmentData(file)


def verify_segment(storage: DurableStorage, segment: Segment, data: SegmentData) -> None:
    """Compare the segment's file with its checksum. Raises IndexCorrupt."""
    with reading(Path(storage.folder)):
        if data.file.checksum() != segment.checksum:
            raise ValueError(f"{segment.segment_id()}: checksum")
