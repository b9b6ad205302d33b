"""Abbreviations a text explains itself: what counts, what must not, spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.vietnamese.abbreviation_mining import mine
from kb.vietnamese.abbreviations import sense
from kb.vietnamese.normalise import nfc


def pairs(text: str) -> list[tuple[str, str]]:
    return [(pair.abbreviation, pair.expansion) for pair in mine(nfc(text))]


@pytest.mark.parametrize(
    ("text", "abbreviation", "expansion"),
    [
        ("công tác bảo vệ an ninh Tổ quốc (ANTQ) ở xã", "ANTQ", "an ninh Tổ quốc"),
        ("giữ gìn an ninh, trật tự (ANTT).", "ANTT", "an ninh, trật tự"),
        ("Ủy ban nhân dân (sau đây viết tắt là UBND)", "UBND", "Ủy ban nhân dân"),
        ("cán bộ, chiến sĩ (sau đây gọi tắt là CBCS)", "CBCS", "cán bộ, chiến sĩ"),
        ("khu dân cư (gọi tắt là KDC)", "KDC", "khu dân cư"),
        ("khu dân cư (viết tắt: “KDC”)", "KDC", "khu dân cư"),
        ("Tổ dân phố, sau đây viết tắt là TDP, do …", "TDP", "Tổ dân phố"),
        ("nhà trọ tự quản viết tắt là NTTQ", "NTTQ", "nhà trọ tự quản"),
        ("tiêu chuẩn cơ sở (ký hiệu là TCCS)", "TCCS", "tiêu chuẩn cơ sở"),
        ("“an ninh Tổ quốc” (ANTQ)", "ANTQ", "an ninh Tổ quốc"),
        ("ANTQ (an ninh Tổ quốc)", "ANTQ", "an ninh Tổ quốc"),
        ("Danh mục\n- NTM: nông thôn mới\n- khác", "NTM", "nông thôn mới"),
        ("Danh mục\nNTM là viết tắt của nông thôn mới", "NTM", "nông thôn mới"),
        ("phong trào\nxây dựng nông\nthôn mới (NTM)", "NTM", "nông thôn mới"),
        ("kinh tế - xã hội (KT-XH)", "KT-XH", "kinh tế - xã hội"),
        ("Sở Giáo dục và Đào tạo (GD&ĐT)", "GD&ĐT", "Giáo dục và Đào tạo"),
        ("Giáo dục và Đào tạo (GDĐT)", "GDĐT", "Giáo dục và Đào tạo"),
        ("Thành phố Hồ Chí Minh (TP.HCM)", "TP.HCM", "Thành phố Hồ Chí Minh"),
        ("Thủ tướng (TTg)", "TTg", "Thủ tướng"),
        ("Tờ trình (TTr)", "TTr", "Tờ trình"),
        ("Ban Chỉ đạo (BCĐ)", "BCĐ", "Ban Chỉ đạo"),
        ("Ban Chỉ đạo 138 (BCĐ 138)", "BCĐ 138", "Ban Chỉ đạo 138"),
        ("Hội đồng nhân dân (HDND)", "HDND", "Hội đồng nhân dân"),  # D typed for Đ
        ("Đảng ủy Công an Trung ương (ĐUCATW)", "ĐUCATW", "Đảng ủy Công an Trung ương"),
        ("Bảo hiểm xã hội Việt Nam (sau đây viết tắt là BHXH)", "BHXH", "Bảo hiểm xã hội"),
        ("ỦY BAN NHÂN DÂN TỈNH (UBND)", "UBND", "ỦY BAN NHÂN DÂN"),
    ],
)
def test_a_pair_is_found(text, abbreviation, expansion):
    assert pairs(text) == [(abbreviation, expansion)]


@pytest.mark.parametrize(
    "text",
    [
        "Công an tỉnh (sau đây gọi là đơn vị)",
        "Giám đốc Công an tỉnh (Sở)",
        "từ ngày 01/7/2025 (thứ Ba) đến 30/9/2025 (30/9)",
        "nội dung nêu tại mục (II), phần (IV)",
        "vì ích (VI) lợi",  # a number
        "Kế hoạch Ủy ban nhân dân (KH-UBND)",  # a piece of a symbol
        "Kế hoạch của Công an tỉnh (12/KH-CAT)",
        "ông Nguyễn Văn A (NVA) trú tại xã",
        "bà Trần Thị B (TTB)",
        "Hội đồng nhân dân (HĐNĐ)",  # Đ is no d
        "Đại hội (DHT)",
        "vốn hỗ trợ phát triển chính thức (ODA)",  # initials of other words
        "muỗi vằn Aedes aegypti (SXH)",
        "dịch sốt (SXH) xuất hiện",
        "Lào, Campuchia, Myanmar, Việt Nam (LCMV)",  # cuts a name
        "an ninh. Tổ quốc (ANTQ)",  # two sentences
        "an ninh (trật tự) Tổ quốc (ANTQ)",
        "TỔ CHỨC (TC)",  # two letters in a text of capitals
        "khu a, b, c (ABC)",
        "UBND các cấp (Ủy ban nhân dân)",
        "Sở Nội vụ (phòng Tổ chức)",
        "xem (ANTQ)",
        "(ANTQ)",
        "",
    ],
)
def test_what_only_looks_like_a_pair(text):
    assert pairs(text) == []


def test_each_meaning_counts_once_a_document_and_different_ones_each():
    text = "Tổ công tác (TCT) họp. tổ công tác (TCT). Tổng công ty (TCT) báo cáo."
    assert pairs(text) == [("TCT", "Tổ công tác"), ("TCT", "Tổng công ty")]


def test_the_span_holds_the_evidence():
    text = "Trong công tác bảo vệ an ninh Tổ quốc (sau đây viết tắt là ANTQ), các tổ dân phố…"
    (pair,) = mine(text)
    span = pair.span
    assert text[span.start : span.end] == "an ninh Tổ quốc (sau đây viết tắt là ANTQ)"
    text = "Theo đó, ANTQ (an ninh Tổ quốc) là …"
    (pair,) = mine(text)
    assert text[pair.span.start : pair.span.end] == "ANTQ (an ninh Tổ quốc)"


_PIECES = st.sampled_from(
    "an ninh|Tổ quốc|(ANTQ)|ANTQ|(|)|sau đây viết tắt là|gọi tắt là|\n|- |: |, |.|“|”|TT|g|138|/|&|-|Đ"
    "|\u0301|Việt Nam|é|٣".split("|")
)


@given(
    st.lists(_PIECES, max_size=30).map(" ".join)
    | st.lists(_PIECES, max_size=30).map("".join)
    | st.text()
)
def test_any_text_can_be_mined_and_spans_are_right(text):
    text = nfc(text)
    for pair in mine(text):
        evidence = text[pair.span.start : pair.span.end]
        assert " ".join(pair.abbreviation.split()) in " ".join(evidence.split())
        assert " ".join(evidence.split()).count(pair.expansion) >= 1
        assert len(sense(pair.expansion)) >= 1


@pytest.mark.timeout(60)  # a moment, unless the work grows faster than the text
def test_long_hostile_texts_take_no_time():
    for text in (
        "(A" * 50_000,
        "AB-" * 50_000,
        "viết tắt là " * 20_000,
        "\n- A" * 40_000,
        "a " * 90_000,
    ):
        mine(text)
