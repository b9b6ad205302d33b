"""What a wrong syllable may have been meant as, and how unlikely each slip is.

A cost is minus the natural logarithm of a rough chance; only their order and the distance to what
the documents say of the neighbours matter. Two kinds of slips: other accents on the same letters
(`accent_cost`), and other letters (`near`).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from kb.vietnamese.normalise import fold_form
from kb.vietnamese.syllables import all_folded

BARE = 1.5  # typed without any accent: hardly a slip
MISPLACED = 0.5  # the right tone on the wrong letter: nghiã
CONFUSED_TONE = 3.0  # hỏi and ngã sound alike in half of the country
DROPPED = 3.5  # a tone or a shape that was not typed: hoach with kế before it
WRONG_TONE, WRONG_SHAPE = 4.5, 5.0

TEXTING = 3.5  # f for ph, z for d
SOUND = 4.5  # x for s, ch for tr: alike in one of the dialects
DOUBLED, SWAPPED, LETTER = 4.0, 4.5, 5.5  # hoacch; taro; one letter more, less or other

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_HOOK_TILDE = {"\u0309", "\u0303"}

Ends = Sequence[tuple[str, str]]  # written, meant


def _both_ways(pairs: Ends) -> Ends:
    return (*pairs, *((meant, written) for written, meant in pairs))


# Texting spellings (teencode): onsets, codas, whole words.
_TEXTING_ONSETS: Ends = (
    *(("f", "ph"), ("dz", "d"), ("dz", "gi"), ("z", "d"), ("z", "gi"), ("j", "gi"), ("gj", "gi")),
    *(("w", "qu"), ("kw", "qu"), ("q", "qu"), ("k", "kh"), ("c", "k"), ("k", "c")),
    *(("ng", "ngh"), ("ngh", "ng"), ("g", "gh"), ("gh", "g")),
)
_TEXTING_CODAS: Ends = (("g", "ng"), ("h", "nh"), ("k", "ch"), ("k", "c"), ("j", "i"), ("w", "u"))
_TEXTING_WORDS: Mapping[str, tuple[str, ...]] = {
    "ko": ("khong",),
    "k": ("khong",),
    "hok": ("khong",),
    "khg": ("khong",),
    "dc": ("duoc",),
    "j": ("gi",),
    "vs": ("voi", "va"),
    "ng": ("nguoi",),
    "nc": ("nuoc",),
}
# What sounds alike in one of the dialects.
_SOUND_ONSETS = _both_ways(
    (
        ("s", "x"),
        ("ch", "tr"),
        ("d", "gi"),
        ("d", "r"),
        ("gi", "r"),
        ("d", "v"),
        ("gi", "v"),
        ("l", "n"),
    )
)
_SOUND_CODAS = _both_ways((("n", "ng"), ("t", "c"), ("n", "nh"), ("t", "ch")))


def accent_cost(typed: str, meant: str) -> float:
    """How unlikely it is that `meant` was typed as `typed`; both forms with the same letters but for
    their accents. 0 for the same."""
    if typed == meant:
        return 0.0
    if typed == fold_form(typed):
        return BARE
    (typed_letters, typed_tone), (letters, tone) = _parts(typed), _parts(meant)
    cost = 0.0
    if typed_tone != tone:
        if not typed_tone:
            cost += DROPPED
        elif {typed_tone, tone} == _HOOK_TILDE:
            cost += CONFUSED_TONE
        else:
            cost += WRONG_TONE
    if typed_letters != letters:
        cost += DROPPED if _only_dropped(typed_letters, letters) else WRONG_SHAPE
    return cost or MISPLACED


def letters_cost(typed: str, meant: str) -> float:
    """The same where the letters differ too, for the accents alone: their kinds are compared, not
    their places."""
    if typed == fold_form(typed):
        return BARE if meant != fold_form(meant) else 0.0
    (typed_letters, typed_tone), (letters, tone) = _parts(typed), _parts(meant)
    same_shapes = _shapes(typed_letters) == _shapes(letters)
    return (0.0 if typed_tone == tone else WRONG_TONE) + (0.0 if same_shapes else WRONG_SHAPE)


@lru_cache(maxsize=20_000)
def near(folded: str) -> tuple[tuple[str, float], ...]:
    """Other syllables (without accents) one slip away, with the cost of the slip, likeliest first."""
    costs: dict[str, float] = {}
    for meant, cost in (*_texting(folded), *_sounding(folded), *_mistyped(folded)):
        if meant != folded:
            costs[meant] = min(cost, costs.get(meant, cost))
    return tuple(sorted(costs.items(), key=lambda item: (item[1], item[0])))


def _parts(form: str) -> tuple[str, str]:
    """Letters with their shapes, and the tone."""
    marks = unicodedata.normalize("NFD", form)
    tone = next((mark for mark in marks if mark in _TONES), "")
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES)), tone


def _only_dropped(typed: str, letters: str) -> bool:
    """Does `typed` lack shapes of `letters`, and has none of its own?"""
    return all(a in (b, fold_form(b)) for a, b in zip(typed, letters, strict=True))


def _shapes(letters: str) -> list[str]:
    return sorted(letter for letter in letters if not letter.isascii())


def _texting(folded: str) -> Iterator[tuple[str, float]]:
    for meant in _TEXTING_WORDS.get(folded, ()):
        yield meant, TEXTING
    for meant in _with_other_ends(folded, _TEXTING_ONSETS, _TEXTING_CODAS):
        yield meant, TEXTING


def _sounding(folded: str) -> Iterator[tuple[str, float]]:
    for meant in _with_other_ends(folded, _SOUND_ONSETS, _SOUND_CODAS):
        yield meant, SOUND


def _with_other_ends(folded: str, onsets: Ends, codas: Ends) -> Iterator[str]:
    """Syllables with another onset, another coda, or both."""
    starts = {folded}
    for written, meant in onsets:
        if folded.startswith(written):
            starts.add(meant + folded[len(written) :])
    for start in starts:
        ends = (start[: -len(written)] + meant for written, meant in codas if start.endswith(written))
        for candidate in (start, *ends):
            if candidate in all_folded():
                yield candidate


def _mistyped(folded: str) -> Iterator[tuple[str, float]]:
    """Syllables one letter away: one more, one less, another, or two neighbours swapped."""
    if len(folded) < 2:
        return  # a letter is near to everything
    shorter = _shorter()
    for place in range(len(folded)):
        less = folded[:place] + folded[place + 1 :]
        doubled = place and folded[place] == folded[place - 1]
        if less in all_folded():
            yield less, DOUBLED if doubled else LETTER
        for meant in shorter.get(less, ()):
            if len(meant) == len(folded):
                is_swap = sorted(meant) == sorted(folded) and _swapped(folded, meant)
                if is_swap or _differ_once(folded, meant):
                    yield meant, SWAPPED if is_swap else LETTER
    for meant in shorter.get(folded, ()):
        yield meant, LETTER


@lru_cache(maxsize=1)
def _shorter() -> Mapping[str, tuple[str, ...]]:
    """What is left of the syllables without one of their letters -> the syllables."""
    found: dict[str, set[str]] = defaultdict(set)
    for syllable in all_folded():
        for place in range(len(syllable)):
            found[syllable[:place] + syllable[place + 1 :]].add(syllable)
    return {left: tuple(sorted(syllables)) for left, syllables in found.items()}


def _differ_once(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _swapped(one: str, other: str) -> bool:
    """Do they differ only by two neighbouring letters that changed places?"""
    different = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(different) == 2 and different[1] == different[0] + 1
