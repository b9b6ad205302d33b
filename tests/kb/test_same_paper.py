"""Copies and versions in search results and beside a document, for each principal."""

from __future__ import annotations

import json
import random
from datetime import date

import near_samples
import pytest

from kb.access import PUBLIC, Principal
from kb.catalog import documents as stored
from kb.library import Library
from kb.results import Results, SamePaper, SearchRequest

STAFF = Principal("staff", frozenset({"public", "internal"}))
TEXT = near_samples.paper(1)
DRAFT = "DỰ THẢO\n" + TEXT.replace("Số: 12/", "Số:     /").replace("ngày 15 tháng", "ngày     tháng")
TITLE = "Kế hoạch thực hiện công tác dân vận năm 2022"
SIGNED = {"title": TITLE, "symbol": "12/KH-CAT-PV05", "issued_on": date(2022, 6, 15)}
LATER = {
    "title": TITLE.replace("2022", "2023"),
    "symbol": "9/KH-CAT-PV05",
    "issued_on": date(2023, 6, 15),
}


@pytest.fixture
def filled(library: Library, make_document) -> Library:
    """A plan as Word file and scan, its draft, an internal scan of it, the next year's plan."""
    documents = [
        make_document(TEXT, "/d/ky.docx", **SIGNED),
        make_document(near_samples.misread(TEXT, random.Random(1)), "/d/scan.pdf", **SIGNED),
        make_document(DRAFT, "/d/du-thao.docx", title=TITLE),
        make_document(
            near_samples.misread(TEXT, random.Random(2)), "/d/noi-bo.pdf", label="internal", **SIGNED
        ),
        make_document(near_samples.next_year(TEXT), "/d/nam-sau.docx", **LATER),
        make_document("Công tác dân vận ở xã: trao đổi kinh nghiệm.", "/d/bai.html"),
    ]
    with library.database.begin() as connection:
        for document in documents:
            stored.store(connection, document)
    library.reindex()
    return library


def shown(results: Results) -> dict[str, tuple[set[str], set[str]]]:
    """The files that are shown: with the files of their copies, and of their versions."""
    return {
        hit.source: (
            {each.source for each in hit.same.copies},
            {each.source for each in hit.same.versions},
        )
        for hit in results.hits
    }


def search(library: Library, principal: Principal = PUBLIC, **fields: object) -> Results:
    return library.search(SearchRequest("công tác dân vận", **fields), principal)


def test_copies_and_versions_are_folded_under_what_was_signed(filled):
    results = search(filled)
    found = shown(results)
    assert len(found) == 3
    first = next(iter(set(found) & {"/d/ky.docx", "/d/scan.pdf"}))
    other = ({"/d/ky.docx", "/d/scan.pdf"} - {first}, {"/d/du-thao.docx"})
    assert found == {first: other, "/d/nam-sau.docx": (set(), set()), "/d/bai.html": (set(), set())}
    hit = next(hit for hit in results.hits if hit.source == first)
    assert hit.same.stage == "signed"
    assert [version.stage for version in hit.same.versions] == ["draft"]
    assert results.total == 5  # the engine's
    assert hit.passages  # of the document shown


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
def test_a_paper_stands_where_the_best_of_its_documents_stood(filled, order):
    each = [hit.source for hit in search(filled, fold=False, order=order).hits]
    assert len(each) == 5
    paper = {"/d/ky.docx", "/d/scan.pdf", "/d/du-thao.docx"}
    expected: list[str] = []
    for source in each:
        name = "paper" if source in paper else source
        if name not in expected:
            expected.append(name)
    folded = search(filled, order=order).hits
    assert ["paper" if hit.source in paper else hit.source for hit in folded] == expected


def test_without_folding_everything_is_listed(filled):
    results = search(filled, fold=False)
    assert len(results.hits) == results.total == 5
    assert all(hit.same == SamePaper() for hit in results.hits)


def test_pages_are_the_engines_and_each_is_folded_by_itself(filled):
    each = [hit.id for hit in search(filled, fold=False).hits]
    reached = []
    for page in (1, 2, 3):
        results = search(filled, page=page, per_page=2)
        assert (results.total, results.pages) == (5, 3)
        ids = [i for hit in results.hits for i in (hit.id, *(o.id for o in hit.same.others))]
        assert sorted(ids) == sorted(each[2 * page - 2 : 2 * page])
        reached += ids
    assert sorted(reached) == sorted(each)  # nothing is lost between pages


def test_nobody_learns_of_documents_that_are_not_for_him(filled):
    for hit in search(filled).hits:
        assert "/d/noi-bo.pdf" not in str(hit.same)
    by_source = {hit.source: hit.id for hit in search(filled, STAFF, fold=False).hits}
    known = filled.same_paper(by_source["/d/ky.docx"], PUBLIC)
    assert {each.source for each in known.copies} == {"/d/scan.pdf"}
    assert filled.same_paper(by_source["/d/noi-bo.pdf"], PUBLIC) == SamePaper()
    staff = filled.same_paper(by_source["/d/ky.docx"], STAFF)
    assert {each.source for each in staff.copies} == {"/d/scan.pdf", "/d/noi-bo.pdf"}
    assert filled.same_paper("000000000000", PUBLIC) == SamePaper()


def test_a_document_tells_its_versions_signed_first(filled):
    by_source = {hit.source: hit.id for hit in search(filled, fold=False).hits}
    same = filled.same_paper(by_source["/d/du-thao.docx"], PUBLIC)
    assert same.stage == "draft"
    assert same.copies == ()
    assert {(each.source, each.stage) for each in same.versions} == {
        ("/d/ky.docx", "signed"),
        ("/d/scan.pdf", "signed"),
    }
    assert same.versions[0].similarity > same.versions[1].similarity > 0.5
    assert filled.same_paper(by_source["/d/nam-sau.docx"], PUBLIC) == SamePaper()


def test_documents_without_a_signature_are_shown_as_they_are(filled):
    from kb.catalog.schema import signatures

    with filled.database.begin() as connection:
        connection.execute(signatures.delete())
    assert len(search(filled).hits) == 5


def test_json_says_what_is_documented(filled):
    plain = json.loads(json.dumps(search(filled).to_json()))
    hit = next(hit for hit in plain["hits"] if hit["versions"])
    assert hit["stage"] == "signed"
    assert set(hit["copies"][0]) == set(hit["versions"][0]) == {
        "id", "title", "symbol", "issued_on", "format", "source", "similarity", "stage",
    }  # fmt: skip
    assert hit["versions"][0]["symbol"] is None
    assert hit["copies"][0]["issued_on"] == "2022-06-15"
