"""Portal news: what is read, and what stays open."""

from datetime import date

import pytest
from field_samples import NEWS, PLAN, evidence, extracted

from indexer.metadata.read import read


def test_a_portal_item() -> None:
    source = extracted(NEWS)
    metadata = read(source, "tin.txt").metadata
    assert metadata.kind is not None and metadata.kind.value == "tin-tuc"
    assert (
        metadata.title is not None and metadata.title.value == "Hà Tĩnh: Ra mắt mô hình camera an ninh"
    )
    assert metadata.published_on is not None and metadata.published_on.value == date(2021, 8, 5)
    assert evidence(source, metadata.published_on) == "05/08/2021"
    assert metadata.event_on is not None and metadata.event_on.value == date(2021, 8, 4)
    assert evidence(source, metadata.event_on) == "4.8"
    assert metadata.author is not None and metadata.author.value == "Văn Cường"
    assert metadata.unit is not None and metadata.unit.value == "cat-ha-tinh"
    assert metadata.topics[0].value == "mo-hinh/camera-zalo"
    assert metadata.symbol is None and metadata.issued_on is None and metadata.signer is None


def test_without_a_day_of_publication_no_year_is_invented() -> None:
    metadata = read(extracted(NEWS.replace("Đăng vào 05/08/2021\n", "")), "tin.txt").metadata
    assert metadata.event_on is None
    assert metadata.event_partial == "--08-04"
    assert metadata.sort_date is None


def test_without_any_place_the_province_stays_open() -> None:
    text = NEWS.replace("Hà Tĩnh: ", "").replace(" tại huyện Nghi Xuân", "")
    metadata = read(extracted(text), "tin.txt").metadata
    assert metadata.unit is not None and metadata.unit.value == "cat-chua-ro"
    assert metadata.unit.confidence <= 0.3
    assert metadata.issuer_as_written == "Công an tỉnh"


def test_a_district_tells_the_province() -> None:
    metadata = read(extracted(NEWS.replace("Hà Tĩnh: ", "")), "tin.txt").metadata
    assert metadata.unit is not None and metadata.unit.value == "cat-ha-tinh"
    assert metadata.unit.rule == "lead-gazetteer"
    assert metadata.unit.confidence < 0.8


@pytest.mark.parametrize(
    ("changes", "unit"),
    [
        ({"site": "Cổng thông tin điện tử Công an tỉnh Bắc Ninh"}, "cat-bac-ninh"),
        ({"url": "https://congan.nghean.gov.vn/tin/1.html"}, "cat-nghe-an"),
        ({"url": "https://bocongan.gov.vn/bai-viet/1"}, "bca"),
    ],
)
def test_the_site_tells_the_unit(changes: dict[str, str], unit: str) -> None:
    text = NEWS.replace("Hà Tĩnh: ", "").replace(" tại huyện Nghi Xuân", "")
    metadata = read(extracted(text, **changes), "tin.html").metadata
    assert metadata.unit is not None and metadata.unit.value == unit


def test_origin_breadcrumb_and_doubled_title() -> None:
    text = """Trang chủ / Thông báo / Bộ Công an: Tăng cường phong trào

Bộ Công an: Tăng cường phong trào

Ngày 23/9/2022, Thứ trưởng Bộ Công an chủ trì buổi làm việc.

Các đơn vị báo cáo kết quả.

Bài viết được đăng tải từ nguồn: Cổng thông tin điện tử Bộ Công an

Xem thêm
"""
    metadata = read(extracted(text), "tin.txt").metadata
    assert metadata.title is not None and metadata.title.value == "Bộ Công an: Tăng cường phong trào"
    assert metadata.unit is not None and (metadata.unit.value, metadata.unit.rule) == ("bca", "origin")
    assert metadata.author is None
    assert metadata.event_on is not None and metadata.event_on.value == date(2022, 9, 23)


def test_what_the_page_declares_counts_where_the_text_is_silent() -> None:
    text = NEWS.replace("Đăng vào 05/08/2021\n", "")
    source = extracted(
        text, published_on=date(2021, 8, 6), title="Ra mắt camera an ninh ở Hà Tĩnh hôm nay"
    )
    metadata = read(source, "tin.html").metadata
    assert metadata.published_on is not None and metadata.published_on.value == date(2021, 8, 6)
    assert metadata.published_on.span is None
    assert metadata.event_on is not None and metadata.event_on.value == date(2021, 8, 4)


def test_an_official_document_is_no_news_and_a_note_is_neither() -> None:
    plan = read(extracted(PLAN), "x").metadata
    assert plan.kind is not None and plan.kind.value == "ke-hoach"
    note = read(
        extracted("Ghi chép họp đội\nPhân công trực tuần tới cho từng đồng chí."), "ghi-chep.txt"
    ).metadata
    assert note.kind is None
    assert note.title is not None and note.title.value == "Ghi chép họp đội"
    foreign = read(extracted(NEWS, text_quality=0.2), "x").metadata
    assert foreign.kind is None


def test_captions_alone_make_no_topic() -> None:
    text = NEWS.replace(
        "Quang cảnh buổi ra mắt", "Quang cảnh hội nghị tổng kết, hội nghị sơ kết, hội nghị giao ban"
    )
    topics = {topic.value for topic in read(extracted(text), "x").metadata.topics}
    assert "dieu-hanh/giao-ban-so-ket" not in topics
