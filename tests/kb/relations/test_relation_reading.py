"""What a document says of others, from the words around their symbols."""

from __future__ import annotations

from datetime import date

import pytest

from kb.model import Metadata, Reference, Span, StoredText, Value
from kb.relations import reading
from kb.vietnamese.symbols import find_all


def stored(
    text: str, kind: str | None = "thong-tu", subject: str | None = None, **fields
) -> StoredText:
    references = tuple(
        Reference("cites", each.symbol.key, each.raw, each.span, each.issued_on)
        for each in find_all(text)
    )
    metadata = Metadata(
        kind=Value(kind, 1.0, None, "test") if kind else None,
        subject=Value(subject, 1.0, None, "test") if subject else None,
        **fields,
    )
    return StoredText(text, metadata, (), references)


def said(
    text: str, kind: str | None = "thong-tu", subject: str | None = None
) -> list[tuple[str, str, str]]:
    statements = reading.read(stored(text, kind, subject)).statements
    return [(each.relation, each.symbol, each.part) for each in statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Thông tư này thay thế Thông tư số 23/2012/TT-BCA ngày 27/4/2012.",
            ("replaces", "23/2012/TT-BCA", ""),
        ),
        ("2. Bãi bỏ Quyết định số 727/QĐ-UBND ngày 05/6/2020.", ("repeals", "727/QĐ-UBND", "")),
        ("b) Huỷ bỏ Quyết định số 727/QĐ-UBND.", ("repeals", "727/QĐ-UBND", "")),
        (
            "Thông tư số 23/2012/TT-BCA hết hiệu lực từ ngày 15/02/2022.",
            ("repeals", "23/2012/TT-BCA", ""),
        ),
        (
            "1. Bãi bỏ khoản 2 Điều 5 Thông tư số 23/2012/TT-BCA.",
            ("repeals_part", "23/2012/TT-BCA", "khoản 2 Điều 5"),
        ),
        (
            "1. Bãi bỏ toàn bộ các điều 1, 2 của Thông tư số 23/2012/TT-BCA.",
            ("repeals", "23/2012/TT-BCA", ""),
        ),
        (
            "1. Sửa đổi, bổ sung Điều 3 Thông tư số 23/2012/TT-BCA như sau:",
            ("amends", "23/2012/TT-BCA", "Điều 3"),
        ),
        (
            "1. Thay thế cụm từ “a” bằng cụm từ “b” tại Điều 3 Thông tư số 23/2012/TT-BCA.",
            ("amends", "23/2012/TT-BCA", "cụm từ “a” bằng cụm từ “b”"),
        ),
        ("Đính chính Thông tư số 23/2012/TT-BCA như sau:", ("corrects", "23/2012/TT-BCA", "")),
        (
            "Thông tư này hướng dẫn thi hành Nghị định số 06/2014/NĐ-CP.",
            ("guides", "06/2014/NĐ-CP", ""),
        ),
        (
            "Triển khai Chỉ thị số 06/CT-BCA-V05 ngày 18/8/2021, Phòng yêu cầu:",
            ("implements", "06/CT-BCA-V05", ""),
        ),
        (
            "Căn cứ Luật số 30/2023/QH15 và Nghị định số 40/2024/NĐ-CP;",
            ("based_on", "30/2023/QH15", ""),
        ),
        ("Phúc đáp Công văn số 486/V05-P2 ngày 12/5/2023.", ("answers", "486/V05-P2", "")),
        ("Biểu mẫu kèm theo Công văn số 486/V05-P2 ngày 12/5/2023.", ("annex_of", "486/V05-P2", "")),
        (
            "Tiếp theo Công văn số 486/V05-P2 ngày 12/5/2023, Cục hướng dẫn như sau:",
            ("follows", "486/V05-P2", ""),
        ),
        ("Xem thêm Hướng dẫn số 12/HD-BCA-V05 ngày 21/5/2024.", ("cites", "12/HD-BCA-V05", "")),
    ],
)
def test_the_words_around_a_symbol_tell(text: str, expected: tuple[str, str, str]) -> None:
    assert said(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 06/2014/NĐ-CP đã được sửa đổi, bổ sung theo Nghị định số 22/2020/NĐ-CP.",
        "Các nghị định đã bị thay thế bởi Nghị định số 22/2020/NĐ-CP.",
        "Nghị định số 01/2019/NĐ-CP thay thế Nghị định số 22/2014/NĐ-CP được áp dụng.",
        "Nghị định số 56/2000/NĐ-CP ngày 12/10/2000 sửa đổi khoản 2 Nghị định số 95/1998/NĐ-CP.",
        "Phụ cấp được xếp theo hướng dẫn tại khoản 2 Thông tư số 02/2007/TT-BNV.",
        "Việc này được thực hiện theo quy định của Luật số 22/2023/QH15.",
        "Mẫu số 10 Phụ lục 1 ban hành kèm theo Nghị định số 15/2018/NĐ-CP.",
    ],
)
def test_what_another_document_does_is_a_mention(text: str) -> None:
    assert {relation for relation, _symbol, _part in said(text)} == {"cites"}


def test_what_is_quoted_into_another_document_is_a_mention() -> None:
    text = "1. Sửa đổi Điều 3 như sau:\n\n“2. Bãi bỏ Quyết định số 727/QĐ-UBND.”"
    assert said(text) == [("cites", "727/QĐ-UBND", "")]


def test_a_title_that_amends_speaks_of_the_document_itself() -> None:
    subject = "Sửa đổi, bổ sung một số điều của Thông tư số 23/2012/TT-BCA"
    assert said(subject + "\n\n", subject=subject) == [("amends", "23/2012/TT-BCA", "một số điều")]


def test_a_report_reports_on_what_it_carries_out() -> None:
    text = "Kết quả thực hiện Kế hoạch số 12/KH-CAT ngày 02/01/2022 như sau:"
    assert said(text, "bao-cao") == [("reports_on", "12/KH-CAT", "")]
    assert said(text, "ke-hoach") == [("implements", "12/KH-CAT", "")]


def test_a_ground_that_is_carried_out_names_several() -> None:
    ground = "Thực hiện Kế hoạch số 333/KH-BCĐ; Kế hoạch số 12/KH-CAT;"
    ground += " theo đề nghị tại Tờ trình số 5/TTr-CAT;"
    read_ = stored(ground, "ke-hoach", grounds=(Value(ground, 1.0, Span(0, len(ground)), "test"),))
    found = [(each.relation, each.symbol) for each in reading.read(read_).statements]
    assert found == [
        ("implements", "333/KH-BCĐ"),
        ("implements", "12/KH-CAT"),
        ("based_on", "5/TTr-CAT"),
    ]


def test_a_plan_guides_nothing() -> None:
    text = "Cán bộ đọc hướng dẫn Thông tư số 23/2012/TT-BCA."
    assert said(text, "ke-hoach") == [("cites", "23/2012/TT-BCA", "")]


def test_a_relation_to_a_document_is_told_once_with_its_first_sentence() -> None:
    text = "Mở đầu. Xem Kế hoạch số 9/KH-CAT ngày 02/1/2021. Xem Kế hoạch số 9/KH-CAT."
    (statement,) = reading.read(stored(text)).statements
    assert statement.issued_on == date(2021, 1, 2)
    assert text[statement.span.start : statement.span.end] == "9/KH-CAT"
    assert text[statement.evidence.start : statement.evidence.end] == (
        "Xem Kế hoạch số 9/KH-CAT ngày 02/1/2021."
    )


def test_another_sentence_does_not_count() -> None:
    assert said("Bãi bỏ việc cũ. Kế hoạch số 9/KH-CAT đã kết thúc.") == [("cites", "9/KH-CAT", "")]


def test_its_own_term() -> None:
    term = reading.read(stored("Quyết định này có hiệu lực thi hành đến hết ngày 31/12/2021.")).term
    assert term.expires_on == date(2021, 12, 31)
    assert term.stated is None
    effective = Value(date(2020, 1, 1), 1.0, Span(0, 1), "test")
    assert reading.read(stored("x", effective_on=effective)).term.effective_on == date(2020, 1, 1)


def test_the_table_of_a_law_site() -> None:
    table = "Tình trạng hiệu lực: Hết hiệu lực toàn bộ\nNgày hết hiệu lực: 15/02/2022\n"
    term = reading.read(stored(table)).term
    assert (term.stated, term.expires_on) == ("expired", date(2022, 2, 15))
    part = reading.read(stored("Hết hiệu lực một phần\n")).term
    assert (part.stated, part.expires_on) == ("expired-part", None)
