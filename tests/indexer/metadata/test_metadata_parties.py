"""Who signs, for whom and by what right; who is addressed; on what basis; from when it is in force."""

from datetime import date

import pytest
from field_samples import LETTER, PARTY, PLAN, evidence, extracted

from indexer.metadata.read import read
from kb.model import Metadata, Value


def fields(text: str) -> Metadata:
    return read(extracted(text), "x.txt").metadata


def said(value: Value[str] | None) -> str | None:
    return value.value if value else None


def test_the_signature_of_a_deputy() -> None:
    metadata = fields(PLAN)
    assert said(metadata.signer_capacity) == "KT"
    assert said(metadata.signed_for) == "Trưởng phòng"
    assert said(metadata.signer_title) == "Phó trưởng phòng"
    assert said(metadata.signer_rank) == "Trung tá"
    assert evidence(extracted(PLAN), metadata.signer_title) == "PHÓ TRƯỞNG PHÒNG"


def test_a_stack_of_rights_keeps_the_body_and_the_signers_own_title() -> None:
    metadata = fields(LETTER)
    assert said(metadata.signer_capacity) == "TM"
    assert said(metadata.signed_for) == "Ủy ban nhân dân"
    assert said(metadata.signer_title) == "Phó Chủ tịch"
    assert said(metadata.signer) == "Trần Văn B"
    assert metadata.signer_rank is None


@pytest.mark.parametrize(
    ("signature", "capacity", "signed_for", "title"),
    [
        (
            "TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG THAM MƯU\nNguyễn Văn A",
            "TL",
            "Giám đốc",
            "Trưởng Phòng Tham mưu",
        ),
        ("TUQ. BỘ TRƯỞNG\nCỤC TRƯỞNG\nNguyễn Văn A", "TUQ", "Bộ trưởng", "Cục trưởng"),
        ("Q. GIÁM ĐỐC\nNguyễn Văn A", "Q", None, "Giám đốc"),
        ("T/M BAN THƯỜNG VỤ\nBÍ THƯ\nNguyễn Văn A", "TM", "Ban Thường vụ", "Bí thư"),
        ("GIÁM ĐỐC\nĐại tá Nguyễn Văn A", None, None, "Giám đốc"),
    ],
)
def test_every_right_to_sign(
    signature: str, capacity: str | None, signed_for: str | None, title: str
) -> None:
    text = PLAN.split("KT. TRƯỞNG PHÒNG")[0] + signature + "\n"
    metadata = fields(text)
    assert said(metadata.signer_capacity) == capacity
    assert said(metadata.signed_for) == signed_for
    assert said(metadata.signer_title) == title
    assert said(metadata.signer) == "Nguyễn Văn A"


def test_addressees_and_recipients_are_lists() -> None:
    assert [each.value for each in fields(LETTER).addressees] == [
        "Công an tỉnh",
        "Các sở, ban, ngành",
    ]
    plan = fields(PLAN)
    assert [each.value for each in plan.recipients] == ["Như trên"]
    assert said(plan.filed) == "Lưu: VT, PV01"


def test_one_addressee_on_the_line_of_the_label() -> None:
    text = LETTER.replace(
        "Kính gửi:\n- Công an tỉnh;\n- Các sở, ban, ngành.", "Kính gửi: Công an tỉnh."
    )
    (only,) = fields(text).addressees
    assert only.value == "Công an tỉnh"
    assert evidence(extracted(text), only) == "Công an tỉnh."


def test_superior_body_and_place() -> None:
    plan = fields(PLAN)
    assert said(plan.superior) == "Công an tỉnh Hà Tĩnh"
    assert said(plan.place) == "Hà Tĩnh"
    assert fields(LETTER).superior is None


def test_grounds_are_paragraphs() -> None:
    assert [each.value for each in fields(PARTY).grounds][:1] == ["Căn cứ Điều lệ Đảng"]
    (ground,) = fields(PLAN).grounds
    assert ground.value.startswith("Thực hiện Kế hoạch số 333/KH-BCĐ")


@pytest.mark.parametrize(
    ("mark", "urgency", "circulation"),
    [
        ("HỎA TỐC", "HỎA TỐC", None),
        ("KHẨN", "KHẨN", None),
        ("LƯU HÀNH NỘI BỘ", None, "LƯU HÀNH NỘI BỘ"),
        ("Việc này rất khẩn", None, None),
    ],
)
def test_marks_are_lines_of_their_own(mark: str, urgency: str | None, circulation: str | None) -> None:
    metadata = fields(PLAN.replace("KẾ HOẠCH\n", f"{mark}\n\nKẾ HOẠCH\n", 1))
    assert (said(metadata.urgency), said(metadata.circulation)) == (urgency, circulation)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Kế hoạch này có hiệu lực thi hành kể từ ngày 15 tháng 9 năm 2022.", date(2022, 9, 15)),
        ("Kế hoạch này có hiệu lực từ ngày 01/10/2022.", date(2022, 10, 1)),
        ("Kế hoạch này có hiệu lực kể từ ngày ký.", date(2022, 8, 4)),
        ("Kế hoạch này có hiệu lực sau 45 ngày kể từ ngày ký ban hành.", date(2022, 9, 18)),
        ("Thông tư số 1/2020/TT-BCA có hiệu lực từ ngày 01/10/2020.", None),
        ("Kế hoạch này hết hiệu lực ngày 01/10/2023.", None),
    ],
)
def test_the_day_from_which_it_is_in_force(sentence: str, day: date | None) -> None:
    text = PLAN.replace("Các đội báo cáo", f"{sentence}\n\nCác đội báo cáo")
    found = fields(text).effective_on
    assert (found.value if found else None) == day
