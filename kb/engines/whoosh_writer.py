"""The one writer of a Whoosh index."""
# mypy: allow-untyped-calls
# (Much of Whoosh has no types.)

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from whoosh.index import TOC, clean_files

from kb.engines.port import IndexDocument
from kb.engines.whoosh_blocks import BlockWriter
from kb.engines.whoosh_buffer import Buffer
from kb.engines.whoosh_codec import Segment, open_segment
from kb.engines.whoosh_merge import Source, groups_to_merge, merge
from kb.engines.whoosh_segment import SegmentData
from kb.engines.whoosh_storage import INDEX_NAME, LOCK_NAME, DurableStorage, read_toc
from kb.errors import HomeUnusable, Locked
from kb.i18n import _

# Occurrences of tokens in memory, about 10 bytes each, before a segment is written.
BUFFERED = 12_000_000


class WhooshWriter:
    """See kb.engines.port.EngineWriter."""

    def __init__(self, storage: DurableStorage, on_commit: Callable[[], None]) -> None:
        """Raises Locked where another process, or this one, writes."""
        self._storage = storage
        self._path = Path(storage.folder)
        self._on_commit = on_commit
        self._lock = storage.lock(LOCK_NAME)
        if not self._lock.acquire():
            raise Locked(_("Tiến trình khác đang ghi chỉ mục: {path}").format(path=self._path))
        try:
            self._toc = read_toc(storage)
            self._clean()  # what a killed process may have left
        except BaseException:
            self._lock.release()
            raise
        self._open = True
        self._segments: list[Segment] = list(self._toc.segments)
        self._data: dict[str, SegmentData] = {}
        self._buffer = Buffer()
        self._to_delete: set[str] = set()  # ids whose documents in finished segments are to go

    def add(self, document: IndexDocument) -> None:
        """Add the document, replacing one with the same id."""
        self._check_open()
        self._buffer.add(document)
        self._to_delete.add(document.id)
        if self._buffer.size >= BUFFERED:
            self._flush()

    def delete(self, document_id: str) -> None:
        """Remove the document, if it is there."""
        self._check_open()
        self._to_delete.add(document_id)
        self._buffer.delete(document_id)

    def commit(self) -> None:
        """Make everything since the last commit durable and visible."""
        self._check_open()
        self._flush()
        self._merge()
        toc = TOC(self._toc.schema, list(self._segments), self._toc.generation + 1)
        with self._writing():
            toc.write(self._storage, INDEX_NAME)
        self._toc = toc
        self._on_commit()
        self._clean()

    def close(self) -> None:
        """Drop what was not committed and release the lock. Calling it twice is fine."""
        if not self._open:
            return
        self._open = False
        try:
            self._clean()  # segments written since the last commit
        finally:
            self._lock.release()

    def _flush(self) -> None:
        """Apply deletions to the finished segments, then write the buffer as one more."""
        for segment in self._segments:
            for number in self._open_data(segment).find_ids(self._to_delete):
                segment.delete_document(number)
        self._to_delete.clear()
        if self._buffer:
            self._segments.append(self._write(self._buffer.write, self._buffer.deleted))
            self._buffer = Buffer()

    def _merge(self) -> None:
        self._segments = [segment for segment in self._segments if segment.doc_count()]
        sizes = [(segment.doc_count_all(), segment.deleted_count()) for segment in self._segments]
        groups = [[self._segments[number] for number in group] for group in groups_to_merge(sizes)]
        for group in groups:
            sources = [Source(self._open_data(s), frozenset(s.deleted_docs())) for s in group]
            merged = self._write(partial(merge, sources), ())
            # Only now: a full disk must not cost the segments that were to be merged.
            self._segments = [*(s for s in self._segments if s not in group), merged]

    def _write(self, write: Callable[[BlockWriter], None], deleted: Iterable[int]) -> Segment:
        segment = Segment(INDEX_NAME)
        with self._writing(), segment.create_file(self._storage, Segment.EXTENSION) as stream:
            writer = BlockWriter(stream)
            write(writer)
        segment.size, segment.checksum = writer.size, writer.checksum
        segment.set_doc_count(len(self._open_data(segment)))
        for number in deleted:
            segment.delete_document(number)
        return segment

    def _open_data(self, segment: Segment) -> SegmentData:
        name = segment.segment_id()
        if name not in self._data:
            self._data[name] = open_segment(self._storage, segment)
        return self._data[name]

    def _clean(self) -> None:
        """Remove files that the last commit does not name."""
        clean_files(self._storage, INDEX_NAME, self._toc.generation, self._toc.segments)
        for leftover in self._path.glob(f"_{INDEX_NAME}_*.toc.*"):
            leftover.unlink(missing_ok=True)

    def _check_open(self) -> None:
        if not self._open:
            raise ValueError("the writer is closed")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise HomeUnusable(
                _("Không ghi được chỉ mục ở {path}: {reason}").format(path=self._path, reason=error)
            ) from error
