"""What is derived from stored texts: by today's rules, once a document, without reading a file."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from kb.catalog import abbreviations, derived
from kb.catalog import documents as stored
from kb.catalog.database import open_database
from kb.catalog.derived import derive_pending

TEXT = "Kế hoạch bảo vệ an ninh Tổ quốc (ANTQ) của Ủy ban nhân dân (sau đây viết tắt là UBND)."


@pytest.fixture
def opened(tmp_path, make_document) -> Iterator[sa.Engine]:
    """A catalog of five documents."""
    database = open_database(f"sqlite:///{tmp_path / 'catalog.sqlite'}", write=True)
    with database.begin() as connection:
        for number in range(5):
            stored.store(connection, make_document(f"{TEXT} {number}", f"/data/{number}.txt"))
    yield database
    database.dispose()


def known(database: sa.Engine) -> dict[str, int]:
    with database.connect() as connection:
        return {group.abbreviation: group.documents for group in abbreviations.groups(connection)}


def _rules(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    first, *others = derived.DERIVATIONS
    monkeypatch.setattr(derived, "DERIVATIONS", (replace(first, **changes), *others))


def test_a_document_that_was_stored_is_up_to_date(opened):
    assert known(opened) == {"ANTQ": 5, "UBND": 5}
    assert derive_pending(opened) == 0


def test_other_rules_read_stored_texts_again_in_batches(opened, monkeypatch):
    _rules(monkeypatch, version=derived.DERIVATIONS[0].version + 1, read=lambda text: [])
    monkeypatch.setattr(derived, "BATCH", 2)
    told = []
    assert derive_pending(opened, progress=lambda *at: told.append(at)) == 5
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert known(opened) == {}
    assert derive_pending(opened) == 0


def test_only_what_changed_is_read_again(opened, monkeypatch):
    _rules(monkeypatch, version=derived.DERIVATIONS[0].version + 1)
    reads: list[str] = []
    first, *others = derived.DERIVATIONS
    told = (replace(each, read=lambda text: reads.append(text.text)) for each in others)
    monkeypatch.setattr(derived, "DERIVATIONS", (first, *told))
    assert derive_pending(opened) == 5
    assert reads == []


def test_a_failure_costs_one_batch(opened, monkeypatch):
    _rules(monkeypatch, version=derived.DERIVATIONS[0].version + 1)
    monkeypatch.setattr(derived, "BATCH", 2)
    keep, kept = derived._keep, []

    def killed(connection, document_id, read):
        if len(kept) == 3:
            raise KeyboardInterrupt
        kept.append(document_id)
        keep(connection, document_id, read)

    monkeypatch.setattr(derived, "_keep", killed)
    with pytest.raises(KeyboardInterrupt):
        derive_pending(opened)
    monkeypatch.setattr(derived, "_keep", keep)
    assert derive_pending(opened) == 3


def test_many_documents_are_read_by_several_processes(opened, monkeypatch):
    with opened.begin() as connection:
        connection.execute(sa.delete(derived.derived))
        connection.execute(sa.delete(abbreviations.abbreviations))
    monkeypatch.setattr(derived, "POOL_FROM", 3)
    monkeypatch.setattr(derived, "BATCH", 2)
    assert derive_pending(opened, jobs=2) == 5
    assert known(opened) == {"ANTQ": 5, "UBND": 5}


def test_rules_are_forgotten_with_their_document(opened):
    with opened.begin() as connection:
        stored.erase(connection, "/data/0.txt", "0")
        left = connection.scalar(sa.select(sa.func.count()).select_from(derived.derived))
    assert left == 4 * len(derived.DERIVATIONS)
