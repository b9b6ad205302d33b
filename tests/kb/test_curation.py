"""Corrections: they win, survive whatever is read anew, are told, and can be taken back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.access import PUBLIC, Principal
from kb.catalog import documents as stored
from kb.catalog import sources
from kb.cli import kb
from kb.curation import tables
from kb.errors import BadInput, NotFound
from kb.library import Library
from kb.model import Metadata
from kb.results import SearchRequest

STAFF = Principal("staff", frozenset({"public", "internal"}))
TEXT = "Kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc."


@pytest.fixture
def document(make_document):
    return make_document(
        TEXT,
        "/d/a.txt",
        title="Kế hoạch tổ chức Ngày hội",
        kind="ke-hoach",
        symbol="12/KH-CAT",
        issued_on=date(2022, 6, 15),
    )


@pytest.fixture
def known(library: Library, document) -> str:
    with library.database.begin() as connection:
        document_id = stored.store(connection, document).id
    library.reindex()
    return document_id


def metadata(library: Library, document_id: str) -> Metadata:
    return library.get(document_id, STAFF).document.metadata


def set_(library: Library, document_id: str, note: str = "", **changes: str) -> None:
    library.curator.set(document_id, changes, STAFF, author="Nguyễn Văn A", note=note)
    library.reindex()


def found(library: Library, query: str = "", **filters: object) -> list[str]:
    return [hit.id for hit in library.search(SearchRequest(query, **filters), PUBLIC).hits]  # type: ignore[arg-type]


def test_a_correction_is_found_shown_and_told(library: Library, known: str) -> None:
    set_(
        library, known, "theo bản giấy", symbol="13/KH-CAT-PV05", issued_on="16/6/2023", kind="Báo cáo"
    )
    fields = metadata(library, known)
    assert fields.symbol is not None and fields.symbol.value == "13/KH-CAT-PV05"
    assert (fields.symbol.confidence, fields.symbol.rule) == (1.0, "correction")
    years = library.search(SearchRequest("ngày hội"), PUBLIC).facets["year"]
    assert [value.value for value in years] == ["2023"]
    assert found(library, "13/KH-CAT-PV05") == [known]
    assert found(library, kinds=("bao-cao",)) == [known]
    history = library.curator.history(known, PUBLIC)
    assert {(each.field, each.author, each.note) for each in history} == {
        (name, "Nguyễn Văn A", "theo bản giấy") for name in ("symbol", "issued_on", "kind")
    }
    assert library.curator.as_read(known, PUBLIC) == {
        "symbol": "12/KH-CAT",
        "issued_on": "2022-06-15",
        "kind": "ke-hoach",
    }


def test_it_survives_reading_again_a_new_version_and_a_return(
    library: Library, known: str, document, make_document
) -> None:
    set_(library, known, symbol="13/KH-CAT")
    with library.database.begin() as connection:
        assert stored.store(connection, document).outcome == "unchanged"
    with library.database.begin() as connection:  # other bytes at the same path
        newer = make_document(TEXT + " Sửa.", "/d/a.txt", title="Kế hoạch", symbol="12/KH-CAT")
        assert stored.store(connection, newer).outcome == "new-version"
    fields = metadata(library, known)
    assert fields.symbol is not None and fields.symbol.value == "13/KH-CAT"
    with library.database.begin() as connection:
        sources.forget(connection, ["/d/a.txt"])
        assert stored.store(connection, newer).outcome == "restored"
    fields = metadata(library, known)
    assert fields.symbol is not None and fields.symbol.value == "13/KH-CAT"
    assert library.curator.as_read(known, PUBLIC) == {"symbol": "12/KH-CAT"}


def test_a_correction_is_taken_back(library: Library, known: str) -> None:
    before = metadata(library, known)
    set_(library, known, symbol="13/KH-CAT", subject="Việc khác")
    assert library.curator.revert(known, ["symbol"], PUBLIC, author="B") == 1
    fields = metadata(library, known)
    assert fields.symbol == before.symbol
    assert fields.subject is not None and fields.subject.value == "Việc khác"
    assert library.curator.revert(known, [], PUBLIC, author="B") == 1
    assert metadata(library, known) == before
    assert [each.reverted_by for each in library.curator.history(known, PUBLIC)] == ["B", "B"]
    assert library.curator.revert(known, [], PUBLIC, author="B") == 0


def test_an_empty_value_takes_a_field_away(library: Library, known: str) -> None:
    set_(library, known, symbol="")
    assert metadata(library, known).symbol is None
    assert found(library, "số:12/KH-CAT") == []


def test_another_label_hides_a_document(library: Library, known: str) -> None:
    set_(library, known, label="internal")
    assert found(library, "ngày hội") == []
    with pytest.raises(NotFound):
        library.curator.set(known, {"subject": "x"}, PUBLIC, author="A")
    library.curator.revert(known, ["label"], STAFF, author="A")
    library.reindex()
    assert found(library, "ngày hội") == [known]


@pytest.mark.parametrize(
    "changes",
    [{"symbol": "không phải số"}, {"issued_on": "hôm qua"}, {"kind": "xyz"}, {"sybol": "1/KH-CAT"}],
)
def test_what_makes_no_sense_changes_nothing(library: Library, known: str, changes) -> None:
    before = metadata(library, known)
    with pytest.raises(BadInput):
        library.curator.set(known, {"subject": "Việc khác", **changes}, PUBLIC, author="A")
    assert metadata(library, known) == before
    assert library.curator.history(known, PUBLIC) == []


def test_a_wrong_name_is_told_the_right_one(library: Library, known: str) -> None:
    with pytest.raises(BadInput, match="symbol"):
        library.curator.set(known, {"sybol": "1/KH-CAT"}, PUBLIC, author="A")


# ---------------------------------------------------------------- tables


def test_a_table_comes_back_as_it_went(library: Library, known: str) -> None:
    set_(
        library,
        known,
        subject="=1+1",
        signer="'quoted",
        topics="phong-trao/ngay-hoi",
        covers="2022-01-01..",
    )
    for write in (tables.write_csv, tables.write_json):
        file = io.StringIO(newline="")
        assert write(library.curator.rows(PUBLIC), file) == 1
        rows = tables.read(file.getvalue().encode())
        assert library.curator.differences(rows, PUBLIC) == ([], [])
        assert rows[0][1]["subject"] == "=1+1"
    file = io.StringIO(newline="")
    tables.write_csv(library.curator.rows(PUBLIC), file)
    cells = next(csv.DictReader(io.StringIO(file.getvalue().lstrip("\ufeff"))))
    assert cells["subject"] == "'=1+1"  # no formula for a spreadsheet


def test_a_table_is_previewed_and_applied_as_a_whole(library: Library, known: str) -> None:
    rows = [(known, {"symbol": "14/KH-CAT"}), ("000000000000", {"symbol": "1/KH-CAT"})]
    changes, wrong = library.curator.differences(rows, PUBLIC)
    assert [(each.field, each.before, each.after) for each in changes] == [
        ("symbol", "12/KH-CAT", "14/KH-CAT")
    ]
    assert len(wrong) == 1 and "2" in wrong[0]
    assert library.curator.history(known, PUBLIC) == []
    library.curator.apply(changes, author="A")
    fields = metadata(library, known)
    assert fields.symbol is not None and fields.symbol.value == "14/KH-CAT"


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"[1]", b"[{", b'[{"id": 1}]', b"id,x\n1,2\n", b"symbol\n1/KH\n", b"[" * 100_000],
)
def test_what_is_no_table_is_told(content: bytes) -> None:
    with pytest.raises(BadInput):
        tables.read(content)


# ---------------------------------------------------------------- commands


@pytest.fixture
def run(library: Library, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("KB_HOME", str(library.settings.home))
    monkeypatch.setattr("kb.library.write_lock", lambda home: contextlib_null())

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(kb, arguments)

    return invoke


def contextlib_null():
    """The lock is held by the test's own library."""
    import contextlib

    return contextlib.nullcontext()


def test_the_commands(run: Callable[..., Result], known: str, tmp_path: Path) -> None:
    made = run("set", known, "symbol=13/KH-CAT", "--author", "A", "--note", "giấy")
    assert made.exit_code == 0, made.output
    assert "12/KH-CAT → 13/KH-CAT" in made.output
    told = json.loads(run("history", known, "--json").output)
    assert told["corrections"][0]["author"] == "A"
    assert told["read"] == {"symbol": "12/KH-CAT"}
    file = tmp_path / "truong.csv"
    assert run("export", str(file)).exit_code == 0
    file.write_text(file.read_text("utf-8-sig").replace("13/KH-CAT", "15/KH-CAT"), "utf-8")
    preview = run("import", str(file))
    assert "13/KH-CAT → 15/KH-CAT" in preview.output and "--apply" in preview.output
    assert run("import", str(file), "--apply").exit_code == 0
    assert "15/KH-CAT" in run("show", known).output
    assert run("unset", known).exit_code == 0
    assert "12/KH-CAT" in run("show", known).output
    assert run("set", known, "symbol").exit_code != 0
    assert run("set", "000000000000", "symbol=1/KH-CAT").exit_code != 0
