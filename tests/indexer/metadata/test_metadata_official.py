"""Official documents: every field of a plan, a letter and a party paper, and odd heads."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from field_samples import LETTER, PARTY, PLAN, evidence, extracted

from indexer.extract.text import TextExtractor
from indexer.metadata.read import Fields, read


def test_every_field_of_a_plan_stands_where_its_span_says() -> None:
    source = extracted(PLAN)
    metadata = read(source, "ke-hoach.txt").metadata
    assert metadata.symbol is not None and metadata.symbol.value == "12/KH-PV01"
    assert evidence(source, metadata.symbol) == "12/KH-PV01"
    assert metadata.kind is not None and metadata.kind.value == "ke-hoach"
    assert evidence(source, metadata.kind) == "KẾ HOẠCH"
    assert metadata.issued_on is not None and metadata.issued_on.value == date(2022, 8, 4)
    assert "04 tháng 8 năm 2022" in (evidence(source, metadata.issued_on) or "")
    assert metadata.unit is not None and metadata.unit.value == "cat-ha-tinh-pv01"
    assert metadata.issuer is not None
    assert metadata.issuer.value == "Phòng Tham mưu, Công an tỉnh Hà Tĩnh"
    assert metadata.issuer_as_written == "PHÒNG THAM MƯU"
    assert evidence(source, metadata.issuer) == "PHÒNG THAM MƯU"
    assert metadata.subject is not None
    assert metadata.subject.value == "Tổ chức “Ngày hội toàn dân bảo vệ an ninh Tổ quốc” năm 2022"
    assert evidence(source, metadata.subject) == metadata.subject.value
    assert metadata.title is not None
    assert metadata.title.value == (
        "Kế hoạch tổ chức “Ngày hội toàn dân bảo vệ an ninh Tổ quốc” năm 2022"
    )
    assert metadata.signer is not None and metadata.signer.value == "Nguyễn Văn A"
    assert evidence(source, metadata.signer) == "Nguyễn Văn A"
    assert metadata.topics[0].value == "phong-trao/ngay-hoi"
    assert metadata.covers == (date(2022, 1, 1), date(2022, 12, 31))
    deadlines = [period.end for period in metadata.periods if period.role == "deadline"]
    assert deadlines == [date(2022, 8, 20)]


def test_sections_of_a_plan() -> None:
    found = [(s.level, s.label, s.title) for s in read(extracted(PLAN), "x").sections]
    assert found[:4] == [
        (1, "Mục I", "MỤC ĐÍCH, YÊU CẦU"),
        (2, "Mục I.1", ""),
        (2, "Mục I.2", ""),
        (1, "Mục II", "TỔ CHỨC THỰC HIỆN"),
    ]
    assert found[-1] == (1, "Phụ lục", "Danh sách các đội")


def test_a_letter_has_its_subject_under_the_number() -> None:
    source = extracted(LETTER)
    metadata = read(source, "cong-van.txt").metadata
    assert metadata.kind is not None and metadata.kind.value == "cong-van"
    assert metadata.symbol is not None and metadata.symbol.value == "5202/UBND-NCKS"
    assert metadata.subject is not None
    assert metadata.subject.value == "tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022"
    assert metadata.title is not None and metadata.title.value.startswith("Công văn tổ chức Ngày hội")
    assert metadata.unit is not None and metadata.unit.value == "ubnd-tinh-quang-nam"
    assert metadata.issued_on is not None and metadata.issued_on.value == date(2022, 8, 8)


def test_a_party_paper() -> None:
    metadata = read(extracted(PARTY), "nghi-quyet.txt").metadata
    assert metadata.kind is not None and metadata.kind.value == "nghi-quyet"
    assert metadata.symbol is not None and metadata.symbol.value == "05-NQ/ĐU"
    assert metadata.issuer is not None and metadata.issuer.value == "Đảng ủy xã Nghi Xuân"
    assert metadata.unit is not None and metadata.unit.value == "du-xa-nghi-xuan-ha-tinh"
    assert metadata.signer is not None and metadata.signer.value == "Lê Văn C"
    assert metadata.covers == (date(2025, 1, 1), date(2030, 12, 31))


def test_a_party_paper_signed_for_the_secretariat() -> None:
    text = """BAN CHẤP HÀNH
TRUNG ƯƠNG
*
Số 09-CT/TW

ĐẢNG CỘNG SẢN VIỆT NAM
Hà Nội, ngày 01 tháng 12 năm 2011

CHỈ THỊ
về tăng cường lãnh đạo phong trào

Các cấp ủy thực hiện tốt các nhiệm vụ sau.

T/M BAN BÍ THƯ
Nguyễn Văn A
"""
    metadata = read(extracted(text), "x").metadata
    assert metadata.issuer is not None and metadata.issuer.value == "Ban Bí thư"
    assert metadata.unit is not None and metadata.unit.value == "bbt"


def test_a_board_takes_its_place_from_the_body_above() -> None:
    text = PLAN.replace(
        "CÔNG AN TỈNH HÀ TĨNH\nPHÒNG THAM MƯU", "ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH\nBAN CHỈ ĐẠO 138"
    )
    metadata = read(extracted(text), "x").metadata
    assert metadata.issuer is not None and metadata.issuer.value == "Ban Chỉ đạo 138 tỉnh Bắc Ninh"
    assert metadata.unit is not None and metadata.unit.value == "bcd138-tinh-bac-ninh"


def test_an_unknown_unit_keeps_its_name_with_less_confidence() -> None:
    text = PLAN.replace(
        "CÔNG AN TỈNH HÀ TĨNH\nPHÒNG THAM MƯU", "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\nSỞ NỘI VỤ"
    )
    metadata = read(extracted(text), "x").metadata
    assert metadata.unit is not None and metadata.unit.value == "tinh-ha-tinh.so-noi-vu"
    assert metadata.issuer is not None and metadata.issuer.value == "Sở nội vụ tỉnh Hà Tĩnh"
    assert metadata.issuer.confidence < 0.7


def test_bodies_that_issue_together_are_all_named() -> None:
    text = PLAN.replace("CÔNG AN TỈNH HÀ TĨNH\nPHÒNG THAM MƯU", "BỘ CÔNG AN\nBỘ QUỐC PHÒNG")
    text = text.replace("12/KH-PV01", "12/2016/TTLT-BCA-BQP").replace(
        "KẾ HOẠCH\n", "THÔNG TƯ LIÊN TỊCH\n"
    )
    metadata = read(extracted(text), "x").metadata
    assert metadata.issuer is not None and metadata.issuer.value == "Bộ Công an - Bộ Quốc phòng"
    assert metadata.unit is not None and metadata.unit.value == "bca"


@pytest.mark.parametrize("reader", ["right-first", "number-behind"])
def test_the_order_of_the_columns_does_not_matter(reader: str) -> None:
    left = "CÔNG AN TỈNH HÀ TĨNH\nPHÒNG THAM MƯU\nSố: 12/KH-PV01\n"
    right = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Hà Tĩnh, ngày 04 tháng 8 năm 2022\n"
    )
    body = PLAN[PLAN.index("KẾ HOẠCH\n") :]
    if reader == "right-first":
        text = right + "\n" + left + "\n" + body
    else:
        names, number = left.rsplit("Số", 1)
        text = names + "\n" + right + "Số" + number + "\n" + body
    metadata = read(extracted(text), "x").metadata
    assert metadata.symbol is not None and metadata.symbol.value == "12/KH-PV01"
    assert metadata.unit is not None and metadata.unit.value == "cat-ha-tinh-pv01"
    assert metadata.issued_on is not None and metadata.issued_on.value == date(2022, 8, 4)


def test_glued_header_columns_of_a_text_file(tmp_path: Path) -> None:
    head = (
        "CÔNG AN TỈNH HÀ TĨNH        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "PHÒNG THAM MƯU                 Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/KH-PV01              Hà Tĩnh, ngày 04 tháng 8 năm 2022\n\n"
    )
    path = tmp_path / "ke-hoach.txt"
    path.write_text(head + PLAN[PLAN.index("KẾ HOẠCH\n") :], encoding="utf-8")
    metadata = read(TextExtractor().extract(path), path.name).metadata
    assert metadata.symbol is not None and metadata.symbol.value == "12/KH-PV01"
    assert metadata.issued_on is not None and metadata.issued_on.value == date(2022, 8, 4)
    assert metadata.unit is not None and metadata.unit.value == "cat-ha-tinh-pv01"


def test_a_draft_has_neither_number_nor_day() -> None:
    text = PLAN.replace("Số: 12/KH-PV01", "Số:      /KH-PV01").replace(
        "ngày 04 tháng 8 năm 2022", "ngày     tháng 8 năm 2022"
    )
    fields = read(extracted(text), "x")
    assert fields.metadata.symbol is None
    assert fields.metadata.issued_on is None
    assert any("dự thảo" in warning for warning in fields.warnings)
    assert fields.metadata.kind is not None and fields.metadata.kind.value == "ke-hoach"


def test_an_impossible_day_is_no_day_of_issue() -> None:
    fields = read(extracted(PLAN.replace("tháng 8 năm 2022\n", "tháng 8 năm 2085\n")), "x")
    assert fields.metadata.issued_on is None
    assert any("04/08/2085" in warning for warning in fields.warnings)


def test_type_line_and_symbol_that_disagree_are_told() -> None:
    fields = read(extracted(PLAN.replace("12/KH-PV01", "12/BC-PV01")), "x")
    assert fields.metadata.kind is not None and fields.metadata.kind.value == "ke-hoach"
    assert len(fields.warnings) == 1


def test_a_capital_subject_is_lowered_for_the_title_only() -> None:
    text = PLAN.replace(
        "Tổ chức “Ngày hội toàn dân bảo vệ an ninh Tổ quốc” năm 2022",
        "TỔ CHỨC NGÀY HỘI TOÀN DÂN BẢO VỆ AN NINH TỔ QUỐC NĂM 2022",
    )
    metadata = read(extracted(text), "x").metadata
    assert metadata.subject is not None and metadata.subject.value.isupper()
    assert metadata.title is not None
    assert metadata.title.value == "Kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022"


LAW = """QUỐC HỘI
Luật số: 16/2017/QH14

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

LUẬT
LÂM NGHIỆP

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;

Quốc hội ban hành Luật Lâm nghiệp.

Chương I
NHỮNG QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh

1. Luật này quy định về rừng.

Điều 2. Giải thích từ ngữ

a) Rừng là hệ sinh thái.

Chương II
SỞ HỮU RỪNG

Điều 3. Nguyên tắc

Nhà nước giao rừng.

Luật này đã được Quốc hội khóa XIV, kỳ họp thứ 4 thông qua ngày 15 tháng 11 năm 2017.
"""


def test_a_law_is_dated_by_its_adoption() -> None:
    fields = read(extracted(LAW), "x")
    metadata = fields.metadata
    assert metadata.symbol is not None and metadata.symbol.value == "16/2017/QH14"
    assert metadata.kind is not None and metadata.kind.value == "luat"
    assert metadata.issued_on is not None and metadata.issued_on.value == date(2017, 11, 15)
    assert metadata.issued_on.rule == "adopted"
    assert metadata.unit is not None and metadata.unit.value == "quoc-hoi"
    assert metadata.title is not None and metadata.title.value == "Luật Lâm nghiệp"


def test_articles_count_on_through_chapters_and_clauses_are_left_out() -> None:
    found = [(s.level, s.label, s.title) for s in read(extracted(LAW), "x").sections]
    assert found == [
        (1, "Chương I", "NHỮNG QUY ĐỊNH CHUNG"),
        (2, "Điều 1", "Phạm vi điều chỉnh"),
        (2, "Điều 2", "Giải thích từ ngữ"),
        (1, "Chương II", "SỞ HỮU RỪNG"),
        (2, "Điều 3", "Nguyên tắc"),
    ]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1 7 8 9 13 38", "1 7 8 9 13 38"),  # an excerpt
        ("1 45 46 2 3", "1 2 3"),  # articles of another law, quoted
        ("1 45 46 3", "1 3"),
        ("1 2 9e 1 2 3", "1 2 9e 1 2 3"),  # a decision and the rules it comes with
        ("5 6 7", ""),
    ],
)
def test_articles_left_out_and_articles_quoted(numbers: str, expected: str) -> None:
    head = LAW[: LAW.index("Chương I")]
    articles = "".join(f"Điều {number}. Tên\nNội dung ở đây.\n" for number in numbers.split())
    sections = read(extracted(head + articles), "x").sections
    assert [section.label for section in sections] == [f"Điều {n}" for n in expected.split()]


def test_sections_nest_without_overlap() -> None:
    for text in (PLAN, LETTER, PARTY, LAW):
        source = extracted(text)
        sections = read(source, "x").sections
        for before, after in pairwise(sections):
            assert before.start < after.start
            assert after.start >= before.end or (after.level > before.level and after.end <= before.end)


def test_a_consolidated_text_has_its_number_at_the_end() -> None:
    text = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

THÔNG TƯ1
Quy định về điều lệ trường trung cấp

Thông tư số 14/2021/TT-BLĐTBXH ngày 21 tháng 10 năm 2021, được sửa đổi, bổ sung bởi:

Điều 1. Phạm vi

Thông tư này quy định điều lệ./.

BỘ LAO ĐỘNG - THƯƠNG BINH
VÀ XÃ HỘI
Số: 1549/VBHN-BLĐTBXH

XÁC THỰC VĂN BẢN HỢP NHẤT
Hà Nội, ngày 12 tháng 4 năm 2024

KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Nguyễn Văn A
"""
    metadata = read(extracted(text), "x").metadata
    assert metadata.kind is not None and metadata.kind.value == "van-ban-hop-nhat"
    assert metadata.symbol is not None and metadata.symbol.value == "1549/VBHN-BLĐTBXH"
    assert metadata.issued_on is not None and metadata.issued_on.value == date(2024, 4, 12)
    assert metadata.unit is not None and metadata.unit.value == "bldtbxh"
    assert metadata.title is not None and metadata.title.value.startswith(
        "Văn bản hợp nhất Thông tư quy định"
    )
    assert metadata.signer is not None and metadata.signer.value == "Nguyễn Văn A"


def test_a_law_site_page_with_title_and_property_table() -> None:
    text = """Quyết định số 432/1998/QĐ-BGTVT về việc bổ sung một số điều

Ngày có hiệu lực: 20/03/1998
Ngày ban hành: 05/03/1998 | Người ký: | Nguyễn Văn A
Ngày cập nhật: 17/03/2026
"""
    metadata = read(extracted(text, format="html"), "x").metadata
    assert metadata.symbol is not None and metadata.symbol.value == "432/1998/QĐ-BGTVT"
    assert metadata.kind is not None and metadata.kind.value == "quyet-dinh"
    assert metadata.issued_on is not None and metadata.issued_on.value == date(1998, 3, 5)
    assert metadata.subject is not None and metadata.subject.value == "bổ sung một số điều"
    assert metadata.signer is not None and metadata.signer.value == "Nguyễn Văn A"


def test_a_digital_stamp_is_only_the_last_resort() -> None:
    stamped = "Người ký: Bộ Công an\nNgày ký: 13-10-2025 09:12:44 +07:00\n\n"
    dated = read(extracted(stamped + PLAN), "x").metadata
    assert dated.issued_on is not None and dated.issued_on.value == date(2022, 8, 4)
    undated = PLAN.replace("Hà Tĩnh, ngày 04 tháng 8 năm 2022\n", "")
    only_stamp = read(extracted(stamped + undated), "x").metadata
    assert only_stamp.issued_on is not None and only_stamp.issued_on.value == date(2025, 10, 13)
    assert only_stamp.issued_on.confidence < 0.5


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Một dòng.", "KẾ HOẠCH", "Số: 1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
)
def test_odd_texts_do_not_raise(text: str) -> None:
    fields = read(extracted(text), "ten-tep.txt")
    assert isinstance(fields, Fields)
    assert fields.metadata.title is not None
