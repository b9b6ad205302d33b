"""Mined abbreviations in the catalog: with their documents, after an upgrade, when the rules change."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import kb.catalog.abbreviations as mined
from kb.catalog import database as catalog
from kb.catalog import documents as stored
from kb.catalog import sources
from kb.catalog.database import open_database
from kb.catalog.derived import derive_pending
from kb.catalog.schema import HEAD
from kb.library import Library
from kb.settings import Settings

TEXT = "Kế hoạch bảo vệ an ninh Tổ quốc (ANTQ) của Ủy ban nhân dân (sau đây viết tắt là UBND)."


@pytest.fixture
def opened(tmp_path) -> Iterator[sa.Engine]:
    database = open_database(f"sqlite:///{tmp_path / 'catalog.sqlite'}", write=True)
    yield database
    database.dispose()


def known(connection: sa.Connection) -> dict[str, tuple[str, int]]:
    return {g.abbreviation: (g.label, g.documents) for g in mined.groups(connection)}


def test_a_document_brings_its_abbreviations(opened, make_document):
    with opened.begin() as connection:
        document_id = stored.store(connection, make_document(TEXT)).id
        assert known(connection) == {"ANTQ": ("public", 1), "UBND": ("public", 1)}
        (item,) = mined.evidence(connection, "antq", ["public"])
        assert item.document_id == document_id
        assert TEXT[item.span.start : item.span.end] == "an ninh Tổ quốc (ANTQ)"
        assert mined.evidence(connection, "antq", ["internal"]) == []


def test_a_new_version_replaces_them_and_a_removal_hides_them(opened, make_document):
    with opened.begin() as connection:
        stored.store(connection, make_document(TEXT))
        stored.store(connection, make_document("Nay gọi là tổ dân phố (TDP)."))
        assert known(connection) == {"TDP": ("public", 1)}
        sources.forget(connection, ["/data/a.txt"])
        assert known(connection) == {}
        assert mined.evidence(connection, "TDP", ["public"]) == []
        stored.store(connection, make_document("Nay gọi là tổ dân phố (TDP)."))
        assert known(connection) == {"TDP": ("public", 1)}


def test_the_state_tells_every_change_and_only_changes(opened, make_document):
    with opened.begin() as connection:
        states = [mined.state(connection)]

        def changed() -> bool:
            states.append(mined.state(connection))
            return states[-1] != states[-2]

        stored.store(connection, make_document("Không có gì.", "/data/b.txt"))
        assert not changed()
        stored.store(connection, make_document(TEXT))
        assert changed()
        stored.store(connection, make_document(TEXT))
        assert not changed()
        stored.store(connection, make_document(TEXT, label="internal"))
        assert changed()
        assert known(connection)["ANTQ"] == ("internal", 1)
        sources.forget(connection, ["/data/a.txt"])
        assert changed()


def test_a_transaction_that_fails_leaves_nothing(opened, make_document):
    with pytest.raises(RuntimeError), opened.begin() as connection:
        stored.store(connection, make_document(TEXT))
        raise RuntimeError
    with opened.connect() as connection:
        assert known(connection) == {}
        assert mined.state(connection) == 0


def _old_catalog(url: str) -> None:
    """A catalog of the first revision with one document, as the program then left it."""
    database = catalog._connect(url, catalog._sqlite_path(url), write=True)
    now = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    with database.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(catalog.MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        row = {"id": "000000000001", "version": 1, "revision": 1, "sha256": "0", "added_at": now}
        tables = sa.MetaData()
        tables.reflect(connection)
        rest = {"title": "Kế hoạch", "label": "public"}
        connection.execute(sa.insert(tables.tables["documents"]).values(**row, **rest))
        connection.execute(
            sa.insert(tables.tables["versions"]).values(
                document_id=row["id"],
                number=1,
                sha256="0",
                added_at=now,
                format="txt",
                text=TEXT,
                fields='{"metadata":{},"sections":[],"references":[],"warnings":[]}',
                text_quality=1.0,
            )
        )
        connection.execute(
            sa.insert(tables.tables["sources"]).values(
                path="/gone/a.txt", document_id=row["id"], sha256="0", size=1, mtime_ns=1
            )
        )
    database.dispose()


def test_a_catalog_from_before_is_upgraded_and_filled_from_its_text(tmp_path):
    settings = Settings(home=tmp_path / "home", jobs=1)
    settings.ensure_home()
    _old_catalog(settings.effective_database_url)
    with Library.writing(settings) as library:
        with library.database.connect() as connection:
            assert catalog._revision(connection) == HEAD
            assert known(connection) == {}
        library.reindex()  # the file is not there any more: only the stored text is
        with library.database.connect() as connection:
            assert known(connection) == {"ANTQ": ("public", 1), "UBND": ("public", 1)}
        assert derive_pending(library.database) == 0


def test_the_upgrade_can_be_taken_back(opened):
    with opened.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(catalog.MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        assert "abbreviations" not in sa.inspect(connection).get_table_names()


def test_tables_made_by_the_migrations_are_those_of_the_schema(opened):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from kb.catalog.schema import metadata

    with opened.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
