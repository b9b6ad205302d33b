"""What the plain words of queries name: a table of query -> chips, after the query log."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from kb.engines.port import All, AnyOf, Bool, Boost, Constant, DisMax, Query, Range
from kb.query.parser import parse
from kb.query.understanding import Recognised, understand
from kb.query.understanding.clauses import TOGETHER
from kb.vietnamese.normalise import fold

TODAY = date(2026, 3, 15)
COMMUNES = {
    "cax-cuong-gian-ha-tinh": "Công an xã Cương Gián",
    "bcd138-xa-cuong-gian-chua-ro": "Ban Chỉ đạo 138 xã Cương Gián",
    "cap-que-vo-bac-ninh": "Công an phường Quế Võ",
}


def known(starts):
    return {u: name for u, name in COMMUNES.items() if any(u.startswith(s) for s in starts)}


def read(query: str, **options) -> tuple[Recognised, ...]:
    return understand(parse(query), known=known, today=TODAY, **options)[0]


def chips(query: str) -> list[str]:
    return [f"{r.told.kind}:{r.told.value}" for r in read(query)]


YEAR_2022 = "period:2022-01-01..2022-12-31"
FESTIVAL = ["kind:ke-hoach", "topic:phong-trao/ngay-hoi", YEAR_2022, "unit:tinh-ha-tinh"]

# The number is that of the query log.
LOG = [
    (1, "09/CT-TTg", ["symbol:09/CT-TTg"]),
    (2, "09-CT/TW", ["symbol:09-CT/TW"]),
    (3, "chi thi 09 ct tw", ["symbol:09-CT/TW"]),
    (4, "124/2021/TT-BCA", ["symbol:124/2021/TT-BCA"]),
    (5, "tt 124 bca an toan antt", ["symbol:124/TT-BCA", "topic:phong-trao/phan-loai"]),
    (6, "12/HD-BCA-V05", ["symbol:12/HD-BCA-V05"]),
    (
        7,
        "hướng dẫn 12 của V05 năm 2024",
        ["symbol:Hướng dẫn 12", "unit:bca-v05", "period:2024-01-01..2024-12-31"],
    ),
    (8, "333/KH-BCĐ", ["symbol:333/KH-BCĐ"]),
    (9, "số 188 kh ubnd bắc ninh", ["symbol:188/KH-UBND", "unit:tinh-bac-ninh"]),
    (10, "916/2007/QĐ-BCA(X11)", ["symbol:916/2007/QĐ-BCA"]),
    (11, "nghị định 06/2014", ["symbol:Nghị định 06/2014"]),
    (12, "công văn 5202 quảng nam", ["symbol:Công văn 5202", "unit:tinh-quang-nam"]),
    (13, "kế hoạch ngày hội 2022 Hà Tĩnh", FESTIVAL),
    (14, "ke hoach ngay hoi 2022 ha tinh", FESTIVAL),
    (
        15,
        "báo cáo 6 tháng đầu năm 2020 Bắc Ninh",
        ["kind:bao-cao", "period:2020-01-01..2020-06-30", "unit:tinh-bac-ninh"],
    ),
    (
        16,
        "tổng kết năm 2019 phong trào ANTQ",
        ["topic:dieu-hanh/giao-ban-so-ket", "period:2019-01-01..2019-12-31"],
    ),
    (17, "văn bản V05 năm 2024", ["unit:bca-v05", "period:2024-01-01..2024-12-31"]),
    (
        18,
        "chỉ đạo của Thứ trưởng Lê Quốc Hùng về công an phường",
        ["person:Lê Quốc Hùng", "topic:cong-an-co-so"],
    ),
    (
        19,
        "từ 01/3/2025 đến nay Công an tỉnh Quảng Ngãi",
        ["date:2025-03-01..", "unit:cat-quang-ngai"],
    ),
    (20, "quý I/2025 PV01", ["period:2025-01-01..2025-03-31", "unit:pv01"]),
    (
        21,
        "giai đoạn 2020-2025 quy chế phối hợp môi trường",
        [
            "period:2020-01-01..2025-12-31",
            "kind:quy-che",
            "topic:phoi-hop/so-nganh",
            "topic:moi-truong",
        ],
    ),
    (
        22,
        "khen thưởng Quế Võ 2019",
        [
            "topic:thi-dua/khen-thuong",
            "unit:dia-ban-que-vo-bac-ninh",
            "period:2019-01-01..2019-12-31",
        ],
    ),
    (23, "Công an huyện Nghi Xuân", ["unit:cah-nghi-xuan-ha-tinh"]),
    (24, "Công an tỉnh Bình Dương", ["unit:cat-binh-duong"]),
    (25, "Công an TP.HCM", ["unit:cat-ho-chi-minh"]),
    (26, "V28", ["unit:bca-v28"]),
    (27, "PV05", ["unit:pv05"]),
    (28, "phòng phong trào", ["unit:pv05"]),
    (29, "ban chỉ đạo 138", ["unit:nhom-bcd138"]),
    (30, "CAX Thạch Hà", ["unit:cax-thach-ha-ha-tinh", "unit:cah-thach-ha-ha-tinh"]),
    (31, "mô hình camera an ninh", ["topic:mo-hinh/camera-zalo"]),
    (32, "mo hinh tieng keng an ninh", ["topic:mo-hinh/tieng-keng"]),
    (33, "dân vận khéo", ["topic:mo-hinh/dan-van-kheo-mh"]),
    (34, "tái thành lập đội xây dựng phong trào cấp huyện", ["topic:to-chuc/bo-may"]),
    (35, "công an phường kiểu mẫu tiêu chí", ["topic:cong-an-co-so/phuong-kieu-mau"]),
    (
        36,
        "không tổ chức công an cấp huyện dân vận",
        ["topic:cong-an-co-so/nhiem-vu-cap-xa", "topic:dan-van"],
    ),
    (37, "công tác dân vận", ["topic:dan-van"]),
    (38, '"xây dựng phong trào toàn dân bảo vệ ANTQ" -ngày hội', []),
    (39, "hoả tốc công điện bão lũ", ["kind:cong-dien", "topic:pccc/su-co"]),
    (40, "lực lượng bảo vệ ANTT ở cơ sở phụ cấp", ["topic:luc-luong-co-so/che-do"]),
    (41, "thủ tục công nhận tiêu chuẩn an toàn về ANTT", ["topic:phong-trao/phan-loai"]),
    (49, "ai ký kế hoạch ngày hội cấp xã", ["kind:ke-hoach", "topic:phong-trao/ngay-hoi"]),
    (50, "mẫu báo cáo phong trào toàn dân 6 tháng", ["topic:dieu-hanh/bao-cao"]),
    (
        51,
        "chế độ báo cáo của công an xã về phong trào",
        ["topic:dieu-hanh/bao-cao", "topic:cong-an-co-so"],
    ),
    (52, "thể thức văn bản nghị định 30", ["symbol:Nghị định 30"]),
    (55, "XDPT viết tắt của gì", []),
    (56, "ý nghĩa ngày 16/6", []),
    (57, "ngày 19/8 là ngày gì", []),
    (58, "ke hoạch ngay hội tòan dân", ["kind:ke-hoach", "topic:phong-trao/ngay-hoi"]),
    (59, "xay dung fong trao toan dzan", []),
    (
        60,
        unicodedata.normalize("NFD", "Kế hoạch ngày hội"),
        ["kind:ke-hoach", "topic:phong-trao/ngay-hoi"],
    ),
    (62, "asdfgh", []),
]


@pytest.mark.parametrize(("number", "query", "expected"), LOG, ids=[str(row[0]) for row in LOG])
def test_the_query_log(number, query, expected):
    assert chips(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # kinds
        ("kh ngày hội", ["kind:ke-hoach", "topic:phong-trao/ngay-hoi"]),
        ("KH ngày hội", ["kind:ke-hoach", "topic:phong-trao/ngay-hoi"]),
        ("KH", []),  # alone it says nothing
        ("QĐ tặng bằng khen", ["kind:quyet-dinh"]),
        ("CT tăng cường quản lý", ["kind:chi-thi"]),
        ("ct tang cuong quan ly", []),  # chi tiết, công ty, chương trình ...
        ("xem các kế hoạch tuần tra", ["kind:ke-hoach"]),
        ("quy định về xử phạt", []),  # asks what is regulated
        ("đã quyết định thông báo cho dân", []),  # verbs
        ("báo cáo viên pháp luật", []),
        ("các cơ quan phải báo cáo", []),
        ("tin báo tội phạm", []),
        (
            "nghị quyết liên tịch phòng chống ma túy",
            ["kind:nghi-quyet-lien-tich", "topic:phoi-hop/mttq-doan-the", "topic:te-nan/ma-tuy"],
        ),
        # units and places
        ("Công an các đơn vị, địa phương", []),
        ("công an tỉnh", []),  # of which province?
        ("kế hoạch của UBND xã", ["kind:ke-hoach", "unit:nhom-ubnd-xa"]),
        ("kế hoạch CAX", ["kind:ke-hoach", "unit:nhom-cax"]),
        ("ca ha tinh", ["unit:cat-ha-tinh"]),
        ("PV05 Hà Tĩnh", ["unit:cat-ha-tinh-pv05"]),
        ("pv05, công an tỉnh hà tĩnh", ["unit:cat-ha-tinh-pv05"]),
        ("tỉnh ủy hà tĩnh", ["unit:tu-ha-tinh"]),
        ("công an xã cương gián", ["unit:cax-cuong-gian-ha-tinh"]),
        ("công an xã bán chuyên trách", ["topic:cong-an-co-so/ban-chuyen-trach"]),
        ("Công an xã Việt Tiến, huyện Việt Yên", ["unit:cax-viet-tien-bac-giang"]),
        ("Công an Quế Võ", ["unit:catx-que-vo-bac-ninh", "unit:cap-que-vo-bac-ninh"]),
        ("quận 8", ["unit:dia-ban-8-ho-chi-minh"]),
        ("8 tháng 10 ngày", []),
        ("Chợ Mới", ["unit:dia-ban-cho-moi-an-giang", "unit:dia-ban-cho-moi-bac-kan"]),
        ("huyện Châu Thành", ["unit:dia-ban-chau-thanh-chua-ro"]),  # in ten provinces
        ("an ninh Sài Gòn", ["unit:tinh-ho-chi-minh"]),
        # places that read as words
        ("gìn giữ hòa bình", []),
        ("Công an Hòa Bình", ["unit:cat-hoa-binh"]),
        ("camera Hòa Bình", ["topic:mo-hinh/camera-zalo", "unit:tinh-hoa-binh"]),
        ("máy đa năng", []),
        ("dien bien tinh hinh", []),
        ("cong an tinh dien bien", ["unit:cat-dien-bien"]),
        ("người Việt Nam định cư", []),
        # periods
        ("báo cáo năm ngoái", ["kind:bao-cao", "period:2025-01-01..2025-12-31"]),
        ("tháng 8/2024", ["date:2024-08-01..2024-08-31"]),
        ("tháng 8", []),
        ("báo cáo quý I năm 2025", ["kind:bao-cao", "period:2025-01-01..2025-03-31"]),
        ("báo cáo quý I PV01 2025", ["kind:bao-cao", "period:2025-01-01..2025-03-31", "unit:pv01"]),
        (
            "bao cao 6 thang dau nam 2020 Bắc Ninh",
            ["kind:bao-cao", "period:2020-01-01..2020-06-30", "unit:tinh-bac-ninh"],
        ),
        ("trước sáp nhập Bắc Giang", ["date:..2025-06-30", "unit:tinh-bac-giang"]),
        ("sau khi sáp nhập tỉnh", ["date:2025-07-01.."]),
        ("Điều 5 Luật Đất đai 2013", []),  # the year names the law
        ("nghị quyết năm 9999", ["kind:nghi-quyet"]),
        # persons
        (
            "thu truong le quoc hung ve cong an phuong",
            ["person:le quoc hung", "topic:cong-an-co-so"],
        ),
        ("Đại tá Nguyễn Văn A, Giám đốc Công an tỉnh", ["person:Nguyễn Văn A"]),
        ("Thứ trưởng làm việc với V05", ["unit:bca-v05"]),
        # not in quotes, behind a minus, or as the value of a field
        ('"kế hoạch" -"Hà Tĩnh" ngày:2022 loại:"báo cáo"', []),
        ("camera -kế hoạch", ["topic:mo-hinh/camera-zalo"]),
        ("(kế hoạch OR Nghệ An) 2022", ["kind:ke-hoach", "unit:tinh-nghe-an", YEAR_2022]),
    ],
)
def test_recognised(query, expected):
    assert chips(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "kế hoạch ngày hội 2022 Hà Tĩnh",
        "báo cáo 6 tháng đầu năm 2020 Bắc Ninh",
        "khen thưởng Quế Võ 2019",
        "Công an huyện Nghi Xuân",
        "phòng phong trào giai đoạn 2020-2025",
        "lực lượng bảo vệ an ninh trật tự ở cơ sở",
    ],
)
def test_accents_make_no_difference(query):
    assert chips(fold(query)) == chips(query) != []


def test_what_is_told():
    (kind, _topic, period, unit) = read("  kế hoạch ngày hội 2022 hà tĩnh")
    assert (kind.told.text, kind.told.label, kind.span.start) == ("kế hoạch", "Kế hoạch", 2)
    assert kind.told.filters == (("kind", "ke-hoach"),)
    assert period.told.filters == (("from", "2022-01-01"), ("to", "2022-12-31"))
    assert (unit.told.text, unit.told.label) == ("hà tĩnh", "Tỉnh Hà Tĩnh")
    assert all(each.told.soft for each in (kind, period, unit))


def test_what_became_of_a_unit_is_told():
    (old,) = read("Công an tỉnh Bình Dương")
    assert old.told.successor == "cat-ho-chi-minh"
    assert "30/06/2025" in old.told.note
    (new,) = read("Công an TP.HCM")
    assert new.told.successor is None
    assert "Bình Dương" in new.told.note
    (bureau,) = read("V28")
    assert bureau.told.successor is None  # it is searched for under all its codes anyway
    assert "X17" in bureau.told.note
    (district,) = read("Công an huyện Nghi Xuân")
    assert "28/02/2025" in district.told.note


def test_ignored_readings_are_told_apart():
    used, ignored = understand(
        parse("CAX Thạch Hà 2022"), today=TODAY, ignore=("unit:cah-thach-ha-ha-tinh", "kind:xyz")
    )
    assert [r.told.value for r in used] == ["cax-thach-ha-ha-tinh", "2022-01-01..2022-12-31"]
    assert [r.told.key for r in ignored] == ["unit:cah-thach-ha-ha-tinh"]


@pytest.mark.parametrize(
    "query",
    ["", "  ", "kế hoạch " * 300, "Công an " * 64, "(" * 40 + "Hà Tĩnh", "\x00\ud800 Hà\u0301 Tĩnh",
     "12/" * 600, "từ " * 64, "Thứ trưởng " * 20, "công an xã " * 20, "ﬁ ẞ İstanbul ǅ 2022",
     "năm 2022 " * 60],
)  # fmt: skip
def test_odd_queries_are_read_all_the_same(query):
    parsed = parse(query)
    for each in read(query):
        assert parsed.text[each.span.start : each.span.end] == each.told.text


# ---------------------------------------------------------------- what it means for a document

Document = dict[str, set[str] | int]


def matches(query: Query | None, document: Document) -> bool:
    """The conditions of the port, for one document."""
    match query:
        case AnyOf():
            values = document.get(query.field, set())
            assert isinstance(values, set)
            return bool(values & set(query.tokens))
        case Range():
            value = document.get(query.field)
            low, high = query.low or 0, query.high or 99999999
            return isinstance(value, int) and low <= value <= high
        case Bool():
            return (
                all(matches(child, document) for child in (*query.must, *query.filter))
                and not any(matches(child, document) for child in query.must_not)
                and (
                    not query.should
                    or sum(matches(child, document) for child in query.should) >= query.minimum
                )
            )
        case Constant() | Boost():
            return matches(query.child, document)
        case DisMax():
            return any(matches(child, document) for child in query.children)
        case All():
            return True
    raise AssertionError(query)


def worth(query: Query | None, document: Document) -> float:
    match query:
        case DisMax():
            return max(worth(child, document) for child in query.children)
        case Bool():
            return sum(worth(child, document) for child in (*query.must, *query.should))
        case Constant():
            return query.score if matches(query.child, document) else 0.0
    raise AssertionError(query)


def dated(issued: int, first: int | None = None, last: int | None = None) -> Document:
    covers = {"covers_from": first, "covers_to": last} if first and last else {}
    return {"date": issued, **covers}


def test_a_half_year_is_what_is_reported_on_not_when():
    (period,) = [r for r in read("báo cáo 6 tháng đầu năm 2020") if r.told.kind == "period"]
    told = dated(20200710, 20200101, 20200630)
    of_the_year = dated(20210105, 20200101, 20201231)
    untold = dated(20200616)
    about_2019 = dated(20200110, 20190101, 20191231)
    values = [worth(period.ranks, d) for d in (told, of_the_year, untold, about_2019)]
    assert values == sorted(values, reverse=True)
    assert values[0] > values[1] > values[2] > values[3] == 0.0
    assert matches(period.stands_for, untold)
    assert not matches(period.stands_for, about_2019)


def test_a_year_is_covered_or_issued_in():
    (year,) = read("2022")
    covering = dated(20230110, 20220101, 20221231)
    half = dated(20220705, 20220101, 20220630)
    phase = dated(20210101, 20210101, 20251231)
    issued = dated(20220601)
    other = dated(20210601, 20210101, 20211231)
    values = [worth(year.ranks, d) for d in (covering, half, phase, issued, other)]
    assert values[0] > values[1] > values[2] > values[3] > values[4] == 0.0
    assert matches(year.stands_for, issued)


def test_open_ranges_are_days_of_issue():
    (days,) = read("từ 01/3/2025 đến nay")
    assert worth(days.ranks, dated(20250301)) > worth(days.ranks, dated(20250228)) == 0.0


def test_reports_are_in_the_news_too():
    (report,) = read("báo cáo")
    values = [worth(report.ranks, {"kind": {kind}}) for kind in ("bao-cao", "tin-tuc", "ke-hoach")]
    assert values[0] > values[1] > values[2]


def test_the_movement_office_lives_on_in_the_staff_office_for_its_topic_only():
    (office,) = read("PV05")
    now: Document = {"unit": {"cat-ha-tinh-pv01", "pv01"}, "date": 20250401, "topic": {"phong-trao"}}
    assert worth(office.ranks, {"unit": {"pv28"}}) > worth(office.ranks, now) > 0
    assert matches(office.stands_for, now)
    assert not matches(office.stands_for, now | {"topic": {"toi-pham"}})
    assert not matches(office.stands_for, now | {"date": 20240401})


def test_new_documents_come_first_among_equals_only():
    (topic,) = read("dân vận khéo")
    new, old = {"topic": {topic.told.value}, "date": 20251231}, {"topic": {topic.told.value}}
    assert 0 < worth(topic.ranks, new) - worth(topic.ranks, old) < 0.5
    dated_query = [r for r in read("dân vận khéo 2016") if r.told.kind == "topic"]
    assert worth(dated_query[0].ranks, new) == worth(dated_query[0].ranks, old)


def together(found: tuple[Recognised, ...]) -> list[Bool]:
    """The conditions that documents with all that is named fulfil."""
    return [
        part.child
        for each in found
        if isinstance(each.ranks, Bool)
        for part in each.ranks.should
        if isinstance(part, Constant) and part.score == TOGETHER
    ]


def test_what_is_all_named_counts_together():
    (all_of_it,) = together(read("kế hoạch ngày hội 2022 Hà Tĩnh"))
    assert len(all_of_it.filter) == 3  # the topic is no condition
    assert together(read("kế hoạch ngày hội")) == []
    assert together(read("ai ký kế hoạch 2022 Hà Tĩnh")) == []  # its answer may come from elsewhere


def test_what_is_ignored_is_no_condition():
    (place,) = [each for each in read("kế hoạch 2022 Hà Tĩnh") if each.told.kind == "unit"]
    (all_of_it,) = together(read("kế hoạch 2022 Hà Tĩnh", ignore=[place.told.key]))
    assert len(all_of_it.filter) == 2


def test_meanings_of_one_name_are_one_condition():
    assert sum(each.told.kind == "unit" for each in read("kế hoạch Công an Quế Võ")) > 1
    (all_of_it,) = together(read("kế hoạch Công an Quế Võ"))
    assert len(all_of_it.filter) == 2


def test_open_ranges_are_about_the_day_of_issue():
    (since,) = [each for each in read("từ 01/3/2025 đến nay tuần tra") if each.told.kind == "date"]
    assert since.stands_for == Range("date", 20250301, None)
