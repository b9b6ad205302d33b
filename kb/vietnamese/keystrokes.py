"""Keys of an input method that nobody turned into letters: "phong trafo", "ca1n bo65".

Telex: aa ee oo dd for â ê ô đ, w for ă ơ ư, f s r x j for the tones. VNI: 1 to 5 for the tones,
6 for ^, 7 for the horn, 8 for the breve, 9 for đ. Both let a key come right behind its letter or
anywhere later in the syllable, and so does this. A key typed twice takes itself back in both ("mass" is
mas); nobody leaves such a thing standing, so it is no syllable here.

Rules: UniKey's manual of the two methods.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kb.vietnamese.normalise import nfc
from kb.vietnamese.syllables import compose, is_syllable

LONGEST = 12  # keys; nghieengs has nine, a hand that stumbles a few more

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TELEX_TONES = {"f": _GRAVE, "s": _ACUTE, "r": _HOOK, "x": _TILDE, "j": _DOT}
_VNI_TONES = {"1": _ACUTE, "2": _GRAVE, "3": _HOOK, "4": _TILDE, "5": _DOT}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"u": "ư", "o": "ơ"}
_HORN_OR_BREVE = {**_HORN, "a": "ă"}
_VOWELS = frozenset("aăâeêioôơuưy")


@lru_cache(maxsize=20_000)
def from_telex(word: str) -> str | None:
    """The syllable whose Telex keys `word` is, in the form of `match_form`; None where it is no such
    thing: not possible as a syllable, or no key in it that stands for an accent."""
    keys = nfc(word).lower()
    if len(keys) > LONGEST:
        return None
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in _TELEX_TONES and _has_vowel(letters):
            if tone:
                return None
            tone = _TELEX_TONES[key]
        elif key == "w":
            if not _shape_by_w(letters):
                return None
        elif not (_stroke(letters, key) or _double(letters, key)):
            letters.append(key)
    return _syllable(letters, tone, keys)


@lru_cache(maxsize=20_000)
def from_vni(word: str) -> str | None:
    """The same for VNI keys."""
    keys = nfc(word).lower()
    if len(keys) > LONGEST or keys.isalpha():
        return None
    letters: list[str] = []
    tone = ""
    for key in keys:
        if not key.isdigit():
            letters.append(key)
        elif key in _VNI_TONES and _has_vowel(letters) and not tone:
            tone = _VNI_TONES[key]
        elif not _shape_by_digit(letters, key):
            return None
    return _syllable(letters, tone, keys)


def _syllable(letters: list[str], tone: str, keys: str) -> str | None:
    _join_horns(letters)
    found = compose("".join(letters), tone)
    return found if found != keys and not found.isascii() and is_syllable(found) else None


def _has_vowel(letters: Sequence[str]) -> bool:
    return any(letter in _VOWELS for letter in letters)


def _rhyme_start(letters: Sequence[str]) -> int:
    """Where the rhyme may begin: the u of qu belongs to the onset."""
    return 2 if letters[:2] == ["q", "u"] else 0


def _stroke(letters: list[str], key: str) -> bool:
    """A second d, at once or behind the rhyme: no syllable ends in d."""
    if key != "d" or letters[:1] != ["d"]:
        return False
    letters[0] = "đ"
    return True


def _double(letters: list[str], key: str) -> bool:
    """A second a, e or o, at once or behind the rhyme."""
    if key not in _CIRCUMFLEX:
        return False
    if key == "o" and letters[-1:] == ["ô"]:
        letters[-1:] = ["o", "o"]  # xooong is xoong
        return True
    if key == "o" and letters[-2:] in (["o", "e"], ["o", "a"]):
        return False  # ngoeo, ngoao
    return _shape(letters, key, _CIRCUMFLEX)


def _shape(letters: list[str], wanted: str, shapes: dict[str, str]) -> bool:
    """Shape the last letter that is one of `wanted`; False where none is."""
    for place in range(len(letters) - 1, _rhyme_start(letters) - 1, -1):
        if letters[place] in wanted:
            letters[place] = shapes[letters[place]]
            return True
    return False


def _shape_by_w(letters: list[str]) -> bool:
    if _shape_first(letters, _HORN_OR_BREVE):
        return True
    if _has_vowel(letters) and letters != ["g", "i"]:
        return False
    letters.append("ư")
    return True


def _shape_by_digit(letters: list[str], key: str) -> bool:
    if key == "6":
        return _shape(letters, "aeo", _CIRCUMFLEX)
    if key == "7":
        return _shape_first(letters, _HORN)
    if key == "8":
        return _shape(letters, "a", {"a": "ă"})
    return key == "9" and _stroke(letters, "d")


def _shape_first(letters: list[str], shapes: dict[str, str]) -> bool:
    """A horn or a breve for the first letter that can bear one: uo takes two horns, oa is oă."""
    for place in range(_rhyme_start(letters), len(letters)):
        letter, following = letters[place], letters[place + 1 : place + 2]
        if letter not in shapes or (letter == "o" and following == ["a"] and "a" in shapes):
            continue
        letters[place] = shapes[letter]
        if letter == "u" and following == ["o"]:
            letters[place + 1] = "ơ"
        return True
    return False


def _join_horns(letters: list[str]) -> None:
    """u and o side by side bear two horns before another letter (hương), one at the end (thuở)."""
    for place in range(_rhyme_start(letters), len(letters) - 1):
        if (letters[place], letters[place + 1]) in (("u", "ơ"), ("ư", "o"), ("ư", "ơ")):
            at_end = place + 2 == len(letters)
            letters[place : place + 2] = ["u" if at_end else "ư", "ơ"]
