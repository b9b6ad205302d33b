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
    "sentence",
    [
        "Kế hoạch này thay thế Kế hoạch số 10/KH-CAT ngày 01/3/2021.",
        "Xem thêm Hướng dẫn số 12/HD-BCA-V05 ngày 21/5/2024.",
    ],
)
def test_outside_of_the_grounds_it_is_a_mention(sentence: str) -> None:
    """Why it is named is read from the stored text: kb.relations.reading."""
    ((relation, _symbol),) = relations("1. " + sentence)
    assert relation == "cites"


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
