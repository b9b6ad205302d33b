"""The one door: add, get, search, reindex. Web, command line and indexer all come through here.

Every call that returns text, counts or suggestions takes a Principal, and the principal's labels
go into the engine query itself, so totals and facets obey them too.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from kb import generations as gen
from kb import same_paper
from kb.abbreviations import Abbreviations, ExplainedMeaning
from kb.access import Principal
from kb.catalog import derived, index_state, reading, relations
from kb.catalog.database import open_database
from kb.catalog.documents import title_of
from kb.catalog.quality import Quality, read_quality
from kb.catalog.reading import Listed, StoredDocument
from kb.curation.curator import Curator
from kb.engines import registry
from kb.engines.port import Engine
from kb.errors import IndexCorrupt, IndexMissing, IndexOutdated, NotFound
from kb.explaining import Explained, explain_document
from kb.finding import Finder, Page, access_clause
from kb.i18n import _
from kb.indexing import Progress, Reindexed, index_pending
from kb.knowledge import Knowledge
from kb.lock import write_lock
from kb.names import Names
from kb.passages import find_marks
from kb.pictures.drawing import Picture, Pictures
from kb.query.accents import restore
from kb.query.parser import parse
from kb.query.plan import plan
from kb.query.planned import Mark
from kb.query.vocabulary import Vocabularies
from kb.query.weights import DEFAULT, Weights
from kb.results import Results, SamePaper, SearchRequest, Suggestion
from kb.search import Searcher
from kb.settings import Settings
from kb.similar import similar
from kb.status import Status, read_status
from kb.suggest.suggester import Sources, Suggester
from kb.vietnamese import topics
from kb.vietnamese.abbreviation_lookup import Meaning
from kb.vietnamese.analyser import fingerprint
from kb.vietnamese.normalise import nfc


class Library:
    """An open library. Reading is safe from several threads; writing holds the home's lock."""

    def __init__(self, settings: Settings, database: sa.Engine, weights: Weights = DEFAULT) -> None:
        self.settings = settings
        self.database = database
        self.weights = weights
        engine_class = registry.get(settings.engine)
        manifest = gen.Manifest(settings.engine, engine_class.version, fingerprint())
        self._engine_class = engine_class
        self._generations = gen.Generations(settings.home, manifest)
        self._engine: Engine | None = None
        self._generation: str | None = None
        self._vocabularies = Vocabularies()
        self._abbreviations = Abbreviations()
        self._pictures = Pictures()
        self.curator = Curator(database)
        self.knowledge = Knowledge(database, self._abbreviations)
        self._suggester = Suggester()

    @classmethod
    def open(cls, settings: Settings, *, write: bool = False) -> Self:
        """Open the catalog; the index is opened by the first call that needs it.

        Raises IndexMissing (no data yet), CatalogCorrupt, HomeUnusable, BadInput (unknown engine).
        """
        registry.get(settings.engine)
        topics.use(settings.topics_file)
        if write:
            settings.ensure_home()
        return cls(settings, open_database(settings.effective_database_url, write=write))

    @classmethod
    @contextlib.contextmanager
    def writing(cls, settings: Settings) -> Iterator[Self]:
        """Open for writing, holding the home's write lock. Raises Locked where another writes."""
        settings.ensure_home()
        with write_lock(settings.home), contextlib.closing(cls.open(settings, write=True)) as library:
            yield library

    def close(self) -> None:
        """Release files. Calling it twice is fine."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None
        self.database.dispose()

    # ------------------------------------------------------------ reading

    def search(self, request: SearchRequest, principal: Principal) -> Results:
        """The documents that match, the page asked for, with facets and passages.

        Never raises for an odd query. Raises IndexMissing, IndexOutdated or IndexCorrupt."""
        started = time.perf_counter()
        with self.database.connect() as connection:
            results = Searcher(connection, self._finder(principal, connection)).search(request)
        return results.timed((time.perf_counter() - started) * 1000)

    def ranking(self, request: SearchRequest | str, principal: Principal, limit: int) -> list[str]:
        """Only the ids a search would list, best first."""
        request = SearchRequest(request) if isinstance(request, str) else request
        with self._finding(principal) as finder:
            found = finder.find(request, Page(limit))
        return [hit.id for hit in found.result.hits]

    def explain(
        self, request: SearchRequest | str, document_id: str, principal: Principal
    ) -> Explained:
        """Why the document ranks where it does for the request, or which requirement it fails.

        Raises NotFound, also for a document not allowed, and what `search` raises.
        """
        if isinstance(request, str):
            request = SearchRequest(request)
        title = title_of(self.get(document_id, principal).document)
        with self._finding(principal) as finder:
            return explain_document(finder, request, document_id, title)

    def suggest(self, prefix: str, principal: Principal, limit: int = 8) -> tuple[Suggestion, ...]:
        """Ways to go on from what is typed so far: symbols, phrases, topics, units, kinds, titles.

        Only what a document stands behind that the principal may see. Never raises for an odd
        text. Raises IndexMissing, IndexOutdated or IndexCorrupt.
        """
        engine = self._current_engine()
        words = self._vocabularies.of(engine, access_clause(principal))
        with self.database.connect() as connection:
            abbreviations = self._abbreviations.lookup(connection, principal)
            sources = Sources(engine, words, abbreviations, connection)
            return self._suggester.suggest(sources, prefix, principal, limit)

    def get(self, document_id: str, principal: Principal, *, boxes: bool = False) -> StoredDocument:
        """A document with its text, pages and fields; word positions only with `boxes`.

        Raises NotFound, also for one not allowed.
        """
        with self.database.connect() as connection:
            found = reading.load(connection, [document_id], boxes=boxes)
        if not found or not principal.may_see(found[0].document.label):
            raise NotFound(
                _("Không có văn bản nào có mã “{id}”.").format(id=document_id),
                _("Tìm lại theo tên hoặc số ký hiệu; văn bản có thể đã được gỡ."),
            )
        return found[0]

    def passages_marks(
        self, document_id: str, query: str, principal: Principal
    ) -> tuple[tuple[int, int], ...]:
        """Where a query's words stand in Document.text: half-open ranges, in order."""
        text = self.get(document_id, principal).document.text
        return find_marks(text, self._marks(query, principal))

    def same_paper(self, document_id: str, principal: Principal) -> SamePaper:
        """The other documents that are the same paper, of those the principal may see."""
        with self.database.connect() as connection:
            return same_paper.of_document(connection, document_id, principal)

    def similar(self, document_id: str, principal: Principal, limit: int = 5) -> Sequence[Listed]:
        """Other documents about the same matter, best first, of those the principal may see.

        Raises NotFound, IndexMissing, IndexOutdated or IndexCorrupt.
        """
        stored = self.get(document_id, principal)
        engine = self._current_engine()
        with self.database.connect() as connection:
            return similar(engine, connection, stored, principal, limit)

    def original(self, document_id: str, principal: Principal) -> Path:
        """An existing file the document was read from, or the archive it lies in. Raises NotFound."""
        for source in sorted(self.get(document_id, principal).sources, key=lambda s: bool(s.archive)):
            path = Path(source.file)
            if path.is_file():
                return path
        raise NotFound(
            _("Không còn tệp gốc của văn bản này trên máy."),
            _("Chạy kb reindex để cập nhật danh sách tệp."),
        )

    def picture(self, stored: StoredDocument, page: int, principal: Principal) -> Picture:
        """A page as it looks. Raises NotFound where the file is gone or cannot be drawn."""
        return self._pictures.page(self.original(stored.id, principal), stored.document, page)

    def abbreviation(self, text: str, principal: Principal) -> list[ExplainedMeaning]:
        """The meanings of an abbreviation, the abbreviations of a phrase; best first."""
        with self.database.connect() as connection:
            return self._abbreviations.explain(connection, nfc(text), principal)

    def abbreviations(self, principal: Principal) -> list[Meaning]:
        """Every meaning that documents the principal may see explain, by abbreviation."""
        with self.database.connect() as connection:
            return self._abbreviations.lookup(connection, principal).all()

    @contextlib.contextmanager
    def _finding(self, principal: Principal) -> Iterator[Finder]:
        with self.database.connect() as connection:
            yield self._finder(principal, connection)

    def _finder(self, principal: Principal, connection: sa.Connection) -> Finder:
        engine = self._current_engine()
        words = self._vocabularies.of(engine, access_clause(principal))
        abbreviations = self._abbreviations.lookup(connection, principal)
        size = max(engine.count(), 1)
        names = Names(
            connection,
            principal,
            abbreviations,
            partial(restore, vocabulary=words),
            lambda field, token: engine.frequency(field, token) / size,
        )
        return Finder(engine, principal, names, words, self.weights)

    def _marks(self, query: str, principal: Principal) -> Sequence[Mark]:
        """What of a query is marked in a text."""
        try:
            with self._finding(principal) as finder:
                return finder.planned(query).marks
        except (IndexMissing, IndexOutdated, IndexCorrupt):  # a document can be read without one
            with self.database.connect() as connection:
                lookup = self._abbreviations.lookup(connection, principal)
                names = Names(connection, principal, lookup)
                return plan(parse(query, names).node, names.lookups).marks

    def status(self, principal: Principal) -> Status:
        """How the library stands. Rejected files are named: for whoever may administer."""
        with self.database.connect() as connection:
            return read_status(connection, self._generations, self.settings)

    def quality(self, principal: Principal) -> Quality:
        """How well the documents the principal may see could be read."""
        with self.database.connect() as connection:
            return read_quality(connection, principal.labels)

    # ------------------------------------------------------------ writing

    def reindex(self, *, full: bool = False, progress: Progress | None = None) -> Reindexed:
        """Bring the index up to the catalog; call it inside `Library.writing`.

        An index that is missing, outdated or damaged is rebuilt aside and swapped in, as with `full`;
        readers keep the old one until the swap.
        """
        started = time.perf_counter()
        derived.derive_pending(self.database, jobs=self.settings.effective_jobs)
        with self.database.begin() as connection:
            relations.refresh(connection, date.today())
        self._generations.sweep()
        generation: str | None = None
        if not full:
            with contextlib.suppress(IndexMissing, IndexOutdated, IndexCorrupt):
                engine = self._current_engine()
                generation = self._generation
        rebuild = generation is None
        if generation is None:
            self._close_engine()
            generation = self._generations.begin()
            engine = self._engine_class.create(self._generations.path(generation))
        with self.database.connect() as connection:
            pending = index_state.pending(connection, generation, fingerprint())
        try:
            changed = index_pending(
                self.database,
                engine,
                generation,
                pending,
                jobs=self.settings.effective_jobs,
                progress=progress,
            )
        finally:
            if rebuild:
                engine.close()
        if rebuild:
            self._generations.publish(generation)
            self._generations.sweep()
        with self.database.begin() as connection:
            if rebuild:
                index_state.keep_generations(connection, self._kept_generations(generation))
            count = index_state.count(connection, generation)
        return Reindexed(changed, rebuild, count, time.perf_counter() - started)

    def _kept_generations(self, generation: str) -> list[str]:
        """The one just built and the current ones of the other engines."""
        kept = [generation]
        for name in registry.NAMES:
            manifest = gen.Manifest(name, "", "")
            with contextlib.suppress(IndexCorrupt):
                current = gen.Generations(self.settings.home, manifest).current()
                if current is not None:
                    kept.append(current)
        return kept

    # ------------------------------------------------------------ the index

    def _current_engine(self) -> Engine:
        """The engine over the current generation, reopened after a swap, refreshed after commits."""
        generation = self._generations.require_current()
        if self._engine is None or generation != self._generation:
            # A reader that is still using the old engine keeps it alive until it is done.
            self._engine = self._engine_class.open(self._generations.path(generation))
            self._generation = generation
        else:
            self._engine.refresh()
        return self._engine

    def _close_engine(self) -> None:
        if self._engine is not None:
            self._engine.close()
        self._engine, self._generation = None, None
