"""The engine in plain Python: Whoosh's index structure, with segments and searching of our own.

Whoosh gives commits (generations of a table of contents), segments, storage and locks.
Its codec and its matchers handle every posting by itself in several Python calls; here
postings are arrays that are read and combined as a whole (see whoosh_segment, whoosh_search).

Index folder: one `.seg` file a segment, whose size and CRC-32 the table of contents holds, the table
itself (`_MAIN_n.toc`, a pickle: a folder that someone else can write to is code execution) and
a lock file.
"""
# mypy: allow-untyped-calls
# (Much of Whoosh has no types.)

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import ClassVar

from whoosh.index import TOC

from kb.engines.port import EngineResult, Order, Query
from kb.engines.semantics import check, checked_field
from kb.engines.whoosh_codec import FORMAT, Segment, open_segment, schema, verify_segment
from kb.engines.whoosh_page import by_date, by_score, count_facets
from kb.engines.whoosh_search import Search
from kb.engines.whoosh_segment import SegmentData
from kb.engines.whoosh_snapshot import Snapshot
from kb.engines.whoosh_storage import (
    DAMAGED_BLOCKS,
    INDEX_NAME,
    DurableStorage,
    last_generation,
    read_toc,
    reading,
)
from kb.engines.whoosh_writer import WhooshWriter
from kb.errors import BadInput, IndexCorrupt
from kb.i18n import _

# Summing this many bytes takes about a quarter second. Larger indexes are verified by `verify`.
VERIFIED_ON_OPEN = 256 << 20


class WhooshEngine:
    """An open Whoosh index; see kb.engines.port.Engine."""

    name: ClassVar[str] = "whoosh"
    version: ClassVar[str] = FORMAT

    def __init__(self, storage: DurableStorage) -> None:
        self._storage: DurableStorage | None = storage
        self._path = Path(storage.folder)
        self._loading = Lock()
        self._data: dict[str, SegmentData] = {}  # segment -> its open file
        self._snapshot: Snapshot | None = None
        self.refresh()

    @classmethod
    def create(cls, path: Path) -> WhooshEngine:
        """A new empty index in the folder `path`, which is created. Raises BadInput where the
        folder already holds one."""
        path.mkdir(parents=True, exist_ok=True)
        storage = DurableStorage(str(path))
        if last_generation(storage) >= 0:
            raise BadInput(_("Thư mục đã có chỉ mục: {path}").format(path=path))
        TOC.create(storage, schema(), INDEX_NAME)
        return cls(storage)

    @classmethod
    def open(cls, path: Path) -> WhooshEngine:
        """Open the index in `path`. Raises IndexMissing, IndexCorrupt or IndexOutdated."""
        return cls(DurableStorage(str(path)))

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        offset: int = 0,
        order: Order = "relevance",
        facets: Mapping[str, int] | None = None,
    ) -> EngineResult:
        """See kb.engines.port.Engine.search."""
        check(query, facets or ())
        snapshot = self._current()
        with reading(self._path, DAMAGED_BLOCKS):
            scores = Search(snapshot).scores(query)
            for document in snapshot.deleted:
                scores.pop(document, None)
            if order == "relevance":
                hits = by_score(snapshot, scores, offset, limit)
            else:
                hits = by_date(snapshot, scores.keys(), order, offset, limit)
            counts = count_facets(snapshot, scores.keys(), facets or {})
            return EngineResult(len(scores), tuple(hits), counts)

    def terms(
        self, field: str, prefix: str = "", limit: int = 100, *, within: Query | None = None
    ) -> list[tuple[str, int]]:
        """See kb.engines.port.Engine.terms."""
        checked_field(field, ("text", "keyword"))
        snapshot = self._current()
        allowed: frozenset[int] | None = None
        with reading(self._path, DAMAGED_BLOCKS):
            if within is not None:
                check(within)
                allowed = snapshot.within(
                    within, lambda: frozenset(Search(snapshot).matches(within)) - snapshot.deleted
                )
            if allowed is not None and len(allowed) == len(snapshot):
                allowed = None  # a clause that lets every document through, as access mostly does
            return list(islice(snapshot.tokens(field, prefix, allowed), limit))

    @property
    def commit(self) -> Hashable:
        """See kb.engines.port.Engine.commit."""
        return self._current().generation

    def frequency(self, field: str, token: str) -> int:
        """See kb.engines.port.Engine.frequency."""
        checked_field(field, ("text", "keyword"))
        found = self._current().find(field, token)
        return sum(terms.counts[number] for _leaf, terms, number in found)

    def ids(self) -> Iterator[str]:
        """The ids of all documents of the commit seen now."""
        return self._current().ids()

    def count(self) -> int:
        """How many documents the index holds."""
        return len(self._current())

    def writer(self) -> WhooshWriter:
        """Start writing. Raises Locked where another process (or this one) writes."""
        return WhooshWriter(self._open_storage(), self.refresh)

    def refresh(self) -> None:
        """See what was committed since this index was opened or refreshed."""
        storage = self._open_storage()
        with self._loading:
            while self._snapshot is None or self._snapshot.generation != last_generation(storage):
                toc = read_toc(storage)
                try:
                    self._load(storage, toc)
                except IndexCorrupt:
                    # A writer may have merged segments away since the table was read.
                    if last_generation(storage) == toc.generation:
                        raise

    def verify(self) -> None:
        """Compare every segment file with its checksum, however large. Raises IndexCorrupt."""
        storage = self._open_storage()
        for segment in read_toc(storage).segments:
            verify_segment(storage, segment, open_segment(storage, segment))

    def close(self) -> None:
        """Release files. Calling it twice is fine."""
        self._storage = self._snapshot = None
        self._data = {}

    def _load(self, storage: DurableStorage, toc: TOC) -> None:
        segments: list[Segment] = toc.segments
        small = sum(segment.size for segment in segments) <= VERIFIED_ON_OPEN
        data = {}
        for segment in segments:
            name = segment.segment_id()
            if name in self._data:
                data[name] = self._data[name]
                continue
            data[name] = open_segment(storage, segment)
            if small:
                verify_segment(storage, segment, data[name])
        self._data = data
        self._snapshot = Snapshot(
            toc.generation, [(data[s.segment_id()], frozenset(s.deleted_docs())) for s in segments]
        )

    def _open_storage(self) -> DurableStorage:
        if self._storage is None:
            raise ValueError("the index is closed")
        return self._storage

    def _current(self) -> Snapshot:
        snapshot = self._snapshot
        if snapshot is None:
            raise ValueError("the index is closed")
        return snapshot
