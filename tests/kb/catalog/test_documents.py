"""Identity of documents: bytes, paths, versions."""

from dataclasses import replace

import pytest
from sqlalchemy.engine import Connection

from kb.catalog import documents as stored
from kb.catalog import reading, sources
from kb.catalog.database import open_database
from kb.errors import CatalogCorrupt, IndexMissing


@pytest.fixture
def connection(tmp_path) -> Connection:
    database = open_database(f"sqlite:///{tmp_path / 'catalog.sqlite'}", write=True)
    with database.begin() as opened:
        yield opened
    database.dispose()


def test_same_bytes_twice_are_one_document_with_two_sources(connection, make_document):
    first = stored.store(connection, make_document("Kế hoạch", "/a/1.txt"))
    second = stored.store(connection, make_document("Kế hoạch", "/b/2.txt"))
    assert (first.outcome, second.outcome) == ("added", "duplicate")
    assert first.id == second.id
    (item,) = reading.load(connection, [first.id])
    assert [source.path for source in item.sources] == ["/a/1.txt", "/b/2.txt"]
    assert reading.count(connection) == 1


def test_moved_file_keeps_its_id(connection, make_document):
    before = stored.store(connection, make_document("Kế hoạch", "/a/1.txt"))
    after = stored.store(connection, make_document("Kế hoạch", "/b/1.txt"))
    assert sources.forget(connection, ["/a/1.txt"]) == 0
    assert after.id == before.id
    assert reading.load(connection, [before.id])[0].sources[0].path == "/b/1.txt"


def test_changed_content_is_a_new_version(connection, make_document):
    before = stored.store(connection, make_document("Bản một", "/a/1.txt"))
    after = stored.store(connection, make_document("Bản hai", "/a/1.txt"))
    assert after.outcome == "new-version"
    assert after.id == before.id
    (item,) = reading.load(connection, [before.id])
    assert (item.version, item.versions, item.document.text) == (2, 2, "Bản hai")


def test_changed_copy_of_a_shared_document_becomes_a_document_of_its_own(connection, make_document):
    shared = stored.store(connection, make_document("Chung", "/a/1.txt"))
    stored.store(connection, make_document("Chung", "/b/1.txt"))
    own = stored.store(connection, make_document("Riêng", "/b/1.txt"))
    assert own.outcome == "added"
    assert own.id != shared.id
    assert [s.path for s in reading.load(connection, [shared.id])[0].sources] == ["/a/1.txt"]


def test_content_that_becomes_another_documents_joins_it(connection, make_document):
    one = stored.store(connection, make_document("Một", "/a/1.txt"))
    two = stored.store(connection, make_document("Hai", "/a/2.txt"))
    joined = stored.store(connection, make_document("Một", "/a/2.txt"))
    assert joined.id == one.id
    assert reading.load(connection, [two.id]) == []
    assert reading.count(connection) == 1


def test_old_bytes_in_a_new_file_do_not_collide_with_the_old_id(connection, make_document):
    first = stored.store(connection, make_document("Bản một", "/a/1.txt"))
    stored.store(connection, make_document("Bản hai", "/a/1.txt"))
    other = stored.store(connection, make_document("Bản một", "/c/3.txt"))
    assert other.outcome == "added"
    assert other.id != first.id


def test_vanished_document_returns_with_its_id(connection, make_document):
    document = make_document("Kế hoạch", "/a/1.txt")
    first = stored.store(connection, document)
    assert sources.forget(connection, ["/a/1.txt"]) == 1
    assert reading.load(connection, [first.id]) == []
    again = stored.store(connection, document)
    assert (again.id, again.outcome) == (first.id, "restored")
    assert reading.count(connection) == 1


def test_fields_read_anew_update_the_same_version(connection, make_document):
    document = make_document("Kế hoạch", "/a/1.txt")
    first = stored.store(connection, document)
    assert stored.store(connection, document).outcome == "unchanged"
    better = make_document("Kế hoạch", "/a/1.txt", kind="ke-hoach")
    assert stored.store(connection, better).outcome == "updated"
    (item,) = reading.load(connection, [first.id])
    assert (item.version, item.versions) == (1, 1)
    assert item.document.metadata.kind.value == "ke-hoach"


def test_rejection_is_kept_once_and_dropped_when_the_file_can_be_read(connection):
    from kb.model import Rejected

    item = Rejected("/a/x.pdf", "corrupt", "hỏng", "sửa", 3, 4)
    sources.reject(connection, item)
    sources.reject(connection, replace(item, reason="vẫn hỏng"))
    assert [r.reason for r in sources.list_rejected(connection)] == ["vẫn hỏng"]
    sources.accept(connection, "/a/x.pdf")
    assert sources.list_rejected(connection) == []


def test_reader_without_a_catalog_is_told_to_add(tmp_path):
    with pytest.raises(IndexMissing) as error:
        open_database(f"sqlite:///{tmp_path / 'none.sqlite'}", write=False)
    assert "kb add" in error.value.remedy


def test_a_file_that_is_no_database_is_said_so(tmp_path):
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(b"this is not a database, not at all" * 100)
    with pytest.raises(CatalogCorrupt):
        open_database(f"sqlite:///{path}", write=True)


def test_catalog_of_a_newer_program_is_refused(tmp_path):
    import sqlalchemy as sa

    url = f"sqlite:///{tmp_path / 'catalog.sqlite'}"
    database = open_database(url, write=True)
    with database.begin() as opened:
        opened.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database.dispose()
    with pytest.raises(CatalogCorrupt) as error:
        open_database(url, write=True)
    assert "9999" in str(error.value)


def test_tables_are_made_all_or_none(tmp_path, monkeypatch):
    """A kill while the catalog is made must not leave half of it."""
    import sqlalchemy as sa
    from alembic.operations import Operations

    url = f"sqlite:///{tmp_path / 'catalog.sqlite'}"
    made: list[str] = []
    create = Operations.create_table

    def create_three(self, name, *columns, **options):
        made.append(name)
        if len(made) == 3:
            raise KeyboardInterrupt
        return create(self, name, *columns, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Operations, "create_table", create_three)
        with pytest.raises(KeyboardInterrupt):
            open_database(url, write=True)
    assert len(made) == 3
    database = open_database(url, write=True)
    assert "documents" in sa.inspect(database).get_table_names()
    database.dispose()
