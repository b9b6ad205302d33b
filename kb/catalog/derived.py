"""What is derived from stored texts: made with the text, made anew when the rules that read it change.

A derivation is a line in DERIVATIONS: a pure `read` of one document and a `keep` that writes what was
read in place of what stood there. Which version of the rules a document was read by is noted in the
table `derived`, so `kb reindex` brings everything up to date from the catalog, without reading a file.
"""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.engine import Engine as Database

from kb.catalog import abbreviations, codec, definitions, doubts, figures, near, relations
from kb.catalog.schema import derived, documents, versions
from kb.curation import doubts as doubting
from kb.figures import reading as counting
from kb.glossary import definitions as defining
from kb.model import StoredText
from kb.near import signature
from kb.relations import reading
from kb.vietnamese import abbreviation_mining

BATCH = 200  # documents of one transaction
POOL_FROM = 2_000  # documents; below that starting processes costs more than it saves

Progress = Callable[[int, int], None]  # (done, total)


@dataclass(frozen=True, slots=True)
class Derivation:
    """One kind of derived knowledge. `version` is that of its rules; `read` is pure, and both it and
    what it returns can be pickled."""

    name: str
    version: int
    read: Callable[[StoredText], Any]
    keep: Callable[[Connection, str, Any], None]  # (connection, document id, what was read)


DERIVATIONS: tuple[Derivation, ...] = (
    Derivation("abbreviations", abbreviation_mining.VERSION, abbreviations.read, abbreviations.keep),
    Derivation("near", signature.VERSION, near.read, near.keep),
    Derivation("relations", reading.VERSION, reading.read, relations.keep),
    Derivation("definitions", defining.VERSION, defining.read, definitions.keep),
    Derivation("doubts", doubting.VERSION, doubting.read, doubts.keep),
    Derivation("figures", counting.VERSION, counting.read, figures.keep),
)


def derive(connection: Connection, document_id: str, stored: StoredText) -> None:
    """Derive everything from the current version of a document, in place of what was there."""
    _keep(connection, document_id, {each.name: each.read(stored) for each in DERIVATIONS})


def derive_pending(database: Database, *, jobs: int = 1, progress: Progress | None = None) -> int:
    """Derive what was not derived by today's rules; of how many documents.

    A kill costs at most one batch.
    """
    with database.connect() as connection:
        wanted = _wanted(connection)
    ids = list(wanted)
    parts = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    done = 0
    for part, read in _read(database, parts, wanted, jobs):
        with database.begin() as connection:
            for document_id in part:
                _keep(connection, document_id, read.get(document_id, {}))
        done += len(part)
        if progress is not None:
            progress(done, len(ids))
    return done


def _wanted(connection: Connection) -> dict[str, frozenset[str]]:
    """The names of what is to be derived, by document."""
    known: dict[str, set[str]] = {id: set() for id in connection.scalars(sa.select(documents.c.id))}
    for row in connection.execute(sa.select(derived)):
        if _versions().get(row.name) == row.version:
            known[row.document_id].add(row.name)
    every = frozenset(_versions())
    return {id: every - names for id, names in known.items() if not every <= names}


def _read(
    database: Database, parts: Sequence[Sequence[str]], wanted: dict[str, frozenset[str]], jobs: int
) -> Iterator[tuple[Sequence[str], dict[str, dict[str, Any]]]]:
    loaded = ((part, _load(database, part, wanted)) for part in parts)
    if jobs <= 1 or len(wanted) < POOL_FROM:
        for part, items in loaded:
            yield part, _read_batch(items)
        return
    # spawn everywhere: no inherited locks or database handles, the same behaviour on Windows.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting: list[tuple[Sequence[str], Any]] = []
        for part, items in loaded:
            waiting.append((part, pool.submit(_read_packed, items)))
            if len(waiting) > 2 * jobs:
                first, future = waiting.pop(0)
                yield first, pickle.loads(future.result())
        for first, future in waiting:
            yield first, pickle.loads(future.result())


_Item = tuple[str, frozenset[str], StoredText]


def _load(database: Database, ids: Sequence[str], wanted: dict[str, frozenset[str]]) -> list[_Item]:
    query = (
        sa.select(documents.c.id, versions.c.text, versions.c.fields)
        .join(
            versions,
            sa.and_(versions.c.document_id == documents.c.id, versions.c.number == documents.c.version),
        )
        .where(documents.c.id.in_(ids))
    )
    with database.connect() as connection:
        return [
            (row.id, wanted[row.id], StoredText(row.text, *codec.decode_fields(row.fields)[:3]))
            for row in connection.execute(query)
        ]


def _read_batch(items: Sequence[_Item]) -> dict[str, dict[str, Any]]:
    return {
        document_id: {each.name: each.read(stored) for each in DERIVATIONS if each.name in names}
        for document_id, names, stored in items
    }


def _read_packed(items: Sequence[_Item]) -> bytes:
    return pickle.dumps(_read_batch(items), pickle.HIGHEST_PROTOCOL)


def _keep(connection: Connection, document_id: str, read: dict[str, Any]) -> None:
    for each in DERIVATIONS:
        if each.name in read:
            each.keep(connection, document_id, read[each.name])
    connection.execute(_FORGET, {"id": document_id, "names": list(read)})
    rows = [{"document_id": document_id, "name": name, "version": _versions()[name]} for name in read]
    if rows:
        connection.execute(_NOTE, rows)


def _versions() -> dict[str, int]:
    return {each.name: each.version for each in DERIVATIONS}


# Made once: SQLAlchemy takes longer to make them than SQLite to answer.
_FORGET = sa.delete(derived).where(
    derived.c.document_id == sa.bindparam("id"),
    derived.c.name.in_(sa.bindparam("names", expanding=True)),
)
_NOTE = sa.insert(derived)
