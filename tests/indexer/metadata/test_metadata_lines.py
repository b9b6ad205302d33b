"""Forms of single lines; the cases are lines of real layouts (Nghị định 30/2020, party guidelines)."""

import pytest
from field_samples import extracted

from indexer.metadata.lines import Role, behind_kind, fits, kind_on, text_lines
from indexer.metadata.sections import is_heading

CASES = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Role.NATION),
    ("C Ộ N G  H Ò A  X Ã  H Ộ I  C H Ủ  N G H Ĩ A  V I Ệ T  N A M", Role.NATION),
    ("CONG HOA XA HOI CHU NGHIA VIET NAM", Role.NATION),
    ("Độc lập - Tự do - Hạnh phúc", Role.MOTTO),
    ("Độc lập – Tự do – Hạnh phúc", Role.MOTTO),
    ("ĐẢNG CỘNG SẢN VIỆT NAM", Role.PARTY),
    ("* * *", Role.STAR),
    ("*", Role.STAR),
    ("---------------", Role.RULE),
    ("Số: 188/KH-UBND", Role.NUMBER),
    ("Số:      /KH-CAT-PV01", Role.NUMBER),
    ("Số 05-NQ/ĐU", Role.NUMBER),
    ("Luật số: 05/2017/QH14", Role.NUMBER),
    ("Bắc Ninh, ngày 29 tháng 12 năm 2025", Role.DATE),
    ("Hà Tĩnh, ngày 04 tháng 8 năm 2019", Role.DATE),
    ("TP. Hồ Chí Minh, ngày     tháng 6 năm 2024", Role.DATE),
    ("Số: 12/HD-BCA-V05 Hà Nội, ngày 21 tháng 5 năm 2024", Role.DATE),
    ("KẾ HOẠCH", Role.KIND),
    ("HƯỚNG DẪN", Role.KIND),
    ("TỜ TRÌNH", Role.KIND),
    ("THÔNG TƯ1", Role.KIND),
    ("V/v tăng cường công tác bảo đảm ANTT", Role.ABOUT),
    ("Về việc tổ chức Ngày hội toàn dân bảo vệ ANTQ", Role.ABOUT),
    ("về lãnh đạo thực hiện nhiệm vụ năm 2026", Role.ABOUT),
    ("Kính gửi: Công an các đơn vị, địa phương", Role.ADDRESSEE),
    ("Kính gửi:", Role.ADDRESSEE),
    ("Kính trình: Ban Thường vụ Đảng ủy", Role.ADDRESSEE),
    ("Căn cứ Luật Công an nhân dân năm 2018;", Role.GROUND),
    ("- Căn cứ Điều lệ Đảng;", Role.GROUND),
    ("Thực hiện Kế hoạch số 612/KH-BCA ngày 10/10/2025 của Bộ Công an,", Role.GROUND),
    ("Theo đề nghị của Cục trưởng Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc;", Role.GROUND),
    ("QUYẾT ĐỊNH:", Role.DECIDES),
    ("Nơi nhận:", Role.RECIPIENTS),
    ("- Lưu: VT, PV01(XDPT).", Role.ARCHIVE),
    ("Lưu Đảng ủy.", Role.ARCHIVE),
    ("KT. GIÁM ĐỐC", Role.AUTHORITY),
    ("TL. GIÁM ĐỐC", Role.AUTHORITY),
    ("TM. BAN CHỈ ĐẠO", Role.AUTHORITY),
    ("TUQ. BỘ TRƯỞNG", Role.AUTHORITY),
    ("Q. GIÁM ĐỐC", Role.AUTHORITY),
    ("T/M BAN THƯỜNG VỤ", Role.AUTHORITY),
    ("K/T CHÁNH VĂN PHÒNG", Role.AUTHORITY),
    ("PHÓ GIÁM ĐỐC", Role.POSITION),
    ("TRƯỞNG CÔNG AN XÃ", Role.POSITION),
    ("THỨ TRƯỞNG", Role.POSITION),
    ("PHÓ CHỦ TỊCH THƯỜNG TRỰC", Role.POSITION),
    ("Đại tá Nguyễn Văn A", Role.SIGNER),
    ("Nguyễn Văn A", Role.SIGNER),
    ("Thiếu úy NGUYỄN VĂN A", Role.SIGNER),
    ("MẬT", Role.SECRET),
    ("TỐI MẬT", Role.SECRET),
    ("TUYỆT MẬT", Role.SECRET),
    ("HỎA TỐC", Role.URGENT),
    ("HOẢ TỐC", Role.URGENT),
    ("THƯỢNG KHẨN", Role.URGENT),
    ("KHẨN", Role.URGENT),
    ("LƯU HÀNH NỘI BỘ", Role.CIRCULATION),
    ("DỰ THẢO LẦN 2", Role.CIRCULATION),
    ("PHỤ LỤC II", Role.ANNEX),
    ("(Kèm theo Kế hoạch số 188/KH-UBND ngày 29/12/2025 của UBND tỉnh)", Role.ATTACHED),
    ("bảo đảm hoàn thành sớm các chỉ tiêu công tác năm 2025./.", Role.END),
]  # fmt: skip

NOT = [
    ("Số liệu 6 tháng đầu năm", Role.NUMBER),
    ("Ngày 19/6, Công an tỉnh tổ chức Hội nghị", Role.DATE),
    ("Luật sư Nguyễn Văn A", Role.KIND),
    ("QUYẾT ĐỊNH:", Role.KIND),
    ("Đại tá Nguyễn Văn A phát biểu tại hội nghị", Role.SIGNER),
    ("BẢO MẬT", Role.SECRET),
    ("Phụ lục kèm theo văn bản này", Role.ANNEX),
    ("KT-XH của địa phương", Role.AUTHORITY),
    ("Giám đốc Công an tỉnh chỉ đạo", Role.POSITION),
    ("", Role.RULE),
]  # fmt: skip

HEADINGS = [
    "Phần thứ nhất", "PHẦN I", "Chương II", "Mục 1. QUY ĐỊNH CHUNG", "Điều 4. Tiêu chí công nhận",
    "I. MỤC ĐÍCH, YÊU CẦU", "IV- TỔ CHỨC THỰC HIỆN", "1. Mục đích", "2.1. Công tác tham mưu",
    "a) Đối với khu dân cư", "đ) Hoạt động ly khai", "PHỤ LỤC II",
]  # fmt: skip


@pytest.mark.parametrize(("line", "role"), CASES)
def test_a_line_has_its_role(line: str, role: Role) -> None:
    assert fits(role, line)


@pytest.mark.parametrize(("line", "role"), NOT)
def test_a_look_alike_has_not(line: str, role: Role) -> None:
    assert not fits(role, line)


@pytest.mark.parametrize("line", HEADINGS)
def test_numbered_headings(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize(
    "line", ["Trong năm 2020, lực lượng", "- Tờ trình đề nghị", "2020 là năm", "Điều đó"]
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert not is_heading(line)


def test_what_follows_the_kind_on_its_line() -> None:
    assert behind_kind("BÁO CÁO SƠ KẾT 6 THÁNG") == "SƠ KẾT 6 THÁNG"
    assert behind_kind("KẾ HOẠCH") == ""
    assert behind_kind("THÔNG TƯ1") == ""
    kind = kind_on("THÔNG TƯ1")
    assert kind is not None
    assert kind.id == "thong-tu"


def test_text_lines_keep_offsets_and_leave_drawn_lines_out() -> None:
    source = extracted("  BẢO VỆ AN NINH TỔ QUỐC ---------------\nSố: 1/KH-CAT\n\nDòng sau")
    lines = text_lines(source)
    assert [line.text for line in lines] == ["BẢO VỆ AN NINH TỔ QUỐC", "Số: 1/KH-CAT", "Dòng sau"]
    assert all(source.text[line.start : line.end] == line.text for line in lines)
    assert [line.new_paragraph for line in lines] == [True, False, True]
