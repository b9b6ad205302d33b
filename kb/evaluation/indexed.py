"""A set's documents in a library of their own: built once, searched in every way wanted.

The library lies in a temporary folder, or in a folder that is kept: then the next time only what the
present analysis would index otherwise is indexed again.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from kb.catalog import documents as stored
from kb.catalog.schema import HEAD, sources
from kb.errors import BadInput
from kb.evaluation.beir import BeirSet
from kb.i18n import _
from kb.library import Library
from kb.lock import HOLDER_NAME, LOCK_NAME, write_lock
from kb.settings import Settings

Progress = Callable[[str, int, int], None]  # (what is being done, done, total)

STORE_BATCH = 500  # documents a catalog transaction
STAMP = "evaluation.json"  # in a home that is kept: what its catalog was made from


@dataclass(frozen=True, slots=True)
class Indexed:
    """An open library that holds a set's documents, and nothing else.

    `names`: id in the catalog -> name in the corpus. `docs_per_s`: from text to searchable; None where
    the catalog was there already.
    """

    library: Library
    names: Mapping[str, str]
    docs_per_s: float | None


@contextlib.contextmanager
def indexed(
    data: BeirSet, settings: Settings, *, home: Path | None = None, progress: Progress | None = None
) -> Iterator[Indexed]:
    """The set's documents, stored and indexed by the engine of `settings`.

    `home` is kept and may hold indexes of several engines; without it everything is gone afterwards.
    The home of `settings` is never touched. Raises BadInput for a bad corpus, or where `home` holds
    anything that was not put there by this function; Locked where another process uses it.
    """
    with contextlib.ExitStack() as stack:
        if home is None:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tracuu-evaluate-")))
        own = replace(settings, home=home, database_url="")
        stamp = {"corpus": data.fingerprint(), "catalog": HEAD}
        is_kept = _prepare(own, stamp)
        library = stack.enter_context(Library.writing(own))
        started = time.perf_counter()
        if not is_kept:
            _store(library, data, progress)
            (home / STAMP).write_text(json.dumps({**stamp, "complete": True}), encoding="utf-8")
        library.reindex(
            progress=lambda done, total: progress("index", done, total) if progress else None
        )
        seconds = time.perf_counter() - started
        with library.database.connect() as connection:
            rows = connection.execute(sa.select(sources.c.document_id, sources.c.path))
            names = {row.document_id: row.path for row in rows}
        yield Indexed(library, names, None if is_kept else len(names) / seconds)


def _prepare(own: Settings, wanted: Mapping[str, str]) -> bool:
    """Make the home ready; True where its catalog already holds what is wanted."""
    own.ensure_home()
    path = own.home / STAMP
    with write_lock(own.home):
        try:
            stamp = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            if any(entry.name not in (LOCK_NAME, HOLDER_NAME) for entry in own.home.iterdir()):
                raise BadInput(
                    _("{path} không trống và không phải kho để đo.").format(path=own.home),
                    _("Chọn một thư mục trống."),
                ) from None
        except (OSError, ValueError) as error:
            raise BadInput(
                _("Không đọc được {path}: {error}").format(path=path, error=error)
            ) from error
        else:
            if stamp == {**wanted, "complete": True}:
                return True
            for old in own.home.glob("catalog.sqlite*"):
                old.unlink()
            shutil.rmtree(own.home / "index", ignore_errors=True)
        # Written before the catalog: whatever is killed from here on, the home is known as ours.
        path.write_text(json.dumps({**wanted, "complete": False}), encoding="utf-8")
    return False


def _store(library: Library, data: BeirSet, progress: Progress | None) -> None:
    done = 0
    documents = data.documents()
    while batch := list(islice(documents, STORE_BATCH)):
        with library.database.begin() as connection:
            for document in batch:
                stored.store(connection, document)
        done += len(batch)
        if progress is not None:
            progress("store", done, 0)
