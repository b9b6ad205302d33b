"""A filter on a unit covers its predecessors; those that took over only on request."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from kb.access import PUBLIC
from kb.catalog import documents as stored
from kb.cli import kb
from kb.library import Library
from kb.results import SearchRequest
from kb.vietnamese.unit_lineage import heirs


@pytest.fixture
def filed(library: Library, make_document) -> Library:
    with library.database.begin() as connection:
        for unit, year in (
            ("bca-x17", 2013),
            ("bca-v28", 2016),
            ("bca-v05", 2020),
            ("cat-ha-tinh", 2020),
        ):
            document = make_document(
                f"Công văn {unit}.", f"/d/{unit}.txt", title=unit, unit=(unit, unit),
                issued_on=date(year, 1, 2),
            )  # fmt: skip
            stored.store(connection, document)
    library.reindex()
    return library


def found(library: Library, unit: str, successors: bool = False) -> set[str]:
    request = SearchRequest(units=(unit,), successors=successors)
    return {hit.title for hit in library.search(request, PUBLIC).hits}


def test_predecessors_always_successors_on_request(filed: Library) -> None:
    assert "bca-v28" in found(filed, "bca-v05")
    assert found(filed, "bca-v05", True) == found(filed, "bca-v05") >= {"bca-v05", "bca-v28", "bca-x17"}
    assert found(filed, "bca-x17", True) >= {"bca-x17", "bca-v28", "bca-v05"}
    assert "cat-ha-tinh" not in found(filed, "bca-x17", True)


def test_heirs_one_after_the_other() -> None:
    assert heirs("bca-x17") == ("bca-x17", "bca-v28", "bca-v05")
    assert heirs("cat-ha-tinh") == ("cat-ha-tinh",)


def test_the_option(filed: Library) -> None:
    env = {"KB_HOME": str(filed.settings.home)}
    filed.close()
    told = CliRunner().invoke(kb, ["search", "--unit", "cat-binh-duong", "--successors"], env=env)
    assert told.exit_code == 0
