"""Streams and offsets of the one analyser."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kb.vietnamese import analyser
from kb.vietnamese.analyser import accent_key, analyse, fingerprint, tokens
from kb.vietnamese.normalise import nfc


def test_streams_of_a_sentence():
    streams = analyse("Uỷ ban nhân dân tỉnh, Hoà Bình.")
    assert streams.syllable == ["ủy", "ban", "nhân", "dân", "tỉnh", "hòa", "bình"]
    assert streams.fold == ["uy", "ban", "nhan", "dan", "tinh", "hoa", "binh"]
    assert "ủy_ban" in streams.word
    assert streams.pair[:2] == ["uy_ban", "ban_nhan"]
    assert "tinh_hoa" in streams.pair  # a comma does not part neighbours
    assert streams.bare == []


def test_pairs_stop_at_the_end_of_a_sentence():
    assert "tot_nam" not in analyse("Làm tốt. Năm sau").pair


def test_symbols_and_dates_are_words_of_their_own():
    streams = analyse("Kế hoạch số 12/KH-CAT-PV05 ngày 04/8/2019 của tỉnh")
    assert "12_kh_cat_pv05" in streams.word
    assert "4_8_2019" in streams.word
    assert streams.syllable[3:7] == ["12", "kh", "cat", "pv05"]


def test_leading_zeros_do_not_part_numbers():
    assert analyse("04/08").syllable == analyse("4/8").syllable == ["4", "8"]
    assert analyse("0 00 2020").syllable == ["0", "0", "2020"]


def test_passages_without_accents_are_told():
    text = "Công an tỉnh thông báo. Kinh gui cac don vi dia phuong trong tinh"
    assert analyse(text).bare == "kinh gui cac don vi dia phuong trong tinh".split()


def test_capitals_are_segmented_like_small_letters():
    assert "an_ninh" in analyse("BẢO VỆ AN NINH TỔ QUỐC").word


def test_offsets_point_into_the_text():
    text = "Số: 12/KH-CAT; Đảng uỷ"
    assert [text[t.start : t.end] for t in tokens(text)] == ["Số", "12", "KH", "CAT", "Đảng", "uỷ"]


def test_fingerprint_is_stable():
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16


@given(st.text())
def test_any_text_is_analysed_into_clean_tokens(text):
    text = nfc(text)
    streams = analyse(text)
    for stream in (streams.syllable, streams.fold, streams.word, streams.pair, streams.bare):
        assert all(token and not any(c.isspace() for c in token) for token in stream)
    assert len(streams.syllable) == len(streams.fold)
    assert all(0 <= t.start < t.end <= len(text) for t in tokens(text))


def test_accents_stand_behind_what_they_are_looked_up_by():
    text = "Bảo vệ năm 2020 hoà bình. Toàn dân; ke hoach ngay hoi"
    assert analyse(text).accents == [
        *("bao=bảo", "ve=vệ", "nam=năm", "hoa=hòa", "binh=bình", "toan=toàn", "dan=dân"),
        *("bao_ve=bảo_vệ", "ve_nam=vệ_năm", "nam_#=năm_#", "#_hoa=#_hòa", "hoa_binh=hòa_bình"),
        "toan_dan=toàn_dân",
    ]
    assert accent_key("hoa", "binh") == "hoa_binh="


def test_a_long_text_is_analysed_in_parts_without_a_word_lost(monkeypatch):
    paragraph = "Công an tỉnh phát động thi đua số 12/KH-CAT ngày 04/8/2019.\n\n"
    spaced, unspaced = paragraph * 40, "a" * 30 + "-" * 500 + "b" * 30
    whole = [analyse(spaced), analyse(spaced.replace("\n", " ")), analyse(unspaced)]
    monkeypatch.setattr(analyser, "PART", 100)
    in_parts = [analyse(spaced), analyse(spaced.replace("\n", " ")), analyse(unspaced)]
    assert in_parts[0].word == whole[0].word
    assert in_parts[0].pair == whole[0].pair
    assert Counter(in_parts[0].accents) == Counter(whole[0].accents)
    for part, all_of_it in zip(in_parts, whole, strict=True):
        assert part.syllable == all_of_it.syllable
