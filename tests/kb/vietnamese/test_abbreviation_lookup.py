"""Look-up in both directions: the table joined with what documents explain."""

from kb.vietnamese.abbreviation_lookup import Counted, Lookup

TABLE = Lookup()


def texts(lookup: Lookup, abbreviation: str) -> list[str]:
    return [meaning.expansion for meaning in lookup.meanings(abbreviation)]


def shorts(lookup: Lookup, phrase: str) -> list[str]:
    return [meaning.abbreviation for meaning in lookup.abbreviations_of(phrase)]


def test_an_abbreviation_has_its_meaning_in_any_case() -> None:
    assert texts(TABLE, "XDPT") == texts(TABLE, " xdpt ") == ["xây dựng phong trào"]
    assert texts(TABLE, "TPHCM") == texts(TABLE, "TP HCM") == ["Thành phố Hồ Chí Minh"]
    assert texts(TABLE, "không có") == texts(TABLE, "") == []


def test_an_ambiguous_one_has_all_meanings_the_usual_one_first() -> None:
    found = texts(TABLE, "TT")
    assert found[0] == "thị trấn"
    assert "Thông tư" in found
    shares = [meaning.share for meaning in TABLE.meanings("TT")]
    assert shares == sorted(shares, reverse=True)
    assert abs(sum(shares) - 1.0) < 1e-9


def test_case_and_letters_decide_only_where_they_can() -> None:
    assert texts(TABLE, "TTr") == ["Tờ trình"]
    assert texts(TABLE, "ĐA") == ["Đề án"]
    assert texts(TABLE, "DA") == ["Dự án"]
    assert set(texts(TABLE, "da")) == {"Đề án", "Dự án"}
    assert texts(TABLE, "hdnd") == texts(TABLE, "HĐND") == ["Hội đồng nhân dân"]
    assert texts(TABLE, "TƯ") == ["Trung ương"]
    assert texts(TABLE, "TU")[0] == "Tỉnh ủy"


def test_phrases_contract_with_or_without_commas_and_accents() -> None:
    assert "ANTT" in shorts(TABLE, "an ninh trật tự")
    assert "ANTT" in shorts(TABLE, "An ninh, Trật tự")
    assert shorts(TABLE, "uy ban nhan dan") == ["UBND"]
    assert shorts(TABLE, "phòng cháy và chữa cháy") == ["PCCC"]
    assert shorts(TABLE, "cần bộ") == []  # other accents are another phrase
    assert shorts(TABLE, "cán") == shorts(TABLE, "") == shorts(TABLE, "một câu bất kỳ") == []


def test_documents_add_meanings_and_count() -> None:
    lookup = Lookup([Counted("ANTQ", "An ninh Tổ quốc", 3), Counted("TTQAN", "tổ tự quản an ninh", 2)])
    (antq,) = lookup.meanings("ANTQ")
    assert (antq.expansion, antq.documents, antq.in_table) == ("an ninh Tổ quốc", 3, True)
    (own,) = lookup.meanings("ttqan")
    assert (own.documents, own.in_table, own.certain) == (2, False, True)
    assert shorts(lookup, "tổ tự quản an ninh") == ["TTQAN"]
    assert [meaning.abbreviation for meaning in lookup.all()] == ["ANTQ", "TTQAN"]


def test_writings_merge_under_the_best_one() -> None:
    lookup = Lookup(
        [
            Counted("NTTQ", "NHÀ TRỌ TỰ QUẢN", 9),
            Counted("NTTQ", "nha tro tu quan", 5),
            Counted("NTTQ", "Nhà trọ tự quản", 1),
            Counted("NTTQ", "nhà trọ tự quản", 2),
            Counted("QP&AN", "quốc phòng và an ninh", 1),
            Counted("QPAN", "quốc phòng, an ninh", 1),
        ]
    )
    (one,) = lookup.meanings("NTTQ")
    assert (one.expansion, one.documents) == ("nhà trọ tự quản", 17)
    merged = lookup.meanings("QPAN")
    assert [meaning.documents for meaning in merged] == [2]
    assert {long.folds for long in merged[0].longs} >= {("quoc", "phong", "va", "an", "ninh")}


def test_one_document_counts_less_than_the_table() -> None:
    lookup = Lookup([Counted("ANTQ", "an toàn quay", 1), Counted("ZZQ", "zzz quay quay", 1)])
    assert texts(lookup, "ANTQ") == ["an ninh Tổ quốc", "an toàn quay"]
    assert not lookup.meanings("ZZQ")[0].certain
    often = Lookup([Counted("KDC", "kho dữ chung", 200)])
    assert texts(often, "KDC") == ["kho dữ chung", "khu dân cư"]  # what this library means by it


def test_a_long_form_may_hold_another_abbreviation() -> None:
    (meaning,) = TABLE.meanings("BVANTQ")
    assert ("bao", "ve", "antq") in {long.folds for long in meaning.longs}
    assert "BVANTQ" in shorts(TABLE, "bảo vệ ANTQ")
