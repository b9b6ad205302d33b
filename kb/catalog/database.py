"""Opening the catalog's database: SQLite in WAL mode by default, another one by URL.

Alembic costs half a second to import, so it is loaded only when tables have to be made or upgraded.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DatabaseError

from kb.catalog.schema import HEAD
from kb.errors import CatalogCorrupt, IndexMissing
from kb.i18n import _

BUSY_TIMEOUT_MS = 30_000
MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(url: str, *, write: bool) -> Engine:
    """Connect, and bring the tables up to date where `write` is set.

    Raises IndexMissing where a reader finds no catalog yet, CatalogCorrupt where the file is no
    catalog, is damaged or was made by a newer version of this program.
    """
    path = _sqlite_path(url)
    if path is not None and not write and not path.exists():
        raise IndexMissing(
            _("Chưa có dữ liệu nào trong {home}.").format(home=path.parent),
            _("Thêm tài liệu trước: kb add THƯ_MỤC"),
        )
    engine = _connect(url, path, write=write)
    try:
        with engine.begin() as connection:
            _check_revision(connection, write=write)
    except DatabaseError as error:
        engine.dispose()
        raise CatalogCorrupt(
            _("Không đọc được cơ sở dữ liệu {url}: {error}").format(url=_shown(url), error=error.orig),
            _("Khôi phục tệp này từ bản sao lưu, hoặc đổi tên nó rồi chạy lại kb add."),
        ) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _connect(url: str, path: Path | None, *, write: bool) -> Engine:
    if path is None:
        return sa.create_engine(url)
    if write or os.access(path.parent, os.W_OK):
        engine = sa.create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    else:
        # Without write permission SQLite cannot make the WAL's helper files: read it as it lies.
        engine = sa.create_engine(f"sqlite:///file:{path}?mode=ro&immutable=1&uri=true")

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        # sqlite3 opens no transaction for CREATE TABLE: a kill would leave half a schema.
        # So transactions are begun below, by us.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten
        if write:
            cursor.execute("PRAGMA journal_mode=WAL")
            # Every commit reaches the disk before it is acknowledged.
            cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _check_revision(connection: Connection, *, write: bool) -> None:
    revision = _revision(connection)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise CatalogCorrupt(
            _("Cơ sở dữ liệu do một phiên bản mới hơn tạo ra (bước {revision}).").format(
                revision=revision
            ),
            _("Cài phiên bản tracuu mới hơn."),
        )
    if not write:
        raise CatalogCorrupt(
            _("Cơ sở dữ liệu chưa được nâng cấp cho phiên bản này."), _("Chạy: kb reindex")
        )
    _upgrade(connection)


def _revision(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(sa.text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])


def _upgrade(connection: Connection) -> None:
    # Lazy on purpose, see the module's docstring.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _sqlite_path(url: str) -> Path | None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)
