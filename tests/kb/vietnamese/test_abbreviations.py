"""Abbreviations: expanded, contracted, written out."""

from kb.vietnamese import abbreviations


def test_an_abbreviation_has_its_meaning() -> None:
    (only,) = abbreviations.expand("XDPT")
    assert only.text == "xây dựng phong trào"
    assert abbreviations.expand("không có") == ()


def test_an_ambiguous_one_lists_all_meanings_the_usual_one_first() -> None:
    meanings = [expansion.text for expansion in abbreviations.expand("TT")]
    assert meanings[0] == "thị trấn"
    assert "Thông tư" in meanings


def test_case_and_accents_decide_only_where_they_can() -> None:
    assert [e.text for e in abbreviations.expand("TTr")] == ["Tờ trình"]
    assert [e.text for e in abbreviations.expand("antq")] == ["an ninh Tổ quốc"]
    assert {e.abbreviation for e in abbreviations.expand("da")} == {"ĐA", "DA"}


def test_memory_entries_are_marked() -> None:
    assert abbreviations.expand("XDPT")[0].checked
    assert not abbreviations.expand("CSHS")[0].checked


def test_phrases_contract_with_or_without_commas_and_accents() -> None:
    assert "ANTT" in abbreviations.contract("an ninh trật tự")
    assert "ANTT" in abbreviations.contract("an ninh, trật tự")
    assert abbreviations.contract("uy ban nhan dan") == ("UBND",)
    assert abbreviations.contract("một câu bất kỳ") == ()


def test_writing_out_leaves_words_alone() -> None:
    assert abbreviations.write_out("XDPT toàn dân bảo vệ ANTQ") == (
        "xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc"
    )
    assert abbreviations.write_out("cat, cap, TT") == "cat, cap, TT"
    assert abbreviations.write_out("bao ve antq", any_case=True) == "bao ve an ninh Tổ quốc"
    assert abbreviations.write_out("cat cap", any_case=True) == "cat cap"
