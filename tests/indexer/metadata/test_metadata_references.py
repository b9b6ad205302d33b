"""Documents named in a text, and why."""

from datetime import date

import pytest
from field_samples import PLAN, extracted

from indexer.metadata.read import read


def relations(sentence: str) -> list[tuple[str, str]]:
    text = PLAN.replace("1. Nâng cao chất lượng phong trào.", sentence)
    fields = read(extracted(text), "x")
    return [(r.relation, r.symbol) for r in fields.references if r.symbol != "333/KH-BCĐ"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Căn cứ Nghị định số 06/2014/NĐ-CP ngày 21/01/2014 của Chính phủ;",
            ("based_on", "06/2014/NĐ-CP"),
        ),
        ("Triển khai Chỉ thị số 06/CT-BCA-V05 ngày 18/8/2021.", ("implements", "06/CT-BCA-V05")),
        ("Kế hoạch này thay thế Kế hoạch số 10/KH-CAT ngày 01/3/2021.", ("replaces", "10/KH-CAT")),
        ("Bãi bỏ Quyết định số 727/QĐ-UBND ngày 05/6/2020.", ("repeals", "727/QĐ-UBND")),
        ("Thông tư số 23/2012/TT-BCA hết hiệu lực từ ngày 15/02/2022.", ("repeals", "23/2012/TT-BCA")),
        ("Sửa đổi, bổ sung Quyết định số 12/QĐ-UBND ngày 02/1/2020.", ("amends", "12/QĐ-UBND")),
        ("Phúc đáp Công văn số 486/V05-P2 ngày 12/5/2023.", ("answers", "486/V05-P2")),
        ("Biểu mẫu kèm theo Công văn số 486/V05-P2 ngày 12/5/2023.", ("annex_of", "486/V05-P2")),
        ("Xem thêm Hướng dẫn số 12/HD-BCA-V05 ngày 21/5/2024.", ("cites", "12/HD-BCA-V05")),
    ],
)
def test_the_words_before_a_symbol_tell_the_relation(sentence: str, expected: tuple[str, str]) -> None:
    assert relations("1. " + sentence) == [expected]


def test_the_nearest_word_decides_and_another_sentence_does_not_count() -> None:
    assert relations("1. Căn cứ tình hình. Kế hoạch số 9/KH-CAT đã kết thúc.") == [
        ("cites", "9/KH-CAT")
    ]
    sentence = "1. Thực hiện nhiệm vụ thay thế Kế hoạch số 9/KH-CAT ngày 02/1/2021."
    assert relations(sentence) == [("replaces", "9/KH-CAT")]


def test_a_ground_that_names_two_documents_is_the_basis_of_both() -> None:
    grounds = "Căn cứ Nghị định số 40/2024/NĐ-CP ngày 16/4/2024; Thông tư số 14/2024/TT-BCA;"
    text = PLAN.replace(
        "Thực hiện Kế hoạch số 333/KH-BCĐ", grounds + "\n\nThực hiện Kế hoạch số 333/KH-BCĐ"
    )
    found = [(r.relation, r.symbol) for r in read(extracted(text), "x").references]
    assert found[:2] == [("based_on", "40/2024/NĐ-CP"), ("based_on", "14/2024/TT-BCA")]


def test_a_reference_carries_day_and_place_and_the_own_number_is_none() -> None:
    source = extracted(PLAN)
    (reference,) = read(source, "x").references
    assert reference.symbol == "333/KH-BCĐ"
    assert reference.relation == "implements"
    assert reference.issued_on == date(2022, 6, 30)
    assert source.text[reference.span.start : reference.span.end] == reference.raw
