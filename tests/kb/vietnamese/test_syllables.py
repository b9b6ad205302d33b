"""Syllables: what the spelling allows, and what damaged text looks like."""

from __future__ import annotations

import pytest

from kb.vietnamese.syllables import is_syllable, quality

REAL = """hòa hoà khỏe khoẻ thúy thuý ủy uỷ quý quỳ quỹ hoàn hoàng khoảng ngoài xoáy khoét huỳnh khuỷu
suýt huyện quyết tuyến thuyền tuần thuế tuệ thuở quà giá giữa mía múa của lúa cứa chìa người hiểu Đoàn
chuyển Nguyễn nghiêng ghế gì giếng gìn yêu yên ý ở ô ạ khuya ngoằn xoong quốc quýt oẳn tòan qúy đường
ĐẢNG Ủy Đắk Lắk Kạn"""
UNACCENTED = "xay dung phong trao toan dan bao ve cac nguoi duong Nguyen quyet"
IMPOSSIBLE = """cế ke1 gê ngê kả ghà càc hộp1 téch bzt ẫnn ViÖt hoµ nghÜa Céngx chñ tr­íc aø ngöôøi
Đrắc xtray wy fax jun quă ềă uyễnn"""


@pytest.mark.parametrize("text", REAL.split())
def test_what_the_spelling_allows(text: str) -> None:
    assert is_syllable(text)
    assert is_syllable(text.upper())


@pytest.mark.parametrize("text", UNACCENTED.split())
def test_syllables_typed_without_accents(text: str) -> None:
    assert is_syllable(text)


@pytest.mark.parametrize("text", IMPOSSIBLE.split())
def test_what_no_syllable_looks_like(text: str) -> None:
    assert not is_syllable(text)


def test_stopped_rhymes_bear_two_tones_only() -> None:
    assert [is_syllable(s) for s in ("các", "cạc", "càc", "cảc", "cãc")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_quality_of_good_text_is_one() -> None:
    assert (
        quality(
            "Công an tỉnh Hà Tĩnh (PV05) gửi Kế hoạch số 12/KH-CAT-PV05, UBND huyện; https://a.vn/x"
        )
        == 1
    )


def test_quality_composes_marks_first() -> None:
    decomposed = "Co\u0302ng an ti\u0309nh"
    assert quality(decomposed) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc",  # TCVN3
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp töï do haïnh phuùc",  # VNI
        "c ô ng  v ă n  h ư ớ ng  d ẫ n  th ự c hi ệ n",  # torn by a wrong word margin
    ],
)
def test_quality_of_wrecked_text_is_low(text: str) -> None:
    assert quality(text) < 0.7


def test_quality_says_nothing_where_there_are_no_words() -> None:
    assert quality("") == 1.0
    assert quality("12/3/2025 - 45%") == 1.0
    assert quality("UBND, HĐND, MTTQ, PV05, NĐ-CP") == 1.0


def test_list_labels_are_no_words() -> None:
    assert quality("b) Phối hợp; c) Báo cáo; d) Đôn đốc") == 1.0
