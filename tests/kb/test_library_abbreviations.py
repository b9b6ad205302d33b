"""Abbreviations on the whole way: short finds long, long finds short, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.access import PUBLIC, Principal
from kb.catalog import documents as stored
from kb.catalog import sources
from kb.library import Library
from kb.results import SearchRequest

STAFF = Principal("staff", frozenset({"public", "internal"}))

TEXTS = {
    "dai": "Kế hoạch xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc tại các thôn.",
    "ngan": "Kế hoạch xây dựng phong trào toàn dân bảo vệ ANTQ tại các tổ.",
    "khong-dau": "Ke hoach xay dung phong trao toan dan bao ve an ninh to quoc tai cac ban.",
    "roi": "Quốc lộ qua xã; an toàn hồ đập; tổ trực ninh thuận; toàn dân đóng góp.",
    "cat": "Khai thác cát và cắt tỉa cây xanh bên bờ sông.",
    "giai-thich": "Mỗi nhà trọ tự quản (sau đây viết tắt là NTTQ) có nội quy.",
    "nttq": "Danh sách NTTQ của phường.",
    "nha-tro": "Danh sách nhà trọ tự quản của xã.",
}
HIDDEN = {"mat": "Tổ canary xanh nâu (TCXN) hoạt động.", "mat2": "Các nhà trọ tự quản (NTTQ) nội bộ."}


@pytest.fixture(params=["tantivy", "whoosh"])
def library(request, settings, make_document):
    with Library.writing(replace(settings, engine=request.param)) as opened:
        with opened.database.begin() as connection:
            for name, text in TEXTS.items():
                stored.store(connection, make_document(text, f"/d/{name}.txt"))
            for name, text in HIDDEN.items():
                stored.store(connection, make_document(text, f"/d/{name}.txt", label="internal"))
        opened.reindex()
        yield opened


def found(library, query, principal=PUBLIC):
    results = library.search(SearchRequest(query=query), principal)
    assert results.relaxed is None, query
    return {hit.source.rsplit("/", 1)[1].removesuffix(".txt") for hit in results.hits}


ALL = {"dai", "ngan", "khong-dau"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ANTQ", ALL),
        ("antq", ALL),
        ("an ninh Tổ quốc", {*ALL, "roi"}),  # plain words need not stand together
        ("an ninh to quoc", {*ALL, "roi"}),
        ("phong trào ANTQ", ALL),
        ("phong trao antq", ALL),
        ("bảo vệ an ninh Tổ quốc", {*ALL, "roi"}),
        ("XDPT toàn dân", ALL),
        ('"phong trào toàn dân bảo vệ ANTQ"', ALL),
        ('"phong trào toàn dân bảo vệ an ninh Tổ quốc"', ALL),
        ('"phong trao toan dan bao ve antq"', ALL),
        ('"XDPT toàn dân bảo vệ ANTQ"', ALL),
        ('"toàn dân bảo vệ ANTQ tại các tổ"', {"ngan"}),
        ('"toàn dân ANTQ"', set()),
        ("PTTDBVANTQ", ALL),
        ("ANTQ -thôn", {"ngan", "khong-dau"}),
        ("kế hoạch -ANTQ", set()),
        ("CAT", set()),  # not cát, not cắt
        ("cat", {"cat"}),
        ("NTTQ", {"giai-thich", "nttq", "nha-tro"}),
        ("nttq", {"giai-thich", "nttq", "nha-tro"}),
        ("danh sách nhà trọ tự quản", {"giai-thich", "nttq", "nha-tro"}),
        ('"nha tro tu quan"', {"giai-thich", "nha-tro", "nttq"}),
        ("NTTQ viết tắt của gì", {"giai-thich", "nttq", "nha-tro"}),
    ],
)
def test_what_a_query_finds(library, query, expected):
    assert found(library, query) == expected


def test_the_other_form_ranks_close_to_the_form_typed(library):
    hits = library.search(SearchRequest(query="phong trào ANTQ"), PUBLIC).hits
    scores = {hit.source.rsplit("/", 1)[1]: hit.score for hit in hits}
    assert scores["dai.txt"] > 0.5 * scores["ngan.txt"]
    hits = library.search(SearchRequest(query="an ninh Tổ quốc"), PUBLIC).hits
    scores = {hit.source.rsplit("/", 1)[1]: hit.score for hit in hits}
    assert scores["ngan.txt"] > 0.3 * scores["dai.txt"]


def test_the_form_in_the_document_is_marked_and_nothing_beside_it(library):
    def marked(query: str, name: str) -> list[str]:
        hits = library.search(SearchRequest(query=query), PUBLIC).hits
        (passage,) = next(hit for hit in hits if hit.source.endswith(f"/{name}.txt")).passages
        return [passage.text[start:end] for start, end in passage.marks]

    assert marked("ANTQ", "dai") == ["an ninh Tổ quốc"]
    assert marked("ANTQ", "ngan") == ["ANTQ"]
    assert marked("ANTQ", "khong-dau") == ["an ninh to quoc"]
    assert marked("an ninh Tổ quốc", "ngan") == ["ANTQ", "tổ"]
    document = library.search(SearchRequest(query='"bảo vệ ANTQ"'), PUBLIC).hits[0]
    assert library.passages_marks(document.id, "ANTQ", PUBLIC)


def test_an_expansion_is_told(library):
    told = library.search(SearchRequest(query="phong trào ANTQ"), PUBLIC).understood
    assert [(u.kind, u.text, u.value) for u in told] == [("abbreviation", "ANTQ", "an ninh Tổ quốc")]
    mined = library.search(SearchRequest(query="NTTQ"), PUBLIC).understood
    assert [u.value for u in mined] == ["nhà trọ tự quản"]


def test_what_only_others_may_see_is_not_known(library):
    assert library.abbreviation("TCXN", PUBLIC) == []
    assert library.search(SearchRequest(query="TCXN"), PUBLIC).understood == ()
    (explained,) = library.abbreviation("TCXN", STAFF)
    assert explained.example.sentence == "Tổ canary xanh nâu (TCXN) hoạt động."
    assert [u.value for u in library.search(SearchRequest(query="TCXN"), STAFF).understood] == [
        "Tổ canary xanh nâu"
    ]
    assert {m.abbreviation: m.documents for m in library.abbreviations(PUBLIC)} == {"NTTQ": 1}
    assert {m.abbreviation: m.documents for m in library.abbreviations(STAFF)} == {"NTTQ": 2, "TCXN": 1}


def test_evidence_is_a_sentence_of_a_document(library):
    (explained,) = library.abbreviation("nttq", PUBLIC)
    example = explained.example
    assert example.sentence == TEXTS["giai-thich"]
    text = library.get(example.document_id, PUBLIC).document.text
    assert text[example.span.start : example.span.end] == "nhà trọ tự quản (sau đây viết tắt là NTTQ)"
    (back,) = library.abbreviation("NHÀ TRỌ TỰ QUẢN", PUBLIC)
    assert back.meaning == explained.meaning
    (table,) = library.abbreviation("ANTQ", PUBLIC)
    assert (table.meaning.in_table, table.meaning.documents, table.example) == (True, 0, None)


def test_a_changed_catalog_is_noticed_at_once(library, make_document):
    assert library.abbreviation("TQKV", PUBLIC) == []
    with library.database.begin() as connection:
        stored.store(connection, make_document("Tuần tra khu vực (TQKV), (TTKV).", "/d/moi.txt"))
    assert library.abbreviation("TQKV", PUBLIC) == []  # the letters do not fit
    assert len(library.abbreviation("TTKV", PUBLIC)) == 0  # nothing stands before it
    with library.database.begin() as connection:
        stored.store(connection, make_document("Tuần tra khu vực (TTKV).", "/d/moi.txt"))
    assert [e.meaning.expansion for e in library.abbreviation("TTKV", PUBLIC)] == ["Tuần tra khu vực"]
    with library.database.begin() as connection:
        sources.forget(connection, ["/d/moi.txt"])
    assert library.abbreviation("TTKV", PUBLIC) == []


def test_one_lookup_serves_until_the_catalog_changes(library):
    with library.database.connect() as connection:
        first = library._abbreviations.lookup(connection, PUBLIC)
        assert library._abbreviations.lookup(connection, PUBLIC) is first
        assert library._abbreviations.lookup(connection, STAFF) is not first
