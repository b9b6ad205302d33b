"""Where documents come from: the folders an administrator added, the files seen, the files refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from kb.catalog.documents import now, remove_if_orphan
from kb.catalog.schema import archives, rejected, roots, sources
from kb.model import Rejected, Source


def add_root(connection: Connection, path: str) -> None:
    """Remember a folder or file that `kb reindex` looks through."""
    known = sa.select(roots.c.path).where(roots.c.path == path)
    if connection.execute(known).first() is None:
        connection.execute(sa.insert(roots).values(path=path, added_at=now()))


def list_roots(connection: Connection) -> list[str]:
    """All remembered folders and files, in order."""
    return list(connection.execute(sa.select(roots.c.path).order_by(roots.c.path)).scalars())


def remove_root(connection: Connection, path: str) -> bool:
    """Forget a folder or file; True where it was known. Its documents stay until they are forgotten."""
    return connection.execute(sa.delete(roots).where(roots.c.path == path)).rowcount > 0


def list_sources(connection: Connection) -> dict[str, Source]:
    """Every known source by path."""
    return {row.path: source_of(row) for row in connection.execute(sa.select(sources))}


def source_of(row: Row[Any]) -> Source:
    """A row of the table."""
    return Source(row.path, row.sha256, row.size, row.mtime_ns, row.sidecar_sha256, row.archive)


def list_archives(connection: Connection) -> dict[str, tuple[int, int]]:
    """Size and time stamp of every archive that was read to the end, by path."""
    rows = connection.execute(sa.select(archives))
    return {row.path: (row.size, row.mtime_ns) for row in rows}


def keep_archive(connection: Connection, path: str, size: int, mtime_ns: int) -> None:
    """Note that all members of an archive were read as it is now."""
    forget_archive(connection, path)
    connection.execute(sa.insert(archives).values(path=path, size=size, mtime_ns=mtime_ns))


def forget_archive(connection: Connection, path: str) -> None:
    """Note that a path is no archive, or that its members have to be read again."""
    connection.execute(sa.delete(archives).where(archives.c.path == path))


def forget(connection: Connection, paths: Iterable[str]) -> int:
    """Forget sources whose files are gone; how many documents left search with them."""
    removed = 0
    for path in paths:
        row = connection.execute(sa.select(sources.c.document_id).where(sources.c.path == path)).first()
        if row is None:
            continue
        connection.execute(sa.delete(sources).where(sources.c.path == path))
        removed += remove_if_orphan(connection, row.document_id)
    return removed


def reject(connection: Connection, item: Rejected) -> None:
    """Keep the reason a file could not be read. An earlier version of it stays searchable."""
    accept(connection, item.path)
    connection.execute(
        sa.insert(rejected).values(
            path=item.path,
            code=item.code,
            reason=item.reason,
            remedy=item.remedy,
            size=item.size,
            mtime_ns=item.mtime_ns,
            sha256=item.sha256,
            rejected_at=now(),
        )
    )


def accept(connection: Connection, path: str) -> None:
    """The file can be read now, or is gone: drop its rejection."""
    connection.execute(sa.delete(rejected).where(rejected.c.path == path))


def list_rejected(connection: Connection) -> list[Rejected]:
    """All files that could not be read, by path."""
    return [
        Rejected(row.path, row.code, row.reason, row.remedy, row.size, row.mtime_ns, row.sha256)
        for row in connection.execute(sa.select(rejected).order_by(rejected.c.path))
    ]
