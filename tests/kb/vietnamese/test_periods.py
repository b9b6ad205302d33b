"""Dates and periods: found in text, typed in queries, and what they mean for their document."""

from __future__ import annotations

import gzip
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Span
from kb.vietnamese.normalise import fold
from kb.vietnamese.periods import Mention, find_all, find_typed, parse_day, query_range, role_of

CASES = json.loads((Path(__file__).parent / "cases" / "period_cases.json").read_text(encoding="utf-8"))


def iso(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def read(text: str, **given: Any) -> list[tuple[str | None, str | None, str]]:
    return [(str(m.start or ""), str(m.end or ""), m.kind) for m in find_all(text, **given)]


def the(text: str, **given: Any) -> Mention:
    (mention,) = find_all(text, **given)
    return mention


# ---------------------------------------------------------------- the table of the domain notes


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text']} {case['given'] or ''}")
def test_table(case):
    given = dict(case["given"])
    if "published" in given:
        given["published"] = iso(given["published"])
    mention = the(case["text"], **given)
    assert (mention.start, mention.end) == (iso(case["start"]), iso(case["end"]))
    assert (mention.kind, mention.partial) == (case["kind"], case["partial"])
    assert case["text"][mention.span.start : mention.span.end] == mention.raw


@pytest.mark.parametrize(
    "text",
    [
        "khám phá 51/61 vụ",
        "13/13 huyện, thị xã",
        "trực 24/7 tại trụ sở",
        "tăng 4.8%",
        "đạt 82,2%",
        "0239.3855.123",
        "Quốc lộ QL1A, QL15A",
        "2.1. Công tác tham mưu",
        "bản đồ 1/500",
        "thắng 3-1",
        "mức 3.500.000 đồng/tháng",
        "đạt 9/10 chỉ tiêu",
        "từ 2/3 tổng số đại biểu",
        "từ 2/3 khu dân cư trở lên",
        "từ 3-4 tiếng",
        "điểm 4.8",
        "(2.1)",
        "mục 3-1",
        "trong 6 tháng",
        "6 tháng 5 ngày",
        "hằng tháng 5 vụ",
        "mỗi tháng hai lần",
        "hằng quý một lần",
        "một năm qua",
        "rằm tháng Giêng",
        "nhiều năm qua",
        "quý vị đại biểu",
        "TCVN 6909:2001",
        "Kế hoạch số 12/2020/KH-UBND",
        "Nghị định 06/2014 và Quyết định số 426/QĐ",
        "ngày 31/2/2020",
        "ngày 31/2",
        "ngày 31 tháng 02 năm 2020",
        "ngày 12/3/25",
        "19/13/2020",
        "số điện thoại 12/3/2025/7",
        "Hà Nội, ngày    tháng    năm",
    ],
)
def test_look_alikes_stay_silent(text):
    assert find_all(text, published=date(2024, 5, 20)) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("T3/2025", "2025-03-01", "2025-03-31"),
        ("th. 3/2025", "2025-03-01", "2025-03-31"),
        ("tháng ba năm 2020", "2020-03-01", "2020-03-31"),
        ("Q.I/2024", "2024-01-01", "2024-03-31"),
        ("quí I/2024", "2024-01-01", "2024-03-31"),
        ("hai ngày 6, 7/11/2024", "2024-11-06", "2024-11-07"),
        ("ngày 6 - 7/11/2024", "2024-11-06", "2024-11-07"),
        ("từ ngày 15 đến ngày 17 tháng 5 năm 2023", "2023-05-15", "2023-05-17"),
        ("đêm 30 rạng sáng 31/12/2023", "2023-12-30", "2023-12-31"),
        ("ngày 19 tháng Tám năm 1945", "1945-08-19", "1945-08-19"),
        ("12h30’ ngày 4/8/2020", "2020-08-04", "2020-08-04"),
        ("9 giờ 00 phút ngày 12/3/2024", "2024-03-12", "2024-03-12"),
        ("07:08, 05/08/2022", "2022-08-05", "2022-08-05"),
        ("29/07/2022 9:30:07 SA", "2022-07-29", "2022-07-29"),
        ("Thứ Hai, 23/05/2022, 14:58 [GMT+7]", "2022-05-23", "2022-05-23"),
        (" date 2025-08-09", "2025-08-09", "2025-08-09"),
        ("tháng 7, 8/2022", "2022-07-01", "2022-08-31"),
        ("tháng 7-8/2022", "2022-07-01", "2022-08-31"),
        ("quý I và quý II năm 2024", "2024-01-01", "2024-06-30"),
        ("12/2015-3/2017", "2015-12-01", "2017-03-31"),
        ("trước tháng 6/2025", "", "2025-05-31"),
        ("trước quý I/2025", "", "2024-12-31"),
        ("đến hết ngày 31/12/2025", "", "2025-12-31"),
        ("sau năm 1975", "1976-01-01", ""),
        ("từ 01/3/2025 đến nay", "2025-03-01", ""),
        ("Từ đầu năm 2025 đến nay", "2025-01-01", ""),
        ("tầm nhìn 2045", "", "2045-12-31"),
        ("Quốc khánh 02/9 năm 2022", "2022-09-02", "2022-09-02"),
        ("ngày 29/02/2024", "2024-02-29", "2024-02-29"),
        ("(19/5/1890 – 19/5/2020)", "1890-05-19", "2020-05-19"),
        ("Từ 15/12 năm trước đến 14/6/2025", "2024-12-15", "2025-06-14"),
        ("nửa cuối năm 2025", "2025-07-01", "2025-12-31"),
        ("giữa tháng 5/2024", "2024-05-11", "2024-05-20"),
        ("cuối năm 2024", "2024-10-01", "2024-12-31"),
    ],
)
def test_further_spellings(text, start, end):
    mention = the(text)
    assert (str(mention.start or ""), str(mention.end or "")) == (start, end)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_without_accents(case):
    given = dict(case["given"])
    if "published" in given:
        given["published"] = iso(given["published"])
    if "tháng Tám" in case["text"]:
        given["context_year"] = 1945
    found = find_all(fold(case["text"]), **given)
    assert [(m.start, m.end, m.kind) for m in found] == [
        (iso(case["start"]), iso(case["end"]), case["kind"])
    ]


def test_several_in_a_row():
    assert read("các năm 2019, 2020 và 2021") == [
        ("2019-01-01", "2019-12-31", "year"),
        ("2020-01-01", "2020-12-31", "year"),
        ("2021-01-01", "2021-12-31", "year"),
    ]
    assert read("ngày 16/6, 19/8/2022") == [
        ("2022-06-16", "2022-06-16", "day"),
        ("2022-08-19", "2022-08-19", "day"),
    ]
    assert read("tháng 4, tháng 10/2022") == [
        ("2022-04-01", "2022-04-30", "month"),
        ("2022-10-01", "2022-10-31", "month"),
    ]
    assert read("giai đoạn 2021-2025, tầm nhìn đến năm 2030") == [
        ("2021-01-01", "2025-12-31", "phase"),
        ("", "2030-12-31", "target"),
    ]


# ---------------------------------------------------------------- years


def test_no_year_is_invented():
    for text, partial in (
        ("Sáng 4.8, Công an tỉnh", "--08-04"),
        ("ngày 19 tháng Tám", "--08-19"),
        ("trong tháng 3", "--03"),
        ("phương hướng quý II", "Q2"),
        ("6 tháng đầu năm", "--01/--06"),
        ("từ ngày 2/7 đến ngày 10/8", "--07-02/--08-10"),
    ):
        mention = the(text)
        assert (mention.start, mention.end, mention.partial) == (None, None, partial)
        assert mention.year_from == "unknown"


def test_the_year_of_the_sentence():
    mention = find_all("Ngày hội được tổ chức trong năm 2022. Lễ ra mắt năm 2021, ngày 10/8 họp.")[-1]
    assert (mention.raw, mention.start, mention.year_from) == (
        "ngày 10/8",
        date(2021, 8, 10),
        "context",
    )


def test_around_new_year_the_reported_year_is_not_the_day_s():
    assert the("Ngày 15/01, họp", context_year=2019).start is None
    assert the("Ngày 15/01, họp", context_year=2019, published=date(2020, 1, 16)).start == date(
        2020, 1, 15
    )
    assert the("Ngày 28/12, họp", context_year=2020, published=date(2019, 12, 29)).start == date(
        2019, 12, 28
    )


def test_a_plan_looks_ahead():
    issued = date(2022, 5, 20)
    assert the("ngày 10/8", published=issued).start == date(2021, 8, 10)
    assert the("ngày 10/8", published=issued, future=True).start == date(2022, 8, 10)
    assert the("dự kiến ngày 10/8", published=issued).start == date(2022, 8, 10)
    assert the("trước ngày 10/8", published=issued).end == date(2022, 8, 10)
    assert the("ngày 10/8", published=issued, context_year=2022).start == date(2022, 8, 10)


def test_the_day_of_the_week_must_fit():
    text = "thứ Sáu, ngày 19/6"
    assert the(text, published=date(2020, 6, 20)).start == date(2020, 6, 19)
    assert the(text, published=date(2021, 7, 1)).start == date(2020, 6, 19)
    assert the(text, context_year=2021).start is None


def test_periods_told_early_in_a_year():
    assert the("6 tháng cuối năm", published=date(2023, 1, 10)).start == date(2022, 7, 1)
    assert the("6 tháng cuối năm", published=date(2023, 7, 10)).start == date(2023, 7, 1)
    assert the("quý I", published=date(2025, 10, 10), future=True).start == date(2026, 1, 1)
    assert the("tháng 11 năm ngoái", published=date(2023, 7, 10)).start == date(2022, 11, 1)
    assert the("tháng 5 năm nay", published=date(2023, 7, 10)).start == date(2023, 5, 1)


def test_a_report_on_one_year_lends_it_to_the_periods_without():
    text = "6 tháng đầu năm 2017 đã sơ kết.\n\nNhiệm vụ 6 tháng cuối năm được giao."
    assert find_all(text)[-1].end == date(2017, 12, 31)


def test_relative_times_need_the_day_of_publication():
    texts = ("hôm nay", "tuần này", "tháng trước", "năm ngoái", "từ đầu năm đến nay")
    assert all(find_all(text) == [] for text in texts)
    published = date(2024, 1, 20)
    assert [read(text, published=published)[0][:2] for text in texts] == [
        ("2024-01-20", "2024-01-20"),
        ("2024-01-15", "2024-01-21"),
        ("2023-12-01", "2023-12-31"),
        ("2023-01-01", "2023-12-31"),
        ("2024-01-01", "2024-01-20"),
    ]


# ---------------------------------------------------------------- the date line


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Hà Tĩnh, ngày 04 tháng 8 năm 2019", "2019-08-04"),
        ("Số: 12/KH-PV01   Hà Tĩnh, ngày 21 tháng 5 năm 2024", "2024-05-21"),
        ("Ha Tinh, ngay 4 thang 8 nam 2019", "2019-08-04"),
        ("ngày 10 tháng Mười năm 2020", "2020-10-10"),
        ("19/06/2010", "2010-06-19"),
        ("Ngày ban hành: 10-4-2009", "2009-04-10"),
        ("1.7.2025", "2025-07-01"),
        ("2025-08-09", "2025-08-09"),
        ("29/02/2024", "2024-02-29"),
        ("TP. Hồ Chí Minh, ngày     tháng 6 năm 2024", ""),
        ("Hà Nội, ngày   tháng   năm 2020", ""),
        ("31/2/2020", ""),
        ("12/2020", ""),
        ("0239.12.2020.123", ""),
        ("", ""),
    ],
)
def test_parse_day(line, day):
    assert parse_day(line) == iso(day)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day):
    forms = (
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"ngày {day:%d} tháng {day.month} năm {day.year}",
        day.isoformat(),
    )
    for form in forms:
        assert parse_day(form) == day
        assert the(f"vào {form}").start == day
        assert query_range(form) == (day, day)


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(0, 300))
def test_a_day_without_year_gets_the_last_one_up_to_publication(day, later):
    if (day.month, day.day) != (2, 29):
        mention = the(f"Ngày {day.day}/{day.month}, họp", published=day + timedelta(days=later))
        assert mention.start == day
        assert mention.year_from == "published"


@given(st.text(max_size=80), st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))))
def test_any_text_is_safe(text, published):
    for mention in find_all(text, published=published):
        assert text[mention.span.start : mention.span.end] == mention.raw
        assert mention.start is None or mention.end is None or mention.start <= mention.end
        assert role_of(mention, text)
    query_range(text)
    parse_day(text)


# ---------------------------------------------------------------- queries


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("năm 2022", "2022-01-01", "2022-12-31"),
        ("nam 2022", "2022-01-01", "2022-12-31"),
        ("3/2025", "2025-03-01", "2025-03-31"),
        ("7.2022", "2022-07-01", "2022-07-31"),
        ("2022-06", "2022-06-01", "2022-06-30"),
        ("04/8/2019", "2019-08-04", "2019-08-04"),
        ("2022-06-15", "2022-06-15", "2022-06-15"),
        ("quý I/2024", "2024-01-01", "2024-03-31"),
        ("q1/2024", "2024-01-01", "2024-03-31"),
        ("6 tháng đầu năm 2020", "2020-01-01", "2020-06-30"),
        ("6 thang dau nam 2020", "2020-01-01", "2020-06-30"),
        ("giai đoạn 2020-2025", "2020-01-01", "2025-12-31"),
        ("2020-2023", "2020-01-01", "2023-12-31"),
        ("từ 2020 đến 2023", "2020-01-01", "2023-12-31"),
        ("tu 2020 den 2023", "2020-01-01", "2023-12-31"),
        ("từ 3/2024 đến 5/2025", "2024-03-01", "2025-05-31"),
        ("2020..2022", "2020-01-01", "2022-12-31"),
        ("3/2024..15/5/2025", "2024-03-01", "2025-05-15"),
        ("2023..2020", "2020-01-01", "2023-12-31"),
        ("..2022", "", "2022-12-31"),
        ("2020..", "2020-01-01", ""),
        ("từ 2020", "2020-01-01", ""),
        ("trước 2020", "", "2019-12-31"),
        ("sau 2020", "2021-01-01", ""),
        ("trước ngày 1/7/2025", "", "2025-07-01"),
        ("từ 01/3/2025 đến nay", "2025-03-01", ""),
    ],
)
def test_query_range(typed, start, end):
    assert query_range(typed) == (iso(start), iso(end))


@pytest.mark.parametrize(
    "typed",
    ["", "..", "abc", "2022 abc", "quý I", "tháng 8", "19/8", "31/2/2020", "2205", "32/2020", "13/2020",
     "31/2/2020..2021", "2020..abc", "tháng trước", "12/KH-CAT", "9" * 300],
)  # fmt: skip
def test_no_range(typed):
    assert query_range(typed) is None


def test_ranges_told_from_today():
    assert query_range("tháng trước", today=date(2025, 5, 20)) == (date(2025, 4, 1), date(2025, 4, 30))
    assert query_range("quý I", today=date(2025, 5, 20)) is None


def test_periods_inside_a_query():
    found = find_typed("ke hoach ngay hoi 2022 ha tinh")
    assert [(m.raw, m.start, m.end) for m in found] == [("2022", date(2022, 1, 1), date(2022, 12, 31))]
    assert find_typed("công an huyện 113 V05 PV01") == []


# ---------------------------------------------------------------- roles

NEWS = (
    "Hội nghị giao ban công tác 6 tháng đầu năm 2020\n\nĐăng vào 19/06/2020\n"
    "Ngày 19/6, Công an tỉnh tổ chức Hội nghị. Tăng 5% so với cùng kỳ năm 2019.\n\n"
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2020 của UBND tỉnh, Luật Công an nhân dân năm 2018.\n\n"
    "Kế hoạch phối hợp giai đoạn 2020-2025, phấn đấu đến năm 2030 hoàn thành. Báo cáo trước ngày "
    "15/11/2020. Hoàn thành trong quý III/2020. Quy chế có hiệu lực kể từ ngày 01/7/2020. "
    "Kỷ niệm 75 năm (19/8/1945 - 19/8/2020). Ngày hội tổ chức ngày 19/8 hằng năm. Tổng kết năm 2019."
)


def test_roles_in_news():
    roles = [(m.raw, role_of(m, NEWS)) for m in find_all(NEWS, published=date(2020, 6, 19))]
    assert roles == [
        ("6 tháng đầu năm 2020", "covers"),
        ("19/06/2020", "published"),
        ("Ngày 19/6", "event"),
        ("năm 2019", "comparison"),
        ("ngày 05/3/2020", "cited"),
        ("năm 2018", "cited"),
        ("giai đoạn 2020-2025", "mentioned"),
        ("đến năm 2030", "target"),
        ("trước ngày 15/11/2020", "deadline"),
        ("quý III/2020", "deadline"),
        ("kể từ ngày 01/7/2020", "effective"),
        ("19/8/1945 - 19/8/2020", "anniversary"),
        ("ngày 19/8", "recurring"),
        ("năm 2019", "mentioned"),
    ]


def test_roles_in_a_document():
    text = (
        "CÔNG AN TỈNH HÀ TĨNH   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 12/KH-PV01   Hà Tĩnh, ngày 04 tháng 8 năm 2019\n"
        "KẾ HOẠCH\nTổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2019\n"
        "Ký bởi: Công an tỉnh\nNgày ký: 05/08/2019 09:00:00 +07:00\n"
    )
    subject = Span(text.index("Tổ chức"), text.index("Ký bởi"))
    roles = [(m.raw, role_of(m, text, subject)) for m in find_all(text)]
    assert roles == [
        ("ngày 04 tháng 8 năm 2019", "issued"),
        ("năm 2019", "covers"),
        ("05/08/2019", "signed"),
    ]


# ---------------------------------------------------------------- speed, real records


@pytest.mark.parametrize(
    "hostile",
    [
        "1/2-",
        "ngày 1, ",
        "1",
        "từ tháng ",
        "2020-",
        "năm ",
        "1/2, ",
        " ",
        "ngày 1/2 và ",
        "tháng 1 - ",
        "đến\n",
    ],
)
@pytest.mark.timeout(60)  # a moment, unless the work grows faster than the text
def test_hostile_text_takes_no_time(hostile):
    text = hostile * (50_000 // len(hostile))
    find_all(text, published=date(2024, 5, 5))
    query_range(text)


def test_real_dates(real_data):
    with gzip.open(real_data / "metadata" / "binhduong.jsonl.gz", "rt", encoding="utf-8") as file:
        dates = [json.loads(line)["ngay_ban_hanh"] for line in file]
    assert [parse_day(written) for written in dates] == [
        datetime.strptime(written, "%d/%m/%Y").date() for written in dates
    ]
