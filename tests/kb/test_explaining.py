"""kb explain: why a document ranks, or which requirement it fails, on both engines."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from kb.access import PUBLIC, Principal
from kb.catalog import documents as stored
from kb.engines.fields import FIELDS
from kb.errors import NotFound
from kb.explaining.wording import LABELS
from kb.library import Library
from kb.results import SearchRequest

TEXTS = {
    "plan": ("Kế hoạch ra quân giữ bình yên dịp Tết ở phường Sơn Trà.", "ke-hoach", date(2024, 1, 5)),
    "report": ("Báo cáo kết quả ra quân dịp Tết ở phường Sơn Trà.", "bao-cao", date(2024, 3, 1)),
    "camera": ("Thông báo lắp camera ở chợ, ra quân kiểm tra.", "thong-bao", date(2023, 3, 1)),
    "secret": ("Kế hoạch ra quân nội bộ dịp Tết.", "ke-hoach", date(2024, 1, 6)),
}


@pytest.fixture(params=["tantivy", "whoosh"])
def shelf(request, settings, make_document):
    with Library.writing(replace(settings, engine=request.param)) as opened:
        ids = {}
        with opened.database.begin() as connection:
            for name, (text, kind, day) in TEXTS.items():
                label = "internal" if name == "secret" else "public"
                made = make_document(text, f"/{name}.txt", kind=kind, issued_on=day, label=label)
                ids[name] = stored.store(connection, made).id
        opened.reindex()
        yield opened, ids


def explained(shelf, name, query, principal=PUBLIC, **fields):
    library, ids = shelf
    return library.explain(SearchRequest(query, **fields), ids[name], principal)


def failures(found):
    """The requirements not met, those of alternatives too, by kind and text."""

    def walk(requirements):
        for requirement in requirements:
            if not requirement.met:
                yield requirement.kind, requirement.text
                for part in requirement.parts:
                    yield from walk(part)

    return list(walk(found.requirements))


@pytest.mark.parametrize(
    "query",
    [
        "ra quân dịp Tết",
        "ra quan dip tet",
        '"ra quân"',
        "kế hoạch ra quân 2024",
        "ra quân -camera",
        "quâ*",
    ],
)
def test_rank_score_and_parts_are_those_of_the_search(shelf, query):
    library, _ids = shelf
    hits = library.search(SearchRequest(query), PUBLIC).hits
    assert hits
    for rank, hit in enumerate(hits, 1):
        found = library.explain(query, hit.id, PUBLIC)
        assert (found.found, found.rank, found.total) == (True, rank, len(hits))
        assert found.score == pytest.approx(hit.score, rel=1e-3)
        assert sum(part.score for part in found.parts) == pytest.approx(found.score, rel=1e-3)
        for part in found.parts:
            assert sum(score for _text, score in part.items) == pytest.approx(part.score)
        assert not failures(found)


def test_missing_words_are_named(shelf):
    found = explained(shelf, "camera", "lắp camera chợ phường")
    words = next(r for r in found.requirements if r.kind == "words")
    assert words.met
    assert words.missing == ("phường",)
    assert set(words.matched) >= {"lắp", "chợ"}
    assert words.needed <= len(words.matched)


def test_too_few_words(shelf):
    found = explained(shelf, "report", "lắp camera chợ")
    assert (found.found, found.rank) == (False, None)
    assert [kind for kind, _text in failures(found)] == ["words"]
    assert found.total == 1
    assert found.score == 0
    assert not found.parts


def test_what_a_document_fails(shelf):
    kinds = failures(explained(shelf, "report", "ra quân", kinds=("ke-hoach",)))
    assert ("filter", "Loại: Kế hoạch") in kinds
    assert ("must_not", "tết") in failures(explained(shelf, "plan", "ra quân -tết"))
    assert ("must", "ra quân kiểm") in failures(explained(shelf, "plan", '"ra quân kiểm" OR camera'))
    late = failures(explained(shelf, "camera", "ra quân", date_from=date(2024, 1, 1)))
    assert any("01/01/2024" in text for _kind, text in late)


def test_relaxing_is_told(shelf):
    found = explained(shelf, "camera", "camera xyzzy", kinds=())
    assert found.found
    assert found.relaxed


def test_without_a_query_all_match(shelf):
    found = explained(shelf, "camera", "")
    assert (found.rank, found.total, found.score) == (3, 3, 0.0)


def test_what_may_not_be_seen_is_not_there(shelf):
    library, ids = shelf
    for document_id in (ids["secret"], "ffffffffffff"):
        with pytest.raises(NotFound):
            library.explain("ra quân", document_id, PUBLIC)
    staff = Principal("staff", frozenset({"public", "internal"}))
    assert explained(shelf, "secret", "ra quân", staff).found


@pytest.mark.parametrize("query", ["(((", '"', "-", "a" * 2_000, "từ " * 600, "\x00", "x OR OR y"])
def test_odd_queries(shelf, query):
    json.dumps(explained(shelf, "plan", query).to_json())


def test_every_field_has_a_label():
    assert set(LABELS) == {field.name for field in FIELDS}
