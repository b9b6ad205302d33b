"""Signatures in the catalog: with their documents, after an upgrade, when the rules change, never for
somebody who may not see the document."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import near_samples
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from kb.catalog import database as catalog
from kb.catalog import documents as stored
from kb.catalog import near, sources
from kb.catalog.database import open_database
from kb.catalog.derived import derive_pending
from kb.catalog.schema import bands, signatures
from kb.library import Library

TEXT = near_samples.paper(1)
SCAN = near_samples.misread(TEXT, random.Random(1))
HEAD = {
    "title": "Kế hoạch thực hiện công tác dân vận năm 2022",
    "symbol": "12/KH-CAT-PV05",
    "issued_on": date(2022, 6, 15),
}


@pytest.fixture
def opened(tmp_path) -> Iterator[sa.Engine]:
    database = open_database(f"sqlite:///{tmp_path / 'catalog.sqlite'}", write=True)
    yield database
    database.dispose()


def alike(connection: sa.Connection, document_id: str, *labels: str) -> list[tuple[str, str]]:
    found = near.same(connection, document_id, labels or ("public",))[1]
    return [(paper.id, relation) for paper, relation in found]


def rows(connection: sa.Connection) -> tuple[int, int]:
    return tuple(
        connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in (signatures, bands)
    )


def test_a_twin_is_found_as_long_as_it_is_one(opened, make_document):
    with opened.begin() as connection:
        paper = stored.store(connection, make_document(TEXT, "/d/a.txt", **HEAD)).id
        assert alike(connection, paper) == []
        twin = stored.store(connection, make_document(SCAN, "/d/b.txt")).id
        assert alike(connection, paper) == []  # neither symbol nor title: not enough
        stored.store(connection, make_document(SCAN, "/d/b.txt", **HEAD))  # fields read anew
        assert alike(connection, paper) == [(twin, "copy")]
        assert alike(connection, twin) == [(paper, "copy")]
        stored.store(
            connection, make_document(near_samples.paper(2), "/d/b.txt", **HEAD | {"symbol": "9/KH"})
        )
        assert alike(connection, paper) == []
        assert rows(connection) == (2, 40)  # nothing is left of what was replaced
        stored.store(connection, make_document(SCAN, "/d/b.txt", **HEAD))
        assert alike(connection, paper) == [(twin, "copy")]
        sources.forget(connection, ["/d/b.txt"])
        assert alike(connection, paper) == []  # removed
        assert alike(connection, twin) == []


def test_what_is_read_back_is_what_was_signed(opened, make_document):
    covers = (date(2022, 1, 1), date(2022, 12, 31))
    unit = ("cat-ha-tinh", "Công an tỉnh Hà Tĩnh")
    document = make_document(TEXT, **HEAD, kind="ke-hoach", unit=unit, covers=covers)
    with opened.begin() as connection:
        document_id = stored.store(connection, document).id
        (paper,) = near.papers(connection, [document_id, "none"], ["public"])
        signature = near.sign(TEXT)
        assert paper == near.Paper(
            id=document_id,
            signature=replace(signature, bands=()),
            symbol="12/KH-CAT-PV05",
            issued_on=date(2022, 6, 15),
            kind="ke-hoach",
            unit="cat-ha-tinh",
            title=HEAD["title"],
            covers=covers,
            draft=None,
        )


def test_a_file_name_is_no_title_to_compare(opened, make_document):
    document = make_document(TEXT, **HEAD)
    title = replace(document.metadata.title, confidence=0.4)
    document = replace(document, metadata=replace(document.metadata, title=title))
    with opened.begin() as connection:
        document_id = stored.store(connection, document).id
        assert near.papers(connection, [document_id], ["public"])[0].title is None


def test_labels_hide_documents_from_both_ends(opened, make_document):
    with opened.begin() as connection:
        paper = stored.store(connection, make_document(TEXT, "/d/a.txt", **HEAD)).id
        secret = stored.store(connection, make_document(SCAN, "/d/b.txt", label="internal", **HEAD)).id
        assert alike(connection, paper, "public") == []
        assert alike(connection, secret, "public") == []
        assert near.same(connection, secret, ["public"]) == (None, [])
        assert near.papers(connection, [secret], ["public"]) == []
        assert alike(connection, paper, "public", "internal") == [(secret, "copy")]
        assert alike(connection, paper) == []


def test_what_is_erased_leaves_no_signature(opened, make_document):
    document = make_document(TEXT, "/d/a.txt", **HEAD)
    with opened.begin() as connection:
        stored.store(connection, document)
        assert rows(connection) == (1, 20)
        stored.erase(connection, "/d/a.txt", document.source.sha256)
        assert rows(connection) == (0, 0)


def test_of_many_alike_only_so_many_are_compared(opened, make_document, monkeypatch):
    monkeypatch.setattr(near, "_CANDIDATES", near._CANDIDATES.limit(3))
    with opened.begin() as connection:
        paper = stored.store(connection, make_document(TEXT, "/d/a.txt", **HEAD)).id
        for number in range(6):
            scan = near_samples.misread(TEXT, random.Random(number), 0.05)
            stored.store(connection, make_document(scan, f"/d/{number}.txt", **HEAD))
        best = stored.store(connection, make_document(TEXT + " ", "/d/best.txt", **HEAD)).id
        found = alike(connection, paper)
        assert len(found) == 3
        assert found[0] == (best, "copy")  # most in common


def test_a_catalog_from_before_is_filled_from_its_texts(library: Library, make_document):
    with library.database.begin() as connection:
        ids = [
            stored.store(connection, make_document(text, f"/d/{name}.txt", **HEAD)).id
            for name, text in (("a", TEXT), ("b", SCAN))
        ]
        _migrate(connection, "downgrade", "0003")
        assert not sa.inspect(connection).has_table("bands")
        _migrate(connection, "upgrade", "head")
        assert rows(connection) == (0, 0)
    library.reindex()  # no file is there to be read
    with library.database.connect() as connection:
        assert alike(connection, ids[0]) == [(ids[1], "copy")]
    assert derive_pending(library.database) == 0


def _migrate(connection: sa.Connection, direction: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(catalog.MIGRATIONS))
    config.attributes["connection"] = connection
    getattr(command, direction)(config, revision)
