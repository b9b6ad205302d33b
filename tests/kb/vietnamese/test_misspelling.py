"""What slips cost, and which syllables are one slip away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kb.vietnamese import misspelling as m
from kb.vietnamese.misspelling import accent_cost, letters_cost, near
from kb.vietnamese.normalise import fold_form
from kb.vietnamese.syllables import all_folded, all_syllables


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("trào", "trào", 0.0),
        ("trao", "trào", m.BARE),
        ("nghiã", "nghĩa", m.MISPLACED),
        ("nghỉ", "nghĩ", m.CONFUSED_TONE),
        ("hoach", "hoạch", m.BARE),
        ("kê", "kế", m.DROPPED),  # the tone is missing
        ("dung", "dựng", m.BARE),
        ("dụng", "dựng", m.DROPPED),  # the horn is missing
        ("dựng", "dụng", m.WRONG_SHAPE),
        ("kể", "kế", m.WRONG_TONE),
        ("dừng", "dụng", m.WRONG_TONE + m.WRONG_SHAPE),
    ],
)
def test_accents(typed: str, meant: str, cost: float) -> None:
    assert accent_cost(typed, meant) == cost


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("tàro", "trào", 0.0),
        ("taro", "trào", m.BARE),
        ("taro", "trao", 0.0),
        ("táro", "trào", m.WRONG_TONE),
        ("hoạcch", "hoạch", 0.0),
        ("quôcc", "quốc", m.WRONG_TONE),
        ("chuơng", "trương", m.WRONG_SHAPE),
    ],
)
def test_accents_of_other_letters(typed: str, meant: str, cost: float) -> None:
    assert letters_cost(typed, meant) == cost


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("fong", "phong", m.TEXTING),
        ("dzan", "dan", m.TEXTING),
        ("zang", "dang", m.TEXTING),
        ("zi", "gi", m.LETTER),  # also one letter away
        ("jao", "giao", m.TEXTING),
        ("wan", "quan", m.TEXTING),
        ("trog", "trong", m.TEXTING),
        ("thik", "thich", m.TEXTING),
        ("ko", "khong", m.TEXTING),
        ("dc", "duoc", m.TEXTING),
        ("say", "xay", m.SOUND),
        ("xay", "say", m.SOUND),
        ("chuong", "truong", m.SOUND),
        ("lam", "nam", m.SOUND),
        ("taro", "trao", m.SWAPPED),
        ("haoch", "hoach", m.SWAPPED),
        ("hoacch", "hoach", m.DOUBLED),
        ("hoch", "hoach", m.LETTER),
        ("hoajch", "hoach", m.LETTER),
        ("hoech", "hoach", m.LETTER),
    ],
)
def test_one_slip_away(typed: str, meant: str, cost: float) -> None:
    assert dict(near(typed))[meant] == cost


@pytest.mark.parametrize("typed", ["asdfgh", "camera", "amsterdam", "", "qwerty", "2022"])
def test_nothing_is_near(typed: str) -> None:
    assert near(typed) == ()


@hypothesis_settings(deadline=None)  # the first call makes the table of all syllables
@given(st.text(max_size=9) | st.text("aeiouyqwrtpdghklcvbnm", max_size=7))
def test_any_word(typed: str) -> None:
    found = near(typed)
    assert all(meant in all_folded() and meant != typed and cost > 0 for meant, cost in found)
    assert [cost for _meant, cost in found] == sorted(cost for _meant, cost in found)
    assert len({meant for meant, _cost in found}) == len(found)


def test_any_accents_of_the_same_letters() -> None:
    forms: dict[str, list[str]] = {}
    for syllable in sorted(all_syllables()):
        forms.setdefault(fold_form(syllable), []).append(syllable)
    for same in list(forms.values())[::50]:
        for typed in same:
            for meant in same:
                assert (accent_cost(typed, meant) > 0) == (typed != meant)
