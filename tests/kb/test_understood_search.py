"""What is recognised in a query orders the hits, on both engines: boosts, filters, ignoring."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date

import pytest

from kb.access import PUBLIC, Principal
from kb.catalog import documents as stored
from kb.library import Library
from kb.results import Results, SearchRequest

STAFF = Principal("staff", frozenset({"public", "internal"}))
HA_TINH = ("cat-ha-tinh", "Công an tỉnh Hà Tĩnh")
BAC_NINH = ("cat-bac-ninh", "Công an tỉnh Bắc Ninh")
FESTIVAL = "tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc"
YEAR_2022 = (date(2022, 1, 1), date(2022, 12, 31))
HALF_2020 = (date(2020, 1, 1), date(2020, 6, 30))


@pytest.fixture(params=["tantivy", "whoosh"])
def settings(request, settings):
    return replace(settings, engine=request.param)


@pytest.fixture
def library(settings, make_document):
    def document(name, text, kind, day, unit, **fields):
        title = text.split(".")[0]
        return make_document(
            text, f"/d/{name}.txt", title=title, kind=kind, issued_on=day, unit=unit, **fields
        )

    topics = ("phong-trao/ngay-hoi",)
    nghi_xuan = ("cah-nghi-xuan-ha-tinh", "Công an huyện Nghi Xuân")
    documents = [
        document(
            "ke-hoach-tinh",
            f"Kế hoạch {FESTIVAL} năm 2022.",
            "ke-hoach",
            date(2022, 6, 15),
            HA_TINH,
            covers=YEAR_2022,
            topics=topics,
            symbol="12/KH-CAT-PV05",
        ),
        document(
            "ke-hoach-huyen",  # of the province, though it does not name it
            f"Kế hoạch {FESTIVAL} tại huyện.",
            "ke-hoach",
            date(2022, 6, 28),
            nghi_xuan,
            covers=YEAR_2022,
            topics=topics,
        ),
        document(
            "tin-tinh",
            f"Hà Tĩnh: sôi nổi ngày hội. Kế hoạch {FESTIVAL} năm 2022 đã hoàn thành.",
            "tin-tuc",
            date(2022, 8, 19),
            HA_TINH,
            topics=topics,
        ),
        document(
            "ke-hoach-nam-sau",
            f"Kế hoạch {FESTIVAL} tại Hà Tĩnh.",
            "ke-hoach",
            date(2023, 6, 15),
            HA_TINH,
            covers=(date(2023, 1, 1), date(2023, 12, 31)),
            topics=topics,
        ),
        document(
            "ke-hoach-noi-khac",
            f"Kế hoạch {FESTIVAL} năm 2022. Học tập kinh nghiệm của Hà Tĩnh.",
            "ke-hoach",
            date(2022, 6, 20),
            BAC_NINH,
            covers=YEAR_2022,
            topics=topics,
        ),
        document(
            "bao-cao-2020",
            "Báo cáo kết quả phong trào 6 tháng đầu năm.",
            "bao-cao",
            date(2020, 7, 10),
            BAC_NINH,
            covers=HALF_2020,
        ),
        document(
            "tin-2020",
            "Bắc Ninh giao ban công tác 6 tháng đầu năm 2020. Báo cáo kết quả phong trào.",
            "tin-tuc",
            date(2020, 7, 12),
            BAC_NINH,
            covers=HALF_2020,
        ),
        document(
            "bao-cao-2019",  # issued in the first half of 2020, about 2019
            "Báo cáo tổng kết phong trào năm 2019. Nhiệm vụ 6 tháng đầu năm 2020 tại Bắc Ninh.",
            "bao-cao",
            date(2020, 1, 10),
            BAC_NINH,
            covers=(date(2019, 1, 1), date(2019, 12, 31)),
        ),
        document(
            "v28",
            "Báo cáo công tác của Cục.",
            "bao-cao",
            date(2017, 6, 26),
            ("bca-v28", "Cục Xây dựng phong trào"),
        ),
        document(
            "v05",
            "Công văn đề cương thống kê.",
            "cong-van",
            date(2023, 5, 12),
            ("bca-v05", "Cục Xây dựng phong trào"),
        ),
        document(
            "camera-binh-duong",
            "Báo cáo mô hình camera.",
            "bao-cao",
            date(2024, 6, 12),
            ("cat-binh-duong", "Công an tỉnh Bình Dương"),
        ),
        document(
            "camera-hcm",
            "Kế hoạch lắp đặt camera.",
            "ke-hoach",
            date(2025, 9, 16),
            ("cat-ho-chi-minh", "Công an Thành phố Hồ Chí Minh"),
        ),
        document(
            "thach-ha-xa",
            "Thông báo phân công trực.",
            "thong-bao",
            date(2025, 8, 5),
            ("cax-thach-ha-ha-tinh", "Công an xã Thạch Hà"),
        ),
        document(
            "thach-ha-huyen",
            "Hướng dẫn tuần tra.",
            "huong-dan",
            date(2021, 3, 12),
            ("cah-thach-ha-ha-tinh", "Công an huyện Thạch Hà"),
        ),
        document(
            "cuong-gian",
            "Kế hoạch trực Tết.",
            "ke-hoach",
            date(2026, 1, 10),
            ("cax-cuong-gian-ha-tinh", "Công an xã Cương Gián"),
        ),
        document(
            "lang-la",
            "Kế hoạch mật.",
            "ke-hoach",
            date(2026, 1, 11),
            ("cax-lang-la-ha-tinh", "Công an xã Lặng Lạ"),
            label="internal",
        ),
        document(
            "chi-dao",
            "Chỉ đạo của Thứ trưởng Lê Văn Thử về công tác tuyên truyền. Các đơn vị quán triệt.",
            "thong-bao",
            date(2022, 9, 1),
            ("bca", "Bộ Công an"),
        ),
        document(
            "chi-dao-khac",
            "Chỉ đạo về công tác tuyên truyền. Thứ trưởng giao Văn phòng. Thử nghiệm của Lê Lợi."
            " Chỉ đạo của Thứ trưởng về công tác tuyên truyền.",
            "thong-bao",
            date(2022, 9, 2),
            ("bca", "Bộ Công an"),
        ),
    ]
    with contextlib.closing(Library.open(settings, write=True)) as opened:
        with opened.database.begin() as connection:
            for each in documents:
                stored.store(connection, each)
        with Library.writing(settings) as writing:
            writing.reindex()
        yield opened


def search(library: Library, query: str, principal: Principal = PUBLIC, **options) -> Results:
    return library.search(SearchRequest(query, **options), principal)


def names(library: Library, query: str, **options) -> list[str]:
    found = search(library, query, per_page=20, **options).hits
    return [hit.source.removeprefix("/d/").removesuffix(".txt") for hit in found]


@pytest.mark.parametrize("query", ["kế hoạch ngày hội 2022 Hà Tĩnh", "ke hoach ngay hoi 2022 ha tinh"])
def test_plans_of_the_province_then_news_then_other_places(library, query):
    found = names(library, query)
    assert set(found[:2]) == {"ke-hoach-tinh", "ke-hoach-huyen"}
    assert found.index("tin-tinh") < found.index("ke-hoach-noi-khac")
    assert "ke-hoach-nam-sau" in found


def test_a_period_is_what_is_covered_and_reports_are_in_the_news_too(library):
    found = names(library, "báo cáo 6 tháng đầu năm 2020 Bắc Ninh")
    # Neither 2020 nor Bắc Ninh stands in the report; all the words of the query in that on 2019.
    assert set(found[:2]) == {"bao-cao-2020", "tin-2020"}
    assert found.index("bao-cao-2019") > 1


def test_a_year_is_covered_before_it_is_issued_in(library):
    found = names(library, "phong trào năm 2019")
    assert found[0] == "bao-cao-2019"


def test_a_bureau_is_found_under_all_its_codes(library):
    assert set(names(library, "V28")) == set(names(library, "V05")) == {"v28", "v05"}
    assert set(names(library, "đơn vị:V28")) == {"v28", "v05"}


def test_the_office_that_drafted_is_found(library):
    assert names(library, "PV05") == ["ke-hoach-tinh"]
    assert names(library, "", units=("cat-ha-tinh-pv05",)) == ["ke-hoach-tinh"]


def test_a_merged_province_is_found_with_the_new_one_not_the_other_way_round(library):
    assert set(names(library, "Công an TP.HCM camera")[:2]) == {"camera-hcm", "camera-binh-duong"}
    found = search(library, "Công an tỉnh Bình Dương")
    assert found.hits[0].unit == "cat-binh-duong"
    (told,) = found.understood
    assert told.successor == "cat-ho-chi-minh"
    assert names(library, "", units=("cat-binh-duong",)) == ["camera-binh-duong"]
    both = names(library, "", units=("cat-binh-duong", told.successor))
    assert both == ["camera-hcm", "camera-binh-duong"]


def test_counts_of_units_are_what_a_filter_on_them_finds(library):
    listed = search(library, "", facet_limit=100).facets["unit"]
    assert {"cat-ho-chi-minh", "bca-v05", "cat-ha-tinh", "tinh-bac-ninh"} <= {v.value for v in listed}
    for value in listed:
        assert search(library, "", units=(value.value,)).total == value.count, value
    assert not [v for v in listed if v.value.startswith(("dia-ban-", "nhom-"))]


def test_a_place_that_is_no_unit_can_be_a_filter(library):
    found = search(library, "", units=("dia-ban-thach-ha-ha-tinh",))
    assert {hit.unit for hit in found.hits} == {"cax-thach-ha-ha-tinh", "cah-thach-ha-ha-tinh"}
    (chosen,) = [v for v in found.facets["unit"] if v.selected]
    assert (chosen.label, chosen.count) == ("Thạch Hà, tỉnh Hà Tĩnh", 2)


def test_two_meanings_are_both_shown_and_both_found(library):
    found = search(library, "CAX Thạch Hà")
    values = ["cax-thach-ha-ha-tinh", "cah-thach-ha-ha-tinh"]
    assert [each.value for each in found.understood] == values
    assert {hit.unit for hit in found.hits[:2]} == set(values)
    one = search(library, "CAX Thạch Hà", ignore=("unit:cah-thach-ha-ha-tinh",))
    assert [each.value for each in one.understood] == values[:1]
    assert {hit.unit for hit in one.hits} == set(values[:1])


def test_communes_are_known_from_the_catalog(library):
    found = search(library, "công an xã cương gián")
    assert [u.value for u in found.understood] == ["cax-cuong-gian-ha-tinh"]
    assert found.understood[0].label == "Công an xã Cương Gián, tỉnh Hà Tĩnh"
    assert found.hits[0].unit == "cax-cuong-gian-ha-tinh"


def test_a_commune_of_restricted_documents_is_not_given_away(library):
    kinds = [(u.kind, u.value) for u in search(library, "công an xã lặng lạ").understood]
    assert ("unit", "cax-lang-la-ha-tinh") not in kinds
    seen = search(library, "công an xã lặng lạ", STAFF)
    assert [u.value for u in seen.understood] == ["cax-lang-la-ha-tinh"]


def test_a_person_is_looked_for_as_named(library):
    assert names(library, "chỉ đạo của Thứ trưởng Lê Văn Thử về tuyên truyền")[0] == "chi-dao"


def test_what_is_ignored_counts_as_words_only(library):
    query = "kế hoạch ngày hội 2022 Hà Tĩnh"
    found = search(library, query, ignore=("unit:tinh-ha-tinh",))
    assert [u.key for u in found.ignored] == ["unit:tinh-ha-tinh"]
    assert "unit:tinh-ha-tinh" not in [u.key for u in found.understood]
    plain = names(library, query, ignore=("unit:tinh-ha-tinh",))
    assert plain.index("ke-hoach-noi-khac") < plain.index("ke-hoach-huyen")  # the words decide
    everything = tuple(u.key for u in search(library, query).understood)
    none = search(library, query, ignore=everything)
    assert none.understood == () and len(none.ignored) == len(everything)


def test_recognised_words_alone_do_not_fail_where_the_library_has_nothing_of_it(library):
    found = search(library, "kế hoạch Cà Mau 1999")
    assert [u.kind for u in found.understood] == ["kind", "unit", "period"]


def test_json_tells_all_of_it(library):
    data = search(library, "ke hoach Bắc Ninh", ignore=("kind:ke-hoach",)).to_json()
    (unit,) = data["understood"]
    assert unit == {
        "kind": "unit",
        "text": "Bắc Ninh",
        "value": "tinh-bac-ninh",
        "label": "Tỉnh Bắc Ninh",
        "span": [9, 17],
        "filters": {"unit": "tinh-bac-ninh"},
        "note": "gồm cả Tỉnh Bắc Giang",
        "successor": None,
        "soft": True,
    }
    assert [each["value"] for each in data["ignored"]] == ["ke-hoach"]
