"""Abbreviations in queries: what is one, which meaning, what else is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Span
from kb.query.ast import Word
from kb.query.expand import VARIANTS, Expanded, expand, subject
from kb.query.parser import parse
from kb.query.plan import plan
from kb.query.planned import Lookups, Plan, unknown_accents
from kb.query.variants import SEQUENCES
from kb.vietnamese.abbreviation_lookup import Counted, Lookup
from kb.vietnamese.analyser import tokens

TABLE = Lookup()


def expanded(query: str, lookup: Lookup = TABLE, **options: bool) -> Expanded:
    return expand([(raw, tokens(raw)) for raw in query.split()], lookup, **options)


def written(query: str, lookup: Lookup = TABLE, **options: bool) -> set[str]:
    return {" ".join(v.written.forms) for v in expanded(query, lookup, **options).variants}


def planned(query: str, lookup: Lookup = TABLE) -> Plan:
    def unknown(_text: str) -> tuple[str, ...]:
        return ()

    return plan(parse(query).node, Lookups(unknown, unknown, unknown, lookup, unknown_accents))


def told(query: str, lookup: Lookup = TABLE) -> list[tuple[str, str]]:
    return [(u.text, u.value) for u in planned(query, lookup).understood if u.kind == "abbreviation"]


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("phong trào ANTQ", ("ANTQ", "an ninh Tổ quốc")),
        ("bao ve antq", ("antq", "an ninh Tổ quốc")),
        ("CBCS,", ("CBCS", "cán bộ, chiến sĩ")),
        ("CAT Hà Tĩnh", ("CAT", "Công an tỉnh")),
        ("hdnd cấp xã", ("hdnd", "Hội đồng nhân dân")),
        ("KT-XH năm 2020", ("KT-XH", "kinh tế - xã hội")),
        ("TP HCM", ("TP HCM", "Thành phố Hồ Chí Minh")),
        ("BCĐ 138", ("BCĐ 138", TABLE.meanings("BCĐ 138")[0].expansion)),
        ("TTg", ("TTg", "Thủ tướng Chính phủ")),
    ],
)
def test_an_abbreviation_is_told(query, meaning):
    assert told(query) == [meaning]


@pytest.mark.parametrize(
    "query",
    [
        "con cat va cap dien",  # words
        "cát, cấp, hd, kh",
        "cắt giảm thủ tục",
        "CAP XA HOAN THANH",  # all in capitals: words again
        "12/KH-CAT-PV05",
        "Phòng PV05 năm 2020",
        "P Q H 2",
        "xyz QWERTZU",
    ],
)
def test_words_and_symbols_are_none(query):
    assert told(query) == []


@pytest.mark.parametrize(
    ("query", "short", "meaning"),
    [
        ("TT 124", "TT", "Thông tư"),
        ("TP Vinh", "TP", "thành phố"),
        ("phòng chống TP hình sự", "TP", "tội phạm"),
        ("nghị quyết của BCT", "BCT", "Bộ Chính trị"),
        ("thông tư BCT về hóa chất", "BCT", "Bộ Công Thương"),
        ("ANXH hộ nghèo", "ANXH", "an sinh xã hội"),
        ("anxh giam ngheo", "anxh", "an sinh xã hội"),
        ("quy hoạch QH đất", "QH", "quy hoạch"),
    ],
)
def test_other_words_decide_between_meanings(query, short, meaning):
    assert (short, meaning) in told(query)


def test_undecided_meanings_are_all_tried_and_told():
    found = expanded("công tác GĐ")
    ((short, meanings),) = found.told
    assert short == "GĐ"
    assert meanings.split("; ")[:2] == ["Giám đốc", "gia đình"]
    weights = {" ".join(v.written.forms): v.weight for v in found.variants}
    assert weights["giám đốc"] > weights["gia đình"] > 0


def test_documents_decide_what_the_table_leaves_open():
    lookup = Lookup([Counted("GĐ", "gia đình", 500)])
    assert told("công tác GĐ", lookup) == [("GĐ", "gia đình")]


def test_a_long_form_is_looked_for_as_its_abbreviations():
    assert {"antq", "bvantq"} <= written("bảo vệ an ninh Tổ quốc")
    assert "antq" in written("bao ve an ninh to quoc")
    assert written("bảo vệ tố quốc") == set()
    assert "pccc" in written("phòng cháy và chữa cháy")
    assert written("kế hoạch công tác") == set()  # KH is half of all symbols
    assert "kh công tác" not in written("kế hoạch công tác")


def test_weak_evidence_weighs_less():
    lookup = Lookup([Counted("TQAN", "tự quản an ninh", 1), Counted("NTTQ", "nhà trọ tự quản", 2)])
    weights = {
        v.written.forms: v.weight for q in ("TQAN", "NTTQ") for v in expanded(q, lookup).variants
    }
    assert weights["tự", "quản", "an", "ninh"] < weights["nhà", "trọ", "tự", "quản"] < 1


def test_an_abbreviation_is_one_word_of_those_that_must_match():
    assert planned("phong trào ANTQ").words == 3
    assert planned("BCĐ 138").words == 2


def test_marks_of_the_other_form_are_side_by_side():
    marks = {mark.form for mark in planned("phong trào ANTQ").marks}
    assert "an ninh tổ quốc" in marks
    assert "ninh" not in marks
    assert "antq" in {mark.form for mark in planned("an ninh Tổ quốc").marks}


def test_what_is_excluded_is_neither_told_nor_marked():
    excluded = planned("camera -ANTQ")
    assert excluded.understood == []
    assert [mark.form for mark in excluded.marks] == ["camera"]


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("XDPT viết tắt của gì", ("XDPT", "xây dựng phong trào")),
        ("xdpt la viet tat cua tu gi", ("xdpt", "xây dựng phong trào")),
        ("XDPT là gì", ("XDPT", "xây dựng phong trào")),
        ("cat viết tắt của cụm từ nào", ("cat", "Công an tỉnh")),
        ("ủy ban nhân dân viết tắt là gì", ("ủy ban nhân dân", "UBND")),
    ],
)
def test_who_asks_gets_the_answer(query, answer):
    assert told(query) == [answer]


def test_who_asks_gets_every_meaning():
    ((short, answer),) = told("hd là gì")
    assert short == "hd"
    assert {"Hướng dẫn", "Hải Dương"} <= set(answer.split("; "))
    assert told("cầu là gì") == told("cau la gi") == []


def test_the_words_of_the_question_need_not_match():
    def about(query: str) -> tuple[str, bool]:
        words, asked = subject([Word(text, Span(0, 0)) for text in query.split()])
        return " ".join(word.text for word in words), asked

    assert about("XDPT viết tắt của gì") == ("XDPT", True)
    assert about("danh mục chữ viết tắt") == ("danh mục chữ viết tắt", False)
    assert about("viết tắt là gì") == ("viết tắt là gì", False)
    assert planned("XDPT viết tắt của gì").words == 1


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from("TT ANTQ an ninh Tổ quốc 138 BCĐ TP . & viết tắt gì".split()), max_size=300
    ).map(" ".join)
)
def test_any_query_is_read_and_ranges_are_right(query):
    parts = [(raw, tokens(raw)) for raw in query.split()]
    size = sum(len(found) for _raw, found in parts)
    for options in ({}, {"quoted": True}, {"asked": True}):
        found = expand(parts, TABLE, **options)
        assert len(found.variants) <= VARIANTS
        for variant in found.variants:
            assert 0 <= variant.start < variant.end <= size
            assert 0 < variant.weight <= 1


def test_every_other_way_to_write_a_phrase_is_looked_for_before_several_together():
    query = "xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc"  # has six abbreviations
    variants = expanded(query, quoted=True).variants
    found = list(tokens(query))
    phrases = [each.tokens for each in Expanded(variants).phrases(found, "body", 1.0)]
    for variant in variants:
        assert any(variant.written.folds[0] in phrase for phrase in phrases[: len(variants)])
    assert ("xdpt", "toan", "dan", "bao", "ve", "antq") in phrases
    assert len(phrases) <= SEQUENCES
