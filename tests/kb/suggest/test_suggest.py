"""Suggestions over a small library, on both engines: what is offered for what is typed, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kb.access import PUBLIC, Principal
from kb.catalog import documents as stored
from kb.catalog import sources
from kb.library import Library
from kb.model import Document, Section
from kb.results import SearchRequest, Suggestion
from kb.settings import Settings

STAFF = Principal("staff", frozenset({"public", "internal"}))
NOBODY = Principal("nobody", frozenset())
HA_TINH = ("cat-ha-tinh", "Công an tỉnh Hà Tĩnh")
BAC_NINH = ("ubnd-tinh-bac-ninh", "Ủy ban nhân dân tỉnh Bắc Ninh")
SECRET_UNIT = ("truong-hoang-yen", "Trường Hoàng Yến")


def samples(make: Callable[..., Document]) -> list[Document]:
    """The last one is removed again."""
    heading = "Trách nhiệm của tổ liên gia"
    law = f"Luật về lực lượng ở cơ sở.\nĐiều 9. {heading}\nTổ liên gia giúp đỡ nhau."
    festival = "Kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm {year}"
    return [
        *(
            make(
                festival.format(year=year) + ". Phong trào toàn dân bảo vệ ANTQ ở xã.",
                f"/d/{year}.txt",
                title=festival.format(year=year),
                kind="ke-hoach",
                symbol=f"{number}/KH-CAT-PV05",
                issued_on=date(year, 6, 15),
                unit=HA_TINH,
                topics=("phong-trao/ngay-hoi",),
            )
            for number, year in ((12, 2022), (12, 2023), (120, 2024))
        ),
        make(
            "Báo cáo kết quả phòng, chống ma túy 6 tháng đầu năm 2020.",
            "/d/bao-cao.txt",
            title="Báo cáo kết quả phòng, chống ma túy 6 tháng đầu năm 2020",
            kind="bao-cao",
            symbol="77/BC-UBND",
            issued_on=date(2020, 7, 1),
            unit=BAC_NINH,
            topics=("te-nan/ma-tuy",),
        ),
        make(
            "Hồ sơ đăng ký. Hộ gia đình văn hóa và hội nghị biểu dương.",
            "/d/ho-so.txt",
            title="Hướng dẫn lập hồ sơ hộ gia đình văn hóa và tổ chức hội nghị biểu dương",
            kind="huong-dan",
            issued_on=date(2021, 3, 1),
        ),
        make(
            law,
            "/d/luat.txt",
            title="Luật Lực lượng bảo vệ ở cơ sở",
            sections=(Section(law.index("Điều"), len(law), 1, "Điều 9", heading),),
        ),
        make(
            "Kế hoạch chim hoàng yến của công an xã, ma túy.",
            "/d/noi-bo.txt",
            title="Kế hoạch tổ chức Chim hoàng yến báo động",
            kind="phuong-an",
            symbol="12/PA-HOANGYEN",
            issued_on=date(2024, 1, 1),
            unit=SECRET_UNIT,
            topics=("van-thu",),
            label="internal",
        ),
        make("Chim hoàng yến đã gỡ.", "/d/go.txt", title="Kế hoạch ngày hội hoàng yến đã gỡ"),
    ]


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def library(request, make_document, tmp_path_factory):
    own = Settings(tmp_path_factory.mktemp("home"), engine=request.param, jobs=1)
    with Library.writing(own) as opened:
        with opened.database.begin() as connection:
            for document in samples(make_document):
                stored.store(connection, document)
        opened.reindex()
        with opened.database.begin() as connection:
            assert sources.forget(connection, ["/d/go.txt"]) == 1
        opened.reindex()
        yield opened


def shown(library: Library, text: str, principal: Principal = PUBLIC, limit: int = 8) -> list[str]:
    return [f"{s.kind}: {s.label}" for s in library.suggest(text, principal, limit)]


FESTIVAL = "ngày hội toàn dân bảo vệ an ninh tổ quốc"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ngay h", f"phrase: {FESTIVAL}"),
        ("ngày h", f"phrase: {FESTIVAL}"),
        ("ngày hộ", f"phrase: {FESTIVAL}"),
        ("ngày hô", f"phrase: {FESTIVAL}"),  # Telex: the tone comes last
        ("NGÀY H", f"phrase: {FESTIVAL}"),
        ("nga\u0300y ho\u0302\u0323", f"phrase: {FESTIVAL}"),  # NFD
        ("ngay hoi ", f"phrase: {FESTIVAL}"),
        ("toan dan bao ve an n", "phrase: toàn dân bảo vệ an ninh tổ quốc"),
        ("ke hoach ngay h", f"phrase: kế hoạch {FESTIVAL}"),
        ("kế hoạch ngày h", f"phrase: kế hoạch {FESTIVAL}"),
        ("ma t", "phrase: ma túy 6 tháng đầu năm 2020"),
        ("mà t", "phrase: ma túy 6 tháng đầu năm 2020"),  # nothing else has these letters
        ("phong chong ma t", "phrase: phòng chống ma túy 6 tháng đầu năm 2020"),
        ("phòng, chống ma t", "phrase: phòng chống ma túy 6 tháng đầu năm 2020"),
        ("6 thang d", "phrase: 6 tháng đầu năm 2020"),
        ("to lien g", "phrase: tổ liên gia"),  # of a heading
        ("antq", "phrase: an ninh Tổ quốc"),
        ("ANTQ", "phrase: an ninh Tổ quốc"),
        ("phong trao toan dan bao ve antq", "phrase: phong trào toàn dân bảo vệ an ninh Tổ quốc"),
        ("ngay hoi", "topic: Ngày hội toàn dân bảo vệ ANTQ"),
        ("cong an ha t", "unit: Công an tỉnh Hà Tĩnh"),
        ("công an tỉnh hà", "unit: Công an tỉnh Hà Tĩnh"),
        ("ubnd tinh b", "unit: Ủy ban nhân dân tỉnh Bắc Ninh"),
        ("hướng d", "kind: Hướng dẫn"),
        ("bao cao ma tuy", "title: Báo cáo kết quả phòng, chống ma túy 6 tháng đầu năm 2020"),
        ("hồ sơ h", "title: Hướng dẫn lập hồ sơ hộ gia đình văn hóa và tổ chức hội nghị biểu dương"),
        ("12/KH", "symbol: 12/KH-CAT-PV05"),
        ("12 kh", "symbol: 12/KH-CAT-PV05"),
        ("12-kh-cat", "symbol: 12/KH-CAT-PV05"),
        ("so 12/kh-cat-p", "symbol: 12/KH-CAT-PV05"),
        ("ke hoach 12", "symbol: 12/KH-CAT-PV05"),
        ("12/2023/k", "symbol: 12/KH-CAT-PV05"),
        ("77", "symbol: 77/BC-UBND"),
        ("077/bc-ub", "symbol: 77/BC-UBND"),
    ],
)
def test_what_is_offered(library, typed, expected):
    assert expected in shown(library, typed)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("hộ", "phrase: hồ sơ"),
        ("hồ", "phrase: hội nghị"),
        ("hô", "phrase: hồ hởi"),
        ("kế hoach ngày hố", f"phrase: kế hoạch {FESTIVAL}"),
        ("12/BC", "symbol: 12/KH-CAT-PV05"),
        ("2 kh", "symbol: 12/KH-CAT-PV05"),
    ],
)
def test_what_was_typed_is_respected(library, typed, other):
    assert other not in shown(library, typed)


def test_phrases_are_whole_and_do_not_end_with_function_words(library):
    for typed in ("ho", "h", "hộ", "ke h", "van hoa v", "luat", "trach nhiem c", "nam"):
        for found in library.suggest(typed, STAFF, 30):
            if found.kind == "phrase":
                assert found.text.split()[-1] not in ("và", "của", "về", "năm", "tổ", "ở", "hó")
                assert found.count


def test_the_exact_symbol_comes_first_and_newer_ones_before_older(library):
    found = library.suggest("12/KH-CAT-PV05", PUBLIC)
    assert [s.kind for s in found[:2]] == ["symbol", "symbol"]
    assert [s.detail[-4:] for s in found[:2]] == ["2023", "2022"]
    assert shown(library, "12")[0] == "symbol: 12/KH-CAT-PV05"
    assert "symbol: 120/KH-CAT-PV05" in shown(library, "120")


def test_groups_come_in_their_order(library):
    order = ["symbol", "phrase", "topic", "unit", "kind", "title"]
    for typed in ("ke hoach", "ngay h", "12/k", "cong an", "bao c", "ho"):
        ranks = [order.index(s.kind) for s in library.suggest(typed, STAFF)]
        phrases_before_names = [min(rank, 2) if rank < 5 else 5 for rank in ranks]
        assert phrases_before_names == sorted(phrases_before_names), typed


def test_what_is_offered_goes_into_the_box_or_opens_a_document(library):
    for typed in ("ngay h", "cong an ha t", "ma t", "12/kh", 'loai:"ke h', "ngay hoi ke ho"):
        for found in library.suggest(typed, PUBLIC):
            results = library.search(SearchRequest(query=found.text), PUBLIC)
            assert results.total, found
            if found.kind in ("symbol", "title"):
                assert library.get(found.id, PUBLIC)
                assert found.id in [hit.id for hit in results.hits]
            elif found.kind != "phrase":
                understood = [u.value for u in results.understood if u.kind == found.kind]
                assert any(found.id in value.split() for value in understood), found


def test_a_filter_takes_the_place_of_its_words(library):
    named = next(s for s in library.suggest("ma tuy ubnd tinh b", PUBLIC) if s.kind == "unit")
    assert (named.head, named.id) == ("ma tuy", "ubnd-tinh-bac-ninh")
    assert named.text == 'ma tuy đơn vị:"Ủy ban nhân dân tỉnh Bắc Ninh"'
    assert not [s for s in library.suggest("ma tuy cong an ha t", PUBLIC) if s.kind == "unit"]


def test_marks_are_what_was_typed(library):
    def marked(found: Suggestion) -> list[str]:
        return [found.label[start:end] for start, end in found.marks]

    assert marked(library.suggest("ngay ho", PUBLIC)[0]) == ["ngày hộ"]
    assert marked(library.suggest("12 kh", PUBLIC)[0]) == ["12/KH"]
    title = library.suggest("ma tuy bao cao", PUBLIC)[-1]
    assert marked(title) == ["Báo cáo", "ma túy"]


def test_nothing_twice(library):
    for typed in ("ke hoach", "ngay hoi", "ma tuy", "12"):
        found = library.suggest(typed, STAFF, 30)
        assert len({(s.text.lower(), s.id) for s in found}) == len(found)


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 8, 30])
def test_no_more_than_asked_for(library, limit):
    for typed in ("ke hoach", "12/kh", "n", ""):
        assert len(library.suggest(typed, STAFF, limit)) <= limit


@pytest.mark.parametrize(
    "typed",
    [
        *("chim", "chim hoang y", "hoang y", "hoàng yến", "ke hoach chim", "ke hoach to chuc c"),
        *("bao dong", "bao đ", "truong h", "trường hoàng", "phuong a", "phương án", "văn th"),
        *("12/pa", "12 pa", "12", "12/PA-HOANGYEN", "ngay hoi hoang", "ngay hoi h"),
    ],
)
def test_nothing_of_a_document_that_may_not_be_seen(library, typed):
    told = " ".join(str(each.to_json()) for each in library.suggest(typed, PUBLIC, 30)).lower()
    for canary in ("hoàng yến", "hoang yen", "hoangyen", "hoang-yen", "chim", "phuong-an", "van-thu"):
        assert canary not in told
    assert library.suggest(typed, NOBODY, 30) == ()


def test_what_may_be_seen_is_offered(library):
    assert "phrase: chim hoàng yến báo động" in shown(library, "chim hoang y", STAFF)
    assert "unit: Trường Hoàng Yến" in shown(library, "truong h", STAFF)
    assert "kind: Phương án" in shown(library, "phuong a", STAFF)
    assert "symbol: 12/PA-HOANGYEN" in shown(library, "12/pa", STAFF)
    assert not any("đã gỡ" in line for line in shown(library, "ngay hoi hoang", STAFF, 30))


def test_counts_are_those_of_the_principal(library):
    def count(typed: str, label: str, principal: Principal) -> int | None:
        found = library.suggest(typed, principal, 30)
        return next(s.count for s in found if s.label == label)

    assert count("ke h", "Kế hoạch", PUBLIC) == 3
    assert count("ke hoach to c", "kế hoạch tổ chức", STAFF) == 4
    assert count("ngay hoi toan dan", "Ngày hội toàn dân bảo vệ ANTQ", PUBLIC) == 3


def test_a_new_document_is_offered_at_once(make_document, settings):
    with Library.writing(settings) as library:
        for number, name in enumerate(("một cửa liên thông", "một cửa điện tử"), 1):
            with library.database.begin() as connection:
                text = f"Quy trình {name}. {number}"
                document = make_document(text, f"/d/{number}.txt", title=f"Quy trình {name}")
                stored.store(connection, replace(document, label=("public", "internal")[number - 1]))
            library.reindex()
            expected = ["phrase: quy trình một cửa liên thông"]
            assert [s for s in shown(library, "quy trình một cửa l") if "phrase" in s] == expected
            assert [s for s in shown(library, "quy trình một cửa đ") if "phrase" in s] == []
        assert "phrase: quy trình một cửa điện tử" in shown(library, "quy trình một cửa đ", STAFF)


def test_abbreviations_that_the_documents_explain(make_document, settings):
    texts = {
        "public": "Tổ liên gia tự quản (TLGTQ) giúp nhau. Mỗi tổ liên gia tự quản một sổ.",
        "internal": "Đội trực chim yến (ĐTCY) báo tin. Đội trực chim yến họp mỗi tối.",
    }
    with Library.writing(settings) as library:
        with library.database.begin() as connection:
            for number, (label, text) in enumerate(texts.items()):
                document = make_document(text, f"/d/{number}.txt", title=f"Quy ước {number}")
                stored.store(connection, replace(document, label=label))
        library.reindex()
        assert "phrase: tổ liên gia tự quản" in map(str.lower, shown(library, "tlgtq"))
        assert "phrase: đội trực chim yến" in map(str.lower, shown(library, "ĐTCY", STAFF))
        assert not any("chim" in each.lower() for each in shown(library, "ĐTCY"))


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "\n", "\0", "/", "-", '"', "((", 'loại:"', "đ", "12/", "/KH", "0", "00", "*", "a*"),
        *("ngày" * 100, "a b " * 2000, "1/" * 1000, "\u0300\u0301", "Ａ", "東京", "🎉 ngà", "x" * 3000),
    ],
)
def test_odd_beginnings(library, typed):
    library.suggest(typed, PUBLIC)


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "ngày",
                    "hoi",
                    "12",
                    "/",
                    "KH",
                    '"',
                    "loại:",
                    "-",
                    "(",
                    "antq",
                    " ",
                    "đ",
                    "ủy ban",
                    "2022",
                ]
            ),
            max_size=12,
        ).map("".join),
    )
)
def test_it_never_raises(library, typed):
    for found in library.suggest(typed, PUBLIC):
        ends = [end for mark in found.marks for end in mark]
        assert ends == sorted(ends) and all(0 <= end <= len(found.label) for end in ends)
        assert found.text and found.label
