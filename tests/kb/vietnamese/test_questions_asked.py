"""What kind of answer a query asks for, and which of its words say only that."""

import pytest

from kb.vietnamese.analyser import tokens
from kb.vietnamese.questions import Asked, read_question


@pytest.mark.parametrize(
    ("query", "asked", "empty"),
    [
        ("dân vận là gì", {Asked.MEANING}, "là gì"),
        ("dan van la gi", {Asked.MEANING}, "la gi"),
        ("XDPT viết tắt của gì", {Asked.MEANING}, "của gì"),
        ("ngày 19/8 là ngày gì", {Asked.MEANING}, "là gì"),
        ("ý nghĩa ngày 16/6", {Asked.MEANING}, "ý nghĩa"),
        ("thế nào là tổ liên gia", {Asked.MEANING}, "thế nào là"),
        ("thời hạn gửi hồ sơ", {Asked.TIME}, ""),
        ("khi nào nộp báo cáo", {Asked.TIME}, "khi nào"),
        ("mất bao nhiêu ngày", {Asked.TIME}, "bao nhiêu"),
        ("có bao nhiêu camera", {Asked.NUMBER}, "bao nhiêu"),
        ("ai duyệt kế hoạch", {Asked.AGENT}, "ai"),
        ("ai duyet ke hoach", set(), ""),  # without accents "ai" is ái and ải, too
        ("ai ký kế hoạch", {Asked.AGENT, Asked.SIGNER}, "ai"),
        ("ai ky ke hoach", {Asked.SIGNER}, "ai"),
        ("cơ quan nào thẩm định", {Asked.AGENT}, "nào"),
        ("hồ sơ gồm những gì", {Asked.LIST}, "những gì"),
        ("đăng ký thế nào", {Asked.WAY}, "thế nào"),
        ("quy trình phát động phong trào", {Asked.WAY}, ""),
        ("chế độ báo cáo của phường", {Asked.TIME}, ""),
        ("tiêu chuẩn tham gia tổ liên gia", {Asked.CONDITION}, ""),
        ("thủ tục công nhận tiêu chuẩn", {Asked.WAY}, ""),  # the steps to it
        ("cần điều kiện gì để được tặng cờ", {Asked.CONDITION}, "gì"),
        ("có được bắn pháo hoa không", {Asked.CONDITION}, ""),
        ("còn ở xã không", set(), ""),
        ("cách viết số văn bản", {Asked.EXAMPLE}, ""),
        ("số văn bản ghi thế nào", {Asked.EXAMPLE}, "thế nào"),
        ("mẫu tờ trình", {Asked.EXAMPLE}, ""),
        ("phường kiểu mẫu", set(), ""),
        ("kế hoạch ngày hội", set(), ""),
        ("không tổ chức công an cấp huyện", set(), ""),  # these words mean something here
        ("", set(), ""),
    ],
)
def test_asked(query, asked, empty):
    forms = [token.form for token in tokens(query)]
    question = read_question(forms)
    assert question.asked == asked
    assert " ".join(forms[place] for place in sorted(question.empty)) == empty
