"""From catalog rows to index documents, in child processes, with one writer.

The order makes a crash harmless: the engine commits first, then the catalog notes what the
generation holds. What was committed and not noted is simply indexed again.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from sqlalchemy.engine import Engine as Database

from kb.catalog import index_state, reading
from kb.catalog.reading import StoredDocument
from kb.engines.fields import day_number
from kb.engines.port import Engine, EngineWriter, FieldValue, IndexDocument
from kb.model import Document, Metadata
from kb.vietnamese import phrases, topics, units
from kb.vietnamese.analyser import analyse
from kb.vietnamese.symbols import parse, search_keys

BATCH = 64  # documents a child analyses at a time, at most
BATCH_LENGTH = 250_000  # characters, from which on a batch takes no further document
COMMIT_EVERY = 5_000  # documents; bounds what a kill can make us do again
LEADS = (20, 40, 150)  # tokens; by measurement, see docs/ranking.md
LEAD_LENGTH = 2_000  # characters that hold as many tokens as the longest lead
POOL_FROM = 1_500_000  # characters; below that starting processes costs more than it saves

Progress = Callable[[int, int], None]  # (done, total)


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a reindex did: documents the index took in or dropped, and whether it was rebuilt."""

    changed: int
    rebuilt: bool
    documents: int
    seconds: float


def index_pending(
    database: Database,
    engine: Engine,
    generation: str,
    pending: index_state.Pending,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> int:
    """Bring a generation up to date; how many documents were added or deleted."""
    total, done = len(pending), 0
    if not total:
        return 0
    writer = engine.writer()
    try:
        for document_id in pending.delete:
            writer.delete(document_id)
        done += len(pending.delete)
        if pending.delete:
            writer.commit()
            with database.begin() as connection:
                index_state.unmark(connection, generation, pending.delete)
        uncommitted: list[tuple[str, str]] = []
        for entries, batch in _analysed(database, pending.add, jobs):
            for document in batch:
                writer.add(document)
            uncommitted.extend(entries)
            done += len(entries)
            if len(uncommitted) >= COMMIT_EVERY:
                _commit(database, writer, generation, uncommitted)
            if progress is not None:
                progress(done, total)
        _commit(database, writer, generation, uncommitted)
    finally:
        writer.close()
    engine.refresh()
    return done


def index_document(item: StoredDocument) -> IndexDocument:
    """One document's index fields: pure, the same wherever it runs."""
    document = item.document
    metadata = document.metadata
    heading = metadata.title.value if metadata.title else ""
    title = analyse(heading)
    body = analyse(document.text)
    begins = lead_start(document)
    lead = analyse(document.text[begins : begins + LEAD_LENGTH]) if begins else body
    fields: dict[str, FieldValue] = {
        "title_syllable": title.syllable,
        "title_fold": title.fold,
        "title_word": title.word,
        "title_pair": title.pair,
        "body_syllable": body.syllable,
        "body_fold": body.fold,
        "body_word": body.word,
        "body_pair": body.pair,
        "lead_syllable": graded(lead.syllable),
        "lead_word": graded(lead.word),
        "lead_pair": graded(lead.pair),
        "bare": title.bare + body.bare,
        "accents": body.accents,
        "phrase": phrases.keys(
            (
                *phrases.runs(heading),
                *phrases.runs_of_headings(document.text, document.sections),
            ),
            item.id,
        ),
        "format": (document.format,),
        "label": (document.label,),
        "cites": tuple(
            dict.fromkeys(key for ref in document.references for key in _symbol_keys(ref.symbol))
        ),
    }
    if metadata.kind:
        fields["kind"] = (metadata.kind.value,)
    if item.validity:
        fields["validity"] = (item.validity,)
    if filed := _units(metadata):
        fields["unit"] = filed
    if metadata.topics:
        fields["topic"] = tuple(
            dict.fromkeys(t for topic in metadata.topics for t in _with_parent(topic.value))
        )
    if metadata.symbol:
        year = metadata.issued_on.value.year if metadata.issued_on else None
        fields["symbol"] = _symbol_keys(metadata.symbol.value, year)
    if sort_date := metadata.sort_date:
        fields["date"] = day_number(sort_date)
        fields["year"] = (str(sort_date.year),)
        fields["month"] = (sort_date.strftime("%Y-%m"),)
    if covers := metadata.covers:
        start, end = covers
        fields["covers_from"] = day_number(start) if start else 0
        fields["covers_to"] = day_number(end) if end else 99991231
    return IndexDocument(item.id, fields)


def lead_start(document: Document) -> int:
    """Where in Document.text the matter begins: at the title, behind the letterhead, else at 0."""
    title = document.metadata.title
    return title.span.start if title is not None and title.span is not None else 0


def graded(tokens: Sequence[str]) -> list[str]:
    """The beginning of a stream, each token as often as there are LEADS it lies in.

    Writers say first what a text is about. BM25 on this stream counts a word the more the
    earlier it comes, without an engine having to know of places.
    """
    return [token for length in LEADS for token in tokens[:length]]


def _units(metadata: Metadata) -> tuple[str, ...]:
    """What the document is filed under: its unit, the office its symbol says drafted it, and the one
    of two that issue together ("94/KHPH-PV05-PC05" of a provincial police)."""
    unit = metadata.unit.value if metadata.unit else None
    filed = list(units.filed_under(unit)) if unit else []
    symbol = parse(metadata.symbol.value) if metadata.symbol else None
    if symbol is not None and symbol.drafter:
        day = metadata.issued_on.value if metadata.issued_on else None
        province = units.province_of(unit) if unit else None
        drafter = units.by_code(symbol.drafter, province=province, on=day)
        if drafter is not None:
            filed += units.filed_under(drafter.id)
        office = units.by_code(symbol.issuer or "", province=province, on=day)
        if office is not None and unit in units.filed_under(office.id):
            filed += units.filed_under(office.id)
    return tuple(dict.fromkeys(filed))


def _with_parent(topic: str) -> tuple[str, ...]:
    parent = topics.parent(topic)
    return (topic,) if parent is None else (parent, topic)


def _symbol_keys(symbol: str, year: int | None = None) -> tuple[str, ...]:
    parsed = parse(symbol)
    return search_keys(parsed, year) if parsed is not None else (symbol,)


def _commit(
    database: Database, writer: EngineWriter, generation: str, entries: list[tuple[str, str]]
) -> None:
    writer.commit()
    with database.begin() as connection:
        index_state.mark_indexed(connection, generation, entries)
    entries.clear()


# ---------------------------------------------------------------- analysis in parallel

Entries = Sequence[tuple[str, str]]


def _analysed(
    database: Database, entries: Entries, jobs: int
) -> Iterator[tuple[Entries, list[IndexDocument]]]:
    with database.connect() as connection:
        lengths = index_state.lengths(connection, [document_id for document_id, _ in entries])
    loaded = _load(database, _batched(entries, lengths))
    if jobs <= 1 or sum(lengths.values()) < POOL_FROM:
        for part, batch in loaded:
            yield part, [index_document(item) for item in batch]
        return
    # spawn everywhere: no inherited locks or database handles, the same behaviour on Windows.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting: deque[tuple[Entries, list[StoredDocument], Future[bytes] | None]] = deque()
        for part, batch in loaded:
            waiting.append((part, batch, _submit(pool, batch)))
            if len(waiting) > 2 * jobs:
                yield _finish(*waiting.popleft())
        while waiting:
            yield _finish(*waiting.popleft())


def _submit(pool: ProcessPoolExecutor, batch: list[StoredDocument]) -> Future[bytes] | None:
    try:
        return pool.submit(_index_batch, batch)
    except BrokenProcessPool:
        return None


def _finish(
    part: Entries, batch: list[StoredDocument], future: Future[bytes] | None
) -> tuple[Entries, list[IndexDocument]]:
    with contextlib.suppress(BrokenProcessPool):
        if future is not None:
            return part, pickle.loads(future.result())
    # A child was killed (memory, an administrator): the pool is gone, the work is not.
    return part, [index_document(item) for item in batch]


def _index_batch(batch: list[StoredDocument]) -> bytes:
    # One dump for the batch: repeated tokens are one object and travel once.
    return pickle.dumps([index_document(item) for item in batch], pickle.HIGHEST_PROTOCOL)


def _load(
    database: Database, batches: Iterable[Entries]
) -> Iterator[tuple[Entries, list[StoredDocument]]]:
    for part in batches:
        with database.connect() as connection:
            batch = reading.load(connection, [document_id for document_id, _ in part])
        yield part, batch


def _batched(entries: Entries, lengths: Mapping[str, int]) -> Iterator[Entries]:
    """Parts of about the same work: a gazette is as long as a hundred letters."""
    part: list[tuple[str, str]] = []
    characters = 0
    for entry in entries:
        part.append(entry)
        characters += lengths.get(entry[0], 0)
        if len(part) == BATCH or characters >= BATCH_LENGTH:
            yield part
            part, characters = [], 0
    if part:
        yield part
