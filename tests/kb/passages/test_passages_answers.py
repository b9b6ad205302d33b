"""Passages that answer: what kind of passage a question gets, and from which part of a document."""

import pytest
from passage_samples import outline

from kb.passages import Outline, Sought, best_passages
from kb.query.planned import Mark
from kb.vietnamese.analyser import tokens

RULES = """QUY ĐỊNH
Tổ liên gia tự quản

Chương I
ĐIỀU KIỆN, TIÊU CHUẨN THAM GIA

Điều 1. Đăng ký
Người muốn tham gia tổ liên gia thì gặp tổ trưởng tổ liên gia để tham gia.

Điều 2. Tiêu chuẩn
1. Từ đủ 18 tuổi trở lên.
2. Ở tại địa bàn từ sáu tháng.
3. Tự nguyện.

Chương II
TRÌNH TỰ, THỦ TỤC THÀNH LẬP

Điều 3. Đề xuất
Ai muốn có tổ liên gia thì gặp Trưởng khu phố để nghe nói về tổ liên gia.

Điều 4. Hồ sơ và trình tự
1. Hồ sơ gồm: đơn; danh sách hộ; biên bản họp.
2. Trưởng khu phố xem xét trong 05 ngày.
3. Ủy ban nhân dân phường quyết định.

Chương III
SỔ SÁCH

Điều 5. Cách ghi sổ trực

Ngày | Ghi đúng | Ghi sai
Thứ Hai | Số: 01/ST | 1-ST
Thứ Ba | Số: 02/ST | 2-ST

Tổ trưởng ghi sổ trực của tổ liên gia mỗi tối và ký tên vào sổ.

Nơi nhận:
- Ủy ban nhân dân phường;
- Lưu: VT.

TM. BAN ĐIỀU HÀNH
TRƯỞNG BAN
Nguyễn Văn A

PHỤ LỤC
MẪU ĐƠN THAM GIA TỔ LIÊN GIA
(Kèm theo Quy định số 05/QyĐ-BĐH)
Kính gửi: Tổ trưởng
"""
OUTLINE = outline(
    RULES,
    ("Chương I\nĐIỀU KIỆN, TIÊU CHUẨN THAM GIA", 1, "Chương I"),
    ("Điều 1. Đăng ký", 2, "Điều 1"),
    ("Điều 2. Tiêu chuẩn", 2, "Điều 2"),
    ("Chương II\nTRÌNH TỰ, THỦ TỤC THÀNH LẬP", 1, "Chương II"),
    ("Điều 3. Đề xuất", 2, "Điều 3"),
    ("Điều 4. Hồ sơ và trình tự", 2, "Điều 4"),
    ("Chương III\nSỔ SÁCH", 1, "Chương III"),
    ("Điều 5. Cách ghi sổ trực", 2, "Điều 5"),
    ("PHỤ LỤC\nMẪU ĐƠN THAM GIA TỔ LIÊN GIA", 1, "Phụ lục"),
)


def best(query, found=OUTLINE):
    marks = [Mark(token.form, token.fold, not token.accented) for token in tokens(query)]
    passage = best_passages(found, Sought.of(marks))[0]
    return " ".join(passage.text.split()), passage.section


@pytest.mark.parametrize(
    ("query", "begins", "section"),
    [
        # the section whose heading announces the answer, though another holds more of the words
        ("thủ tục thành lập tổ liên gia", "Điều 4. Hồ sơ và trình tự 1. Hồ sơ gồm:", "Điều 4"),
        ("tiêu chuẩn tham gia tổ liên gia", "Điều 2. Tiêu chuẩn 1. Từ đủ 18 tuổi", "Điều 2"),
        # a table whole, below its heading
        ("cách ghi sổ trực", "Điều 5. Cách ghi sổ trực Ngày | Ghi đúng | Ghi sai", "Điều 5"),
        # a form by its title; for other questions a title says nothing
        ("mẫu đơn tham gia tổ liên gia", "PHỤ LỤC MẪU ĐƠN THAM GIA TỔ LIÊN GIA", "Phụ lục"),
        # without accents the same
        ("thu tuc thanh lap to lien gia", "Điều 4. Hồ sơ và trình tự 1. Hồ sơ gồm:", "Điều 4"),
    ],
)
def test_the_section_that_answers(query, begins, section):
    text, cited = best(query)
    assert text.startswith(begins)
    assert cited == section


def test_a_table_is_shown_with_its_rows():
    assert "Số: 02/ST" in best("cách ghi sổ trực")[0]


@pytest.mark.parametrize("query", ["ai ký quy định tổ liên gia", "người ký quy định tổ liên gia"])
def test_who_signed(query):
    assert best(query)[0] == "TM. BAN ĐIỀU HÀNH TRƯỞNG BAN Nguyễn Văn A"


def test_who_signs_something_else_is_told_by_the_text():
    assert "ký tên vào sổ" in best("ai ký sổ trực mỗi tối")[0]


def test_the_question_itself_is_no_answer():
    filler = "Việc khác hẳn ở nơi xa. " * 20
    asks = "Một em nhỏ giơ tay hỏi to, cả sân nghe rõ: “Ngày 12/5 là ngày gì mà phường treo cờ?”."
    answers = "Ngày 12/5 được lấy làm ngày truyền thống của phường."
    text = f"{filler}\n\n{asks}\n\n{filler}\n\n{answers}\n"
    assert best("ngày 12/5 là ngày gì", Outline(text))[0].startswith(answers)


def test_an_article_is_shown_rather_than_its_chapter():
    assert best("đề xuất thành lập")[1] == "Điều 3"
