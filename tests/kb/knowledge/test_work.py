"""What a person could put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from click.testing import CliRunner

from kb.access import PUBLIC
from kb.catalog import documents as stored
from kb.cli import kb
from kb.curation import doubts
from kb.curation.doubts import Doubt
from kb.library import Library
from kb.model import Metadata, Reference, Span, StoredText, Value


def value(content: object, confidence: float = 0.9) -> Value:
    return Value(content, confidence, None, "test")


def test_little_confidence_and_what_is_not_there() -> None:
    metadata = Metadata(kind=value("ke-hoach"), symbol=value("1/KH", 0.5), issuer=value("CA"))
    found = doubts.read(StoredText("x", metadata))
    assert found == (Doubt("symbol", "1/KH", 0.5), Doubt("issued_on", None, None))
    assert doubts.read(StoredText("x", Metadata(kind=value("tin-tuc")))) == ()
    assert doubts.read(StoredText("x", Metadata())) == ()


def test_a_correction_takes_the_doubt_away(library: Library, make_document) -> None:
    document = make_document("Kế hoạch.", kind="ke-hoach", symbol="1/KH-CAT", unit=("bca", "Bộ"))
    with library.database.begin() as connection:
        document_id = stored.store(connection, document).id
    work = library.knowledge.work(PUBLIC, 10, date(2026, 1, 1))
    assert work.doubtful_count == 1
    assert [each.field for each in work.doubtful[0].doubts] == ["issued_on"]
    library.curator.set(document_id, {"issued_on": "2022-01-02"}, PUBLIC, author="A")
    assert library.knowledge.work(PUBLIC, 10, date(2020, 1, 1)).doubtful_count == 0


def test_what_is_named_most_and_not_here(library: Library, make_document) -> None:

    with library.database.begin() as connection:
        for number, symbol in enumerate(("9/CT-BCA", "9/CT-BCA", "8/CT-BCA", "7/CT-BCA")):
            text = f"Văn bản {number}: {symbol}."
            at = text.index(symbol)
            reference = Reference("cites", symbol, symbol, Span(at, at + len(symbol)))
            document = make_document(text, f"/d/{number}.txt")
            stored.store(connection, replace(document, references=(reference,)))
        stored.store(connection, make_document("Đây.", "/d/x.txt", symbol="7/CT-BCA"))
    missing = library.knowledge.work(PUBLIC, 10, date(2020, 1, 1)).missing
    assert [(each.symbol, each.citing) for each in missing] == [("9/CT-BCA", 2), ("8/CT-BCA", 1)]


def test_the_command(libraries: dict[str, Library]) -> None:
    env = {"KB_HOME": str(libraries["tantivy"].settings.home)}
    told = CliRunner().invoke(kb, ["todo"], env=env)
    assert told.exit_code == 0
    assert "Được viện dẫn mà chưa có" in told.output and "Kế hoạch chưa có báo cáo" in told.output
