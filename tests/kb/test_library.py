"""The whole way from stored documents to results, on both engines."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date

import pytest

from kb.access import PUBLIC, Principal
from kb.boxes import NONE, Box, Boxes
from kb.catalog import documents as stored
from kb.catalog import sources
from kb.errors import IndexCorrupt, IndexMissing, IndexOutdated, NotFound
from kb.library import Library
from kb.model import Page
from kb.results import SearchRequest

STAFF = Principal("staff", frozenset({"public", "internal"}))


@pytest.fixture(params=["tantivy", "whoosh"])
def settings(request, settings):
    return replace(settings, engine=request.param)


@pytest.fixture
def documents(make_document):
    ha_tinh = ("cat-ha-tinh", "Công an tỉnh Hà Tĩnh")
    return [
        make_document(
            "Kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022 tại Hà Tĩnh.",
            "/d/ke-hoach.txt",
            title="Kế hoạch tổ chức Ngày hội toàn dân",
            kind="ke-hoach",
            symbol="12/KH-CAT-PV05",
            issued_on=date(2022, 6, 15),
            unit=ha_tinh,
            topics=("phong-trao/ngay-hoi",),
        ),
        make_document(
            "Báo cáo kết quả phòng, chống ma túy 6 tháng đầu năm 2020."
            " Thực hiện tốt công tác tuyên truyền.",
            "/d/bao-cao.txt",
            title="Báo cáo kết quả phòng, chống ma túy",
            kind="bao-cao",
            symbol="77/BC-CAT",
            issued_on=date(2020, 7, 1),
            unit=ha_tinh,
            topics=("te-nan/ma-tuy",),
        ),
        make_document(
            "Thong bao lich truc bao ve an ninh trat tu trong dip Tet cua cong an xa.",
            "/d/khong-dau.txt",
            kind="thong-bao",
            issued_on=date(2021, 1, 20),
        ),
        make_document("Hướng dẫn về mã số hồ sơ; kẻ gian; thế giới.", "/d/bay.txt", kind="huong-dan"),
        make_document(
            "Tài liệu nội bộ: kế hoạch canary-xyzzy về ngày hội.",
            "/d/noi-bo.txt",
            kind="ke-hoach",
            issued_on=date(2022, 7, 1),
            label="internal",
        ),
    ]


@pytest.fixture
def library(settings, documents):
    with Library.writing(settings) as opened:
        with opened.database.begin() as connection:
            for document in documents:
                stored.store(connection, document)
        opened.reindex()
        yield opened


def found(library, query="", principal=PUBLIC, **fields):
    results = library.search(SearchRequest(query=query, **fields), principal)
    return [hit.source.rsplit("/", 1)[1].removesuffix(".txt") for hit in results.hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ngày hội toàn dân", ["ke-hoach"]),
        ("ngay hoi toan dan", ["ke-hoach"]),
        ("NGÀY HỘI TOÀN DÂN", ["ke-hoach"]),
        ("nga\u0300y h\u00f4\u0323i to\u00e0n d\u00e2n", ["ke-hoach"]),  # NFD
        ("ngày hội tòan dân", ["ke-hoach"]),  # tone on the wrong vowel
        ("phòng chống ma túy", ["bao-cao"]),
        ("phòng chống ma tuý", ["bao-cao"]),
        ("lịch trực", ["khong-dau"]),  # accents find what was typed without
        ("trật tự", ["khong-dau"]),
        ("kế", ["ke-hoach"]),  # not "kẻ"
        ("12/KH-CAT-PV05", ["ke-hoach"]),
        ('"bảo vệ an ninh Tổ quốc"', ["ke-hoach"]),
        ('"phòng chống ma túy"', ["bao-cao"]),  # across a comma
        ('"an ninh bảo vệ"', []),
        ("tuyên*", ["bao-cao"]),
        ('loại:"báo cáo"', ["bao-cao"]),
        ("loai:bao-cao", ["bao-cao"]),
        ("tiêu đề:toàn", ["ke-hoach"]),
        ("số:12/KH-CAT-PV05", ["ke-hoach"]),
        ("ngày:2020", ["bao-cao"]),
        ("ngày:2020..2021 ma", ["bao-cao", "khong-dau"]),
        ("túy OR hội", ["bao-cao", "ke-hoach"]),
        ("năm -túy", ["ke-hoach"]),
        ("asdfgh", []),
    ],
)
def test_what_a_query_finds(library, query, expected):
    hits = found(library, query)
    if query.startswith("ngày:2020..2021"):
        assert hits[0] == "bao-cao"
    else:
        assert sorted(hits) == sorted(expected)


def test_without_a_query_the_newest_come_first_and_undated_ones_last(library):
    assert found(library) == ["ke-hoach", "khong-dau", "bao-cao", "bay"]
    assert found(library, order="oldest") == ["bao-cao", "khong-dau", "ke-hoach", "bay"]


def test_filters_and_facets_in_context(library):
    results = library.search(SearchRequest(kinds=("ke-hoach",)), PUBLIC)
    assert results.total == 1
    kinds = {value.value: (value.count, value.selected) for value in results.facets["kind"]}
    assert kinds == {
        "ke-hoach": (1, True),
        "bao-cao": (1, False),
        "thong-bao": (1, False),
        "huong-dan": (1, False),
    }
    assert [(v.value, v.count) for v in results.facets["year"]] == [("2022", 1)]
    topics = {v.value: v.count for v in results.facets["topic"]}
    assert topics == {"phong-trao": 1, "phong-trao/ngay-hoi": 1}
    (unit,) = [v for v in results.facets["unit"] if v.value == "cat-ha-tinh"]
    assert unit.label == "Công an tỉnh Hà Tĩnh"


def test_a_chosen_value_without_documents_stays_visible(library):
    results = library.search(SearchRequest(query="ma túy", kinds=("chi-thi",)), PUBLIC)
    assert [given_up.code for given_up in results.relaxations] == ["kind"]
    chosen = [value for value in results.facets["kind"] if value.selected]
    assert [(value.value, value.count) for value in chosen] == [("chi-thi", 0)]


def test_date_range_and_paging(library):
    request = SearchRequest(date_from=date(2020, 1, 1), date_to=date(2021, 12, 31), per_page=1)
    first = library.search(request, PUBLIC)
    second = library.search(replace(request, page=2), PUBLIC)
    third = library.search(replace(request, page=3), PUBLIC)
    assert (first.total, first.pages) == (2, 2)
    assert first.hits[0].id != second.hits[0].id
    assert third.hits == ()


def test_passages_and_marks_of_hits(library):
    (hit,) = library.search(SearchRequest(query="phòng chống ma tuý"), PUBLIC).hits
    passage = hit.passages[0]
    marked = [passage.text[start:end] for start, end in passage.marks]
    assert marked[:4] == ["phòng", "chống", "ma", "túy"]
    assert passage.page == 1


def test_too_little_found_is_relaxed_and_said(library):
    results = library.search(SearchRequest(query="ngày hội trên sao hỏa"), PUBLIC)
    assert results.relaxed
    assert results.hits[0].title.startswith("Kế hoạch tổ chức")
    assert library.search(SearchRequest(query="ngày hội"), PUBLIC).relaxed is None


def test_forbidden_documents_leave_no_trace(library):
    assert found(library, "canary-xyzzy", STAFF) == ["noi-bo"]
    hidden = library.search(SearchRequest(query="canary-xyzzy"), PUBLIC)
    assert hidden.total == 0
    everything = library.search(SearchRequest(), PUBLIC)
    assert everything.total == 4
    assert sum(v.count for v in everything.facets["kind"] if v.value == "ke-hoach") == 1
    (secret,) = library.search(SearchRequest(query="canary-xyzzy"), STAFF).hits
    with pytest.raises(NotFound) as forbidden:
        library.get(secret.id, PUBLIC)
    with pytest.raises(NotFound) as absent:
        library.get("000000000000", PUBLIC)
    assert str(forbidden.value).replace(secret.id, "") == str(absent.value).replace("000000000000", "")
    newest = library.search(SearchRequest(order="newest"), PUBLIC).hits
    assert secret.id not in [hit.id for hit in newest]
    with pytest.raises(NotFound):
        library.passages_marks(secret.id, "kế hoạch", PUBLIC)


def test_word_positions_are_kept_and_read_when_asked_for(library, make_document):
    boxes = Boxes.of([Box(0, 3, 72.0, 80.5, 95.25, 92.0), Box(4, 6, 100.0, 80.5, 120.0, 92.0)])
    page = Page(1, 0, 6, 595.0, 842.0, boxes)
    with library.database.begin() as connection:
        document_id = stored.store(connection, make_document("Tệp có", "/d/v.pdf", pages=(page,))).id
    assert library.get(document_id, PUBLIC).document.pages[0].boxes == NONE
    assert library.get(document_id, PUBLIC, boxes=True).document.pages == (page,)


def test_changes_reach_the_index_and_nothing_else_is_done_again(library, make_document):
    assert library.reindex().changed == 0
    with library.database.begin() as connection:
        stored.store(connection, make_document("Báo cáo về camera an ninh", "/d/bao-cao.txt"))
        sources.forget(connection, ["/d/ke-hoach.txt"])
    assert library.status(PUBLIC).pending == 2
    assert library.reindex().changed == 2
    assert found(library, "camera") == ["bao-cao"]
    assert found(library, "túy") == []
    assert found(library, "ngày hội toàn dân") == []


def test_full_reindex_swaps_while_a_reader_is_open(library, settings):
    with contextlib.closing(Library.open(settings)) as reader:
        before = found(reader, "ma túy")
        report = library.reindex(full=True)
        assert (report.rebuilt, report.documents) == (True, 5)
        assert found(reader, "ma túy") == before == ["bao-cao"]
    folders = [p for p in (settings.home / "index" / settings.engine).iterdir() if p.is_dir()]
    assert len(folders) == 1


def test_other_engine_says_what_to_run(library, settings):
    other = "whoosh" if settings.engine == "tantivy" else "tantivy"
    with contextlib.closing(Library.open(replace(settings, engine=other))) as reader:
        with pytest.raises(IndexMissing) as error:
            reader.search(SearchRequest(query="a"), PUBLIC)
        assert "kb reindex" in error.value.remedy
        assert reader.status(PUBLIC).problem


def test_switching_engines_needs_only_reindex(library, settings):
    expected = found(library, "ngày hội toàn dân")
    other = replace(settings, engine="whoosh" if settings.engine == "tantivy" else "tantivy")
    second = Library(other, library.database)
    second.reindex()
    assert found(second, "ngày hội toàn dân") == expected
    assert found(library, "ngày hội toàn dân") == expected  # the first engine's state is kept
    assert library.reindex().changed == 0
    second._close_engine()


def test_index_of_another_analysis_is_refused_then_rebuilt(library, settings, monkeypatch):
    import kb.library

    monkeypatch.setattr(kb.library, "fingerprint", lambda: "another")
    with contextlib.closing(Library.open(settings)) as reader, pytest.raises(IndexOutdated):
        reader.search(SearchRequest(query="a"), PUBLIC)
    newer = Library(settings, library.database)
    assert newer.reindex().rebuilt
    assert found(newer, "ma túy") == ["bao-cao"]
    newer._close_engine()


@pytest.mark.parametrize("full", [False, True])
def test_damaged_index_is_detected_and_healed(library, settings, full):
    generation = library._generations.require_current()
    library._close_engine()
    for path in library._generations.path(generation).iterdir():
        if path.is_file() and path.name != "manifest.json":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with contextlib.closing(Library.open(settings)) as reader, pytest.raises(IndexCorrupt):
        reader.search(SearchRequest(query="ma túy"), PUBLIC)
    assert library.reindex(full=full).documents == 5
    assert found(library, "ma túy") == ["bao-cao"]
