"""How a library stands: what the catalog holds, what of it the index has, what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog import index_state, reading, sources
from kb.catalog.schema import versions
from kb.errors import IndexCorrupt, IndexMissing, IndexOutdated
from kb.generations import Generations
from kb.model import Rejected
from kb.settings import Settings
from kb.vietnamese.analyser import fingerprint


@dataclass(frozen=True, slots=True)
class Status:
    """How the library stands."""

    documents: int
    indexed: int
    pending: int
    rejected: tuple[Rejected, ...]
    roots: tuple[str, ...]
    engine: str
    home: Path
    last_indexed: datetime | None
    problem: str | None = None  # why search does not work now, if it does not


def read_status(connection: Connection, generations: Generations, settings: Settings) -> Status:
    """The status of the library with this catalog and these indexes."""
    problem = None
    generation: str | None = None
    try:
        generation = generations.require_current()
    except (IndexMissing, IndexOutdated, IndexCorrupt) as error:
        problem = f"{error} {error.remedy}".strip()
    last = connection.execute(sa.select(sa.func.max(versions.c.added_at))).scalar_one()
    return Status(
        documents=reading.count(connection),
        indexed=index_state.count(connection, generation) if generation else 0,
        pending=len(index_state.pending(connection, generation or "", fingerprint())),
        rejected=tuple(sources.list_rejected(connection)),
        roots=tuple(sources.list_roots(connection)),
        engine=settings.engine,
        home=settings.home,
        last_indexed=last,
        problem=problem,
    )
