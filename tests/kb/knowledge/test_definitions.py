"""Terms that documents define."""

from __future__ import annotations

import pytest

from kb.glossary import definitions
from kb.model import StoredText


def read(text: str) -> dict[str, str]:
    return {each.term: each.text for each in definitions.read(StoredText(text))}


def test_the_article_of_terms() -> None:
    text = """Điều 2. Giải thích từ ngữ

Trong Thông tư này, các từ ngữ dưới đây được hiểu như sau:

1. Vận động quần chúng là việc tuyên truyền, hướng dẫn
nhân dân tự giác tham gia.

2. “Khu dân cư” bao gồm thôn, bản, tổ dân phố.

3. Chốt: Là nơi trực của lực lượng.

Điều 3. Nguyên tắc

1. Đảng lãnh đạo là nguyên tắc hàng đầu của công tác này.
"""
    assert read(text) == {
        "Vận động quần chúng": "việc tuyên truyền, hướng dẫn nhân dân tự giác tham gia.",
        "Khu dân cư": "thôn, bản, tổ dân phố.",
        "Chốt": "nơi trực của lực lượng.",
    }


def test_a_single_term_without_a_number() -> None:
    text = (
        "Giải thích từ ngữ\nTrong Thông tư này, từ ngữ dưới đây được hiểu như sau:\n\n"
        "Hoạt động ngoài gia đình là\nhoạt động do cơ quan tổ chức cho trẻ em.\n\nĐiều 3. Khác"
    )
    assert read(text) == {"Hoạt động ngoài gia đình": "hoạt động do cơ quan tổ chức cho trẻ em."}


def test_a_sentence_that_says_so() -> None:
    text = "Mở đầu.\nTổ liên gia được hiểu là nhóm từ 05 đến 15 nhà liền kề.\nKhác."
    assert read(text) == {"Tổ liên gia": "nhóm từ 05 đến 15 nhà liền kề."}


@pytest.mark.parametrize(
    "text",
    [
        "1. Công an xã là lực lượng nòng cốt.",  # no article of terms
        "Điều 2. Giải thích từ ngữ\n\n1. Các từ ngữ khác là theo luật hiện hành.\n",
        "Điều 2. Giải thích từ ngữ\n\n1. Đơn đề nghị: 01 bản chính.\n",
        "Trong đó, việc này được hiểu là không bắt buộc đối với ai cả.",
        "",
    ],
)
def test_what_defines_nothing(text: str) -> None:
    assert read(text) == {}


def test_the_span_is_the_whole_statement() -> None:
    text = (
        "Điều 2. Giải thích từ ngữ\n\n1. Kẻng là vật phát ra tiếng.\n\n2. Chốt là nơi trực ban đêm.\n"
    )
    found = definitions.read(StoredText(text))
    assert [text[each.span.start : each.span.end] for each in found] == [
        "Kẻng là vật phát ra tiếng.",
        "Chốt là nơi trực ban đêm.",
    ]
