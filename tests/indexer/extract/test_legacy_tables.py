"""The code tables: every letter there and back, in each encoding."""

from __future__ import annotations

import pytest
from legacy_samples import LETTERS, SMALL, TEXT, encoded, shown

from indexer.extract.legacy_tables import ENCODINGS, TCVN3, VISCII, VNI, VPS

OTHERS = [VNI, VISCII, VPS]


def test_there_are_134_letters():
    assert len(LETTERS) == len(set(LETTERS)) == 134


@pytest.mark.parametrize("encoding", OTHERS, ids=lambda e: e.name)
def test_all_letters_there_and_back(encoding):
    for letter in LETTERS:
        assert encoding.decode(encoded(letter, encoding)) == letter
    assert encoding.decode(encoded(LETTERS, encoding)) == LETTERS


def test_tcvn3_has_small_letters_and_seven_capitals():
    for letter in SMALL + "đĂÂÊÔƠƯĐ":
        assert TCVN3.decode(encoded(letter, TCVN3)) == letter
    assert set(TCVN3.letters.values()) == set(SMALL + "đĂÂÊÔƠƯĐ")


def test_tcvn3_leaves_other_capitals_to_the_font():
    assert TCVN3.decode(encoded(SMALL.upper(), TCVN3)).upper() == SMALL.upper()


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda e: e.name)
def test_a_text_there_and_back_as_windows_shows_it(encoding):
    codes = encoded(TEXT, encoding)
    assert encoding.decode(codes) == TEXT
    assert encoding.decode(shown(codes)) == TEXT  # codes of 0x80-0x9F as Windows-1252 has them


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda e: e.name)
def test_each_character_is_accounted_for(encoding):
    codes = encoded(TEXT, encoding)
    pieces = encoding.decode_each(codes)
    assert len(pieces) == len(codes)
    assert "".join(pieces) == TEXT


def test_vni_marks_may_be_of_the_other_case():
    assert VNI.decode("Aø aØ OÄ Oä ÖÕ Öõ") == "À à Ộ Ộ Ữ Ữ"
    assert VNI.decode("iø iù yï í ì") == "ì í ỵ í ì"


def test_symbol_fonts_keep_codes_in_the_private_area():
    assert TCVN3.decode("H\uf0b5 N\uf0e9i") == "Hà Nội"


def test_what_pdf_readers_make_of_two_letters_of_tcvn3():
    assert TCVN3.decode("n−íc, nh− l∙nh −¬ng") == "nước, như lãnh ương"
    assert TCVN3.decode("5 − 3 = 2 ∙ 1") == "5 − 3 = 2 ∙ 1"  # signs among numbers stay signs


def test_ascii_is_the_same_everywhere():
    text = "Email: abc@example.vn, 12/QD-UBND (2005)"
    for encoding in ENCODINGS:
        assert encoding.decode(text) == text
