"""The default engine: tantivy, a search library in Rust, through its Python package.

A text field's tokens are joined by one space and split again by a tokenizer that does nothing
else; positions are kept where the field table asks for them. Keyword fields are indexed whole,
and as columns where they are facets. Documents store nothing but their id.

Index folder: tantivy's segments (each file ends in a checksum of its content), `meta.json` (the
commit, replaced atomically and synced) and lock files.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from importlib import metadata
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar

import tantivy

from kb.engines.fields import FIELDS, ID_FIELD
from kb.engines.port import EngineResult, Order, Query
from kb.engines.rewriting import matching, simplified
from kb.engines.semantics import check, checked_field, has_one_score
from kb.engines.tantivy_best import Best
from kb.engines.tantivy_files import META, keep_schema, reading, verify, verify_on_open
from kb.engines.tantivy_mirror import Mirror, mirror_if_needed
from kb.engines.tantivy_page import Page, id_at, total_of
from kb.engines.tantivy_query import Native, Translator, both, everything
from kb.engines.tantivy_writer import TantivyWriter
from kb.errors import BadInput, IndexMissing, IndexOutdated
from kb.i18n import _

TOKENS = "tokens"  # the tokenizer of text fields: splits at spaces, changes nothing
BUCKETS = 65_000  # tantivy refuses to return more facet values than this in one answer
IDS_AT_ONCE = 20_000  # how many ids `ids` holds in memory
FEW_TERMS = 64  # up to so many are counted one by one within a query's documents


def schema() -> tantivy.Schema:
    """The tantivy schema of the field table."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID_FIELD, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for field in FIELDS:
        if field.kind == "text":
            option = "position" if field.positions else "freq"
            builder.add_text_field(field.name, tokenizer_name=TOKENS, index_option=option)
        elif field.kind == "keyword":
            builder.add_text_field(
                field.name, fast=field.facet, tokenizer_name="raw", index_option="basic"
            )
        else:
            builder.add_integer_field(field.name, fast=True)
    return builder.build()


class TantivyEngine:
    """An open tantivy index; see kb.engines.port.Engine."""

    name: ClassVar[str] = "tantivy"
    # tantivy promises to read older files, but not across minor versions before 1.0.
    version: ClassVar[str] = ".".join(metadata.version("tantivy").split(".")[:2])

    def __init__(self, index: tantivy.Index, path: Path, mirror: Mirror | None = None) -> None:
        index.register_tokenizer(
            TOKENS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        )
        index.config_reader("manual")  # no watcher thread: `refresh` says when
        self._index: tantivy.Index | None = index
        self._path = path
        self._mirror = mirror
        self._schema = index.schema
        self._loading = Lock()
        self._beside = ThreadPoolExecutor(thread_name_prefix="tantivy")
        # A commit and its name, replaced together: whoever compares names must not see one without
        # the other.
        self._seen: tuple[tantivy.Searcher, Hashable] | None = None
        self._open_to: tuple[tantivy.Searcher, Query, bool] | None = None
        self._load(index)

    @classmethod
    def create(cls, path: Path) -> TantivyEngine:
        """A new empty index in the folder `path`, which is created. Raises BadInput where the
        folder already holds one."""
        path.mkdir(parents=True, exist_ok=True)
        if tantivy.Index.exists(str(path)):
            raise BadInput(_("Thư mục đã có chỉ mục: {path}").format(path=path))
        with reading(path):
            index = tantivy.Index(schema(), path=str(path), reuse=False)
            keep_schema(path)
            return cls(index, path)

    @classmethod
    def open(cls, path: Path) -> TantivyEngine:
        """Open the index in `path`. Raises IndexMissing, IndexCorrupt or IndexOutdated."""
        with reading(path):
            if not (path / META).is_file():
                raise IndexMissing(_("Chưa có chỉ mục ở {path}").format(path=path))
            mirror = mirror_if_needed(path)
            place = str(mirror.path if mirror else path)
            if not tantivy.Index.is_compatible(place):
                raise IndexOutdated(
                    _("Chỉ mục do phiên bản tantivy khác tạo: {path}").format(path=path)
                )
            verify_on_open(path)
            return cls(tantivy.Index.open(place), path, mirror)

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
        searcher = self._searcher()
        query = simplified(query, lambda field, token: searcher.doc_freq(field, token) > 0)
        translator = self._translator(searcher)
        counted_query = translator.translate(matching(query))
        with reading(self._path):
            if not limit:
                return _counted(searcher, counted_query, facets or {})
            # Beside the hits: tantivy works without Python's lock.
            counting = self._beside.submit(_counted, searcher, counted_query, facets or {})
            best = None
            if order == "relevance":
                best = Best(self._schema, searcher, translator).hits(
                    query, offset + limit, lambda: counting.result().total
                )
            counted = counting.result()
            if best is not None:
                return replace(counted, hits=tuple(best[offset:]))
            page = Page(self._schema, searcher, translator.translate(query), offset, limit)
            hits = page.hits(order, counted.total, one_score=has_one_score(query))
            return replace(counted, hits=tuple(hits))

    def terms(
        self, field: str, prefix: str = "", limit: int = 100, *, within: Query | None = None
    ) -> list[tuple[str, int]]:
        """See kb.engines.port.Engine.terms."""
        checked_field(field, ("text", "keyword"))
        searcher = self._searcher()
        if within is None:
            return self._live_terms(searcher, field, prefix)[:limit]
        check(within)
        if self._lets_all_through(within, searcher):
            return self._live_terms(searcher, field, prefix)[:limit]
        return self._terms_within(searcher, field, prefix, self._translated(within, searcher))[:limit]

    @property
    def commit(self) -> Hashable:
        """See kb.engines.port.Engine.commit."""
        return self._current()[1]

    def frequency(self, field: str, token: str) -> int:
        """See kb.engines.port.Engine.frequency."""
        checked_field(field, ("text", "keyword"))
        return self._searcher().doc_freq(field, token)

    def ids(self) -> Iterator[str]:
        """The ids of all documents of the commit seen now, a few thousand at a time in memory."""
        searcher = self._searcher()
        for offset in range(0, searcher.num_docs, IDS_AT_ONCE):
            with reading(self._path):
                found = searcher.search(everything(), limit=IDS_AT_ONCE, offset=offset, count=False)
                ids = [id_at(searcher, address) for _score, address in found.hits]
            yield from ids

    def count(self) -> int:
        """How many documents the index holds."""
        return self._searcher().num_docs

    def writer(self) -> TantivyWriter:
        """Start writing. Raises Locked where another process (or this one) writes."""
        return TantivyWriter(self._open_index(), self._path, self.refresh)

    def refresh(self) -> None:
        """See what was committed since this index was opened or refreshed."""
        index = self._open_index()
        # One at a time: a slow reload could otherwise put back the commit that a faster one replaced.
        with self._loading, reading(self._path):
            if self._mirror is not None:
                self._mirror.update()
            self._load(index)

    def _load(self, index: tantivy.Index) -> None:
        """See the newest commit and the state of the file that names it: each commit replaces it."""
        meta = (self._mirror.path if self._mirror else self._path) / META
        commit = _state(meta)
        while self._seen is None or commit != self._seen[1]:
            index.reload()
            before, commit = commit, _state(meta)
            if commit == before:
                self._seen = (index.searcher(), commit)

    def verify(self) -> None:
        """Compare every file with its checksum, however large. Raises IndexCorrupt."""
        verify(self._path)

    def close(self) -> None:
        """Release files. Calling it twice is fine."""
        self._seen = None
        self._index = None
        self._beside.shutdown()
        if self._mirror is not None:
            self._mirror.close()

    def _translator(self, searcher: tantivy.Searcher) -> Translator:
        return Translator(self._schema, partial(self._live_terms, searcher))

    def _translated(self, query: Query, searcher: tantivy.Searcher) -> Native:
        return self._translator(searcher).translate(query)

    def _live_terms(
        self, searcher: tantivy.Searcher, field: str, prefix: str, within: Native | None = None
    ) -> list[tuple[str, int]]:
        # Without a filter, tokens of deleted documents are reported until their segment is merged.
        with reading(self._path):
            found = searcher.terms_with_prefix(field, prefix, filter_query=within or everything())
        return sorted((token, count) for token, count in found if count)

    def _lets_all_through(self, query: Query, searcher: tantivy.Searcher) -> bool:
        """Does every document match, as with most access clauses? The last answer is kept, because
        terms are looked up many times within the same documents."""
        known = self._open_to
        if known is not None and known[0] is searcher and known[1] == query:
            return known[2]
        with reading(self._path):
            found = total_of(searcher.search(self._translated(query, searcher), limit=1))
        self._open_to = (searcher, query, found == searcher.num_docs)
        return self._open_to[2]

    def _terms_within(
        self, searcher: tantivy.Searcher, field: str, prefix: str, within: Native
    ) -> list[tuple[str, int]]:
        with reading(self._path):
            tokens = [token for token, _count in searcher.terms_with_prefix(field, prefix)]
            if len(tokens) > FEW_TERMS:
                return self._live_terms(searcher, field, prefix, within)
            # A filter over all terms first collects its documents: milliseconds. The meeting of
            # one term with the filter costs microseconds.
            counts = [
                total_of(searcher.search(both(self._schema, field, token, within), limit=1))
                for token in tokens
            ]
        return sorted((token, count) for token, count in zip(tokens, counts, strict=True) if count)

    def _open_index(self) -> tantivy.Index:
        if self._index is None:
            raise ValueError("the index is closed")
        return self._index

    def _searcher(self) -> tantivy.Searcher:
        return self._current()[0]

    def _current(self) -> tuple[tantivy.Searcher, Hashable]:
        seen = self._seen
        if seen is None:
            raise ValueError("the index is closed")
        return seen


def _state(file: Path) -> tuple[int, int, int]:
    state = file.stat()
    return state.st_mtime_ns, state.st_ino, state.st_size


def _counted(searcher: tantivy.Searcher, query: Native, wanted: Mapping[str, int]) -> EngineResult:
    """How many documents match, and the facets asked for."""
    if not wanted:
        return EngineResult(total_of(searcher.search(query, limit=1)), (), {})
    # All values are asked for, from every segment: only so are the counts exact.
    size = BUCKETS // len(wanted)
    request: dict[str, Any] = {
        field: {"terms": {"field": field, "size": size, "segment_size": size}} for field in wanted
    }
    answer = searcher.aggregate(query, request | {ID_FIELD: {"value_count": {"field": ID_FIELD}}})
    counts = {
        field: sorted(
            ((bucket["key"], bucket["doc_count"]) for bucket in answer[field]["buckets"]),
            key=lambda pair: (-pair[1], pair[0]),
        )
        for field in wanted
    }
    facets = {field: tuple(counts[field][:limit]) for field, limit in wanted.items()}
    return EngineResult(int(answer[ID_FIELD]["value"]), (), facets)
