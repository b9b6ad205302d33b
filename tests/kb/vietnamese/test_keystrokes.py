"""Telex and VNI keys left as they were typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.vietnamese.keystrokes import from_telex, from_vni
from kb.vietnamese.syllables import all_syllables

TELEX = """
trafo trào | traof trào | kees kế | hoachj hoạch | hoajch hoạch | xaay xây | xaya xây | duwngj dựng
dduwowngf đường | duongdwf đường | dduongwf đường | ddoong đông | doongd đông | nguwowif người
nguoiwf người | nghieepj nghiệp | nghiepej nghiệp | quyeets quyết | quyetse quyết | quaanf quần
quawn quăn | quys quý | hoaf hòa | hofa hòa | thuys thúy | khoer khỏe | thuowr thuở | muoons muốn
uwu ưu | cuuws cứu | hwowu hươu | huouw hươu | ruouwj rượu | oawts oắt | hoawcj hoặc | gif gì
gieengs giếng | giwx giữ | giuwx giữ | tw tư | nhwngx những | wng ưng | ys ý | yeeu yêu | ddawks đắk
toafn toàn | thuwa thưa | thuaw thưa | luaat - | luaatj luật | xooong - | xooongs xoóng
PHONG - | TRAOF trào | DDOONG đông | đoongf đồng
phong - | trao - | mass - | boss - | class - | camera - | covid - | server -
w ư | ww - | sss - | aaa -
test tét | bus bú | post pót | traoff - | khoeo - | ngoeos ngoéo | dddd - | fax -
windows - | pv05 - | nghieeengs -
"""

VNI = """
ca1n cán | can1 cán | bo65 bộ | bo56 bộ | bo6 bô | ke61 kế | ke16 kế | hoach5 hoạch | hoa5ch hoạch
d9o6ng đông | dong96 đông | d9uo7ng2 đường | nguoi72 người | nguo7i2 người | ngu7o7i2 người
hu7o7u hươu | thuo73 thuở | muo6n1 muốn | hoa85c hoặc | quy1 quý | hoa2 hòa | ho2a hòa | cu71u cứu
thua7 thưa | gi2 gì | giu74 giữ | tu7 tư | y1 ý | TRAO2 trào
phong - | v28 - | pv05 - | m2 - | h5n1 - | 2020 - | 12a - | covid19 - | a44 - | ca11n - | bo66 -
u8 - | e7 - | a4 ã | pa05 - | x11 - | qd1 - | tt09 - | b6 - | 9d -
"""


def table(text: str) -> list[tuple[str, str | None]]:
    rows = [cell.strip().split(" ") for line in text.splitlines() for cell in line.split("|")]
    return [(row[0], None if row[-1] == "-" else row[-1]) for row in rows if row != [""]]


@pytest.mark.parametrize(("keys", "syllable"), table(TELEX))
def test_telex(keys: str, syllable: str | None) -> None:
    assert from_telex(keys) == syllable


@pytest.mark.parametrize(("keys", "syllable"), table(VNI))
def test_vni(keys: str, syllable: str | None) -> None:
    assert from_vni(keys) == syllable


def test_no_keys_at_all() -> None:
    assert from_telex("") is from_vni("") is None


@given(st.text(max_size=20) | st.text("aeouiydwfsrxjzntgchq0123456789đươêô", max_size=14))
def test_any_text(text: str) -> None:
    for found in (from_telex(text), from_vni(text)):
        assert found is None or found in all_syllables()


TELEX_SHAPES = dict(zip("âêôđăơư", ("aa", "ee", "oo", "dd", "aw", "ow", "uw"), strict=True))
VNI_SHAPES = dict(zip("âêôđăơư", ("a6", "e6", "o6", "d9", "a8", "o7", "u7"), strict=True))
TELEX_TONES = dict(zip("\u0300\u0301\u0309\u0303\u0323", "fsrxj", strict=True))
VNI_TONES = dict(zip("\u0300\u0301\u0309\u0303\u0323", "21345", strict=True))


def typed(syllable: str, shapes: dict[str, str], tones: dict[str, str], at_end: bool) -> str:
    """The keys of a syllable: shapes behind their letters, the tone there too or at the end."""
    keys, tone, before = "", "", ""
    for letter in syllable:
        marks = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        keys += "oo" if shapes is TELEX_SHAPES and bare == before == "o" else shapes.get(bare, bare)
        before = bare
        for mark in marks:
            if mark in tones:
                tone = tones[mark]
                keys += "" if at_end else tone
    return keys + (tone if at_end else "")


@pytest.mark.parametrize("at_end", [True, False])
def test_every_syllable_can_be_read_back(at_end: bool) -> None:
    accented = [syllable for syllable in all_syllables() if not syllable.isascii()]
    assert len(accented) > 10_000
    for syllable in accented:
        assert from_telex(typed(syllable, TELEX_SHAPES, TELEX_TONES, at_end)) == syllable
        assert from_vni(typed(syllable, VNI_SHAPES, VNI_TONES, at_end)) == syllable
