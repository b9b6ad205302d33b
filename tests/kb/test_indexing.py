"""Analysis in child processes gives the same index as analysis here, also when children die."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date

import pytest

import kb.indexing
from kb.access import PUBLIC
from kb.catalog import documents as stored
from kb.catalog.reading import StoredDocument
from kb.indexing import graded, index_document, lead_start
from kb.library import Library
from kb.model import Document, Metadata, Period, Source, Span, Value
from kb.results import SearchRequest


def filled(library: Library, make_document, count: int) -> Library:
    with library.database.begin() as connection:
        for number in range(count):
            document = make_document(f"Văn bản số {number} về camera an ninh", f"/d/{number}.txt")
            stored.store(connection, document)
    return library


def test_fields_of_a_document(library, make_document):
    document = make_document(
        "Nội dung",
        title="Kế hoạch",
        kind="ke-hoach",
        symbol="12/KH-CAT-PV05",
        issued_on=date(2022, 6, 5),
        topics=("phong-trao/ngay-hoi",),
    )
    period = Period(date(2022, 1, 1), None, "year", "covers", "")
    document = replace(document, metadata=replace(document.metadata, periods=(period,)))
    with library.database.begin() as connection:
        stored_id = stored.store(connection, document).id
        fields = index_document(kb.indexing.reading.load(connection, [stored_id])[0]).fields
    assert fields["kind"] == ("ke-hoach",)
    assert fields["topic"] == ("phong-trao", "phong-trao/ngay-hoi")
    assert (fields["date"], fields["year"], fields["month"]) == (20220605, ("2022",), ("2022-06",))
    assert (fields["covers_from"], fields["covers_to"]) == (20220101, 99991231)
    assert fields["symbol"]
    assert list(fields["title_syllable"]) == ["kế", "hoạch"]


def test_a_pool_of_children_indexes_everything(settings, make_document, monkeypatch):
    monkeypatch.setattr(kb.indexing, "POOL_FROM", 1)
    monkeypatch.setattr(kb.indexing, "BATCH", 8)
    steps: list[tuple[int, int]] = []
    with Library.writing(replace(settings, jobs=2)) as library:
        filled(library, make_document, 40).reindex(progress=lambda *step: steps.append(step))
        assert library.search(SearchRequest(query="camera"), PUBLIC).total == 40
    assert steps[-1] == (40, 40)
    assert steps == sorted(steps)


@pytest.mark.parametrize("dies", ["at submit", "at work"])
def test_children_that_die_cost_nothing(library, make_document, monkeypatch, dies):
    class Pool:
        def __init__(self, *_arguments, **_options) -> None: ...
        def __enter__(self):
            return self

        def __exit__(self, *_error) -> None: ...
        def submit(self, *_work) -> Future:
            if dies == "at submit":
                raise BrokenProcessPool
            future: Future = Future()
            future.set_exception(BrokenProcessPool())
            return future

    monkeypatch.setattr(kb.indexing, "POOL_FROM", 1)
    monkeypatch.setattr(kb.indexing, "ProcessPoolExecutor", Pool)
    library.settings = replace(library.settings, jobs=2)
    filled(library, make_document, 5).reindex()
    assert library.search(SearchRequest(query="camera"), PUBLIC).total == 5


def test_batches_are_of_about_the_same_length(monkeypatch):
    monkeypatch.setattr(kb.indexing, "BATCH", 3)
    monkeypatch.setattr(kb.indexing, "BATCH_LENGTH", 10)
    lengths = {"a": 9, "b": 2, "c": 40, "d": 1, "e": 1, "f": 1, "g": 1}
    batches = kb.indexing._batched([(name, "") for name in "abcdefgh"], lengths)
    assert ["".join(name for name, _ in batch) for batch in batches] == ["ab", "c", "def", "gh"]


def test_a_few_long_documents_are_shared_out(library, make_document, monkeypatch):
    submitted: list[list[StoredDocument]] = []
    monkeypatch.setattr(kb.indexing, "POOL_FROM", 50_000)
    monkeypatch.setattr(kb.indexing, "BATCH_LENGTH", 20_000)
    monkeypatch.setattr(kb.indexing, "_submit", lambda _pool, batch: submitted.append(batch))
    library.settings = replace(library.settings, jobs=2)
    with library.database.begin() as connection:
        for n in range(3):
            stored.store(connection, make_document(f"Camera {n}. " * 2_000, f"/data/{n}.txt"))
    library.reindex()
    assert [len(batch) for batch in submitted] == [1, 1, 1]
    assert library.search(SearchRequest(query="camera"), PUBLIC).total == 3


def test_work_is_committed_on_the_way(library, make_document, monkeypatch):
    """What a kill can lose is bounded: stop in the middle and look at what is there."""
    monkeypatch.setattr(kb.indexing, "BATCH", 4)
    monkeypatch.setattr(kb.indexing, "COMMIT_EVERY", 4)
    filled(library, make_document, 4).reindex()
    filled(library, make_document, 20)

    class Stop(Exception): ...

    def stop(done: int, _total: int) -> None:
        if done >= 8:
            raise Stop

    with pytest.raises(Stop):
        library.reindex(progress=stop)
    assert library.status(PUBLIC).pending == 8
    assert library.reindex().changed == 8
    assert library.search(SearchRequest(query="camera"), PUBLIC).total == 20


def test_metadata_without_dates_indexes_none():
    assert Metadata(title=Value("x", 1.0)).sort_date is None


def test_the_lead_counts_earlier_tokens_more_often():
    stream = graded([str(n) for n in range(300)])
    assert [stream.count(str(n)) for n in (0, 19, 20, 39, 40, 149, 150)] == [3, 3, 2, 2, 1, 1, 0]


def test_the_lead_begins_at_the_title_behind_the_letterhead():
    text = "CÔNG AN TỈNH\nSố: 1/KH\n\nTổ chức Ngày hội toàn dân\nNội dung"
    start = text.index("Tổ chức")
    document = Document(
        source=Source("a.txt", "0" * 64, len(text), 0),
        format="txt",
        text=text,
        pages=(),
        metadata=Metadata(title=Value("Tổ chức", 1.0, Span(start, start + 25), "title")),
    )
    assert lead_start(document) == start
    assert lead_start(replace(document, metadata=Metadata())) == 0


@pytest.mark.parametrize(
    ("symbol", "offices"),
    [
        ("94/KHPH-PV05-PC05", {"pv05", "pc05"}),  # of two offices together
        ("12/KH-CAT-PV05", {"pv05"}),
        ("07/QCPH-CAT-MTTQ", set()),
    ],
)
def test_a_document_is_filed_under_the_offices_its_symbol_names(
    make_document, library, symbol, offices
):
    unit = ("cat-bac-ninh", "Công an tỉnh Bắc Ninh")
    document = make_document("Nội dung", symbol=symbol, unit=unit, issued_on=date(2020, 6, 19))
    with library.database.begin() as connection:
        stored_id = stored.store(connection, document).id
        fields = index_document(kb.indexing.reading.load(connection, [stored_id])[0]).fields
    assert "cat-bac-ninh" in fields["unit"]
    assert {"pv05", "pc05"} & set(fields["unit"]) == offices
