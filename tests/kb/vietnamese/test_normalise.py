"""Forms of text. Tone pairs: text-normalisation facts of the domain notes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.vietnamese.normalise import clean, fold, has_accents, nfc, old_tone

OLD_NEW = """
hòa/hoà Hòa/Hoà HÓA/HOÁ khóa/khoá tỏa/toả HỎA/HOẢ xõa/xoã họa/hoạ dọa/doạ xóa/xoá tòa/toà lóa/loá
nhòa/nhoà khỏe/khoẻ xòe/xoè khóe/khoé lòe/loè chóe/choé tóe/toé họe/hoẹ ngóe/ngoé thúy/thuý ủy/uỷ
Ủy/Uỷ ỦY/UỶ túy/tuý thủy/thuỷ tùy/tuỳ hủy/huỷ lũy/luỹ thụy/thuỵ lũy/luỹ nhụy/nhuỵ góa/goá
""".split()
SAME = """
quý quỳ quỷ quỹ quỵ hoàn hoàng khoảng toán ngoài xoáy loại khoét huỳnh khuỷu suýt huyện quyết tuyến
thuyền tuần thuế tuệ thuở quà quả giá già giữa mía múa của lúa cứa chìa người hiểu đoàn thoát chuyển
xuất nguyễn
""".split()
MISPLACED = [("tòan", "toàn"), ("hòan", "hoàn"), ("qúy", "quý"), ("khỏan", "khoản"), ("lọai", "loại")]


@pytest.mark.parametrize("pair", OLD_NEW)
def test_new_tone_placement_becomes_old(pair):
    old, new = pair.split("/")
    assert old_tone(new) == old
    assert old_tone(old) == old


@pytest.mark.parametrize("word", SAME)
def test_words_with_one_spelling_stay(word):
    assert old_tone(word) == word


@pytest.mark.parametrize(("typed", "meant"), MISPLACED)
def test_a_tone_on_the_wrong_vowel_is_moved(typed, meant):
    assert old_tone(typed) == meant


def test_fold_takes_every_accent_and_the_d_stroke():
    assert fold("Độc lập – Tự do – Hạnh phúc ƯƠNG") == "doc lap – tu do – hanh phuc uong"


def test_nfc_repairs_a_tone_typed_before_the_circumflex():
    assert nfc("a\u0301\u0302") == "ấ"
    assert nfc("o\u0300\u0302ng") == "ồng"


def test_clean_drops_what_nobody_sees():
    assert clean("\ufeffke\u0302\u0301 ho\u200bạch\r\nsố\u00a01\x00 ﬁ") == "kế hoạch\nsố 1 fi"


def test_has_accents():
    assert has_accents("kế")
    assert has_accents("đi")
    assert not has_accents("An Ninh")


@given(st.text())
def test_fold_keeps_the_length_of_nfc_vietnamese(text):
    text = "".join(c for c in nfc(text) if c.isascii() or "\u00c0" <= c <= "\u1ef9")
    if all(unicodedata.combining(c) == 0 for c in text) and "\u0130" not in text:
        assert len(fold(text)) == len(text) or not unicodedata.is_normalized("NFC", text)


@given(st.text())
def test_clean_is_stable(text):
    assert clean(clean(text)) == clean(text)
