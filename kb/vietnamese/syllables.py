"""Which strings can be a Vietnamese syllable, and how much of a text is made of such strings.

A syllable is onset + rhyme + tone. The spelling leaves about 19,000 combinations, so all of them
are written out once, and a look-up in that set is the whole test. It tells text from
the wreckage of legacy encodings, torn PDF letters and bad OCR; it is no dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from kb.vietnamese.normalise import fold, match_form, nfc


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# c, g, ng are written before back vowels, k, gh, ngh before front vowels; the rest before both.
_BACK_ONSETS = ("c", "g", "ng")
_FRONT_ONSETS = ("k", "gh", "ngh")
_FREE_ONSETS = _listed("b ch d đ gi h kh l m n nh p ph r s t th tr v x")
_FRONT_VOWELS = frozenset("eêiy")
_Y_ONSETS = _listed("h k kh l m n nh s t th tr v x")  # lý, kỹ, sỹ, mỹ, thy; never by, cy

_RHYMES = _listed(
    """a e ê i o ô ơ u ư y ia ua ưa oa oe uê uơ uy uya
    ai ao au ay âu ây eo êu iu oi ôi ơi ui ưi ưu iêu yêu ươi ươu uôi oai oay oeo oao uây uyu uêu
    am ăm âm em êm im om ôm ơm um ưm iêm yêm uôm ươm oam oăm oem uym
    an ăn ân en ên in on ôn ơn un ưn iên yên uôn ươn oan oăn oen uân uên uyn uyên
    ang ăng âng eng êng ong ông ung ưng iêng yêng uông ương oang oăng oeng uâng oong
    anh ênh inh oanh uênh uynh
    ap ăp âp ep êp ip op ôp ơp up ưp iêp ươp uôp oap oăp oep uâp uyp
    at ăt ât et êt it ot ôt ơt ut ưt iêt yêt uôt ươt oat oăt oet uât uêt uyt uyêt
    ac ăc âc ec oc ôc uc ưc iêc uôc ươc oac oăc ooc
    ach êch ich oach uêch uych"""
)
# After qu the rhyme's own vowel follows: quả, quý, quyền, quốc, quýt, quỳnh.
_QU_RHYMES = _listed(
    """a ai am an ang anh ao ap at ac ach ay au ăm ăn ăng ăp ăt ăc âm ân âng âp ât âu ây
    e en eng eo et ê ên ênh êt êch êu i in inh it ich y ych yên yêt yn ynh yt yu ô ôc ôi ơ ơi ơn"""
)
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_STOPPED_TONES = ("\u0301", "\u0323")  # rhymes on -p, -t, -c, -ch bear only sắc and nặng
_VOWELS = frozenset("aăâeêioôơuưy")
# Place names in the spelling of other languages of the country.
_NAMES = _listed("kạn đắk đăk lắk lăk krông pleiku kon plông rlấp pắk păk ayun")


def _with_tone(rhyme: str, tone: str) -> str:
    """`rhyme` with `tone` where the old style writes it: hòa, thúy, but hoàn, muốn, ngoài."""
    vowels = [i for i, letter in enumerate(rhyme) if letter in _VOWELS]
    shaped = [i for i in vowels if rhyme[i] in "ăâêôơư"]
    closed = vowels[-1] < len(rhyme) - 1
    if shaped:
        place = shaped[-1]
    elif len(vowels) == 1:
        place = vowels[0]
    elif closed or len(vowels) == 3:
        place = vowels[1]
    else:
        place = vowels[0]
    return unicodedata.normalize("NFC", rhyme[: place + 1] + tone + rhyme[place + 1 :])


def compose(letters: str, tone: str) -> str:
    """The syllable of `letters` (NFC, lower case, no tone: "hoach", "quyên") with a tone, a combining
    mark or "", in the form of `match_form`. Whether it is a possible one, `is_syllable` tells."""
    after_onset = 2 if letters[:2] in ("qu", "gi") and letters[2:3] in _VOWELS else 0
    start = next((i for i in range(after_onset, len(letters)) if letters[i] in _VOWELS), None)
    return letters if start is None else letters[:start] + _with_tone(letters[start:], tone)


def _onsets_of(rhyme: str) -> tuple[str, ...]:
    """The onsets that may be written before `rhyme`."""
    if rhyme.startswith("yê"):
        return ("",)  # yêu, yên; with an onset it is iê
    if rhyme == "y":
        return ("", *_Y_ONSETS)
    bare = () if rhyme.startswith("iê") else ("",)
    if rhyme[0] in _FRONT_VOWELS:
        # gì, gìn, giếng: the i of gi and the i of the rhyme are written once
        # (giu, gia are gi + u, gi + a, and bear their tone there).
        extra = ("g",) if rhyme[0] == "i" and rhyme not in ("iu", "ia") else ()
        return (*bare, *_FREE_ONSETS, *_FRONT_ONSETS, *extra)
    return (*bare, *_FREE_ONSETS, *_BACK_ONSETS)


@lru_cache(maxsize=1)
def all_syllables() -> frozenset[str]:
    """Every possible syllable in the form of `match_form`: NFC, lower case, old tone placement."""
    syllables = set(_NAMES)
    written = [(rhyme, _onsets_of(rhyme)) for rhyme in _RHYMES] + [(r, ("qu",)) for r in _QU_RHYMES]
    for rhyme, onsets in written:
        for tone in _STOPPED_TONES if rhyme[-1] in "ptc" or rhyme.endswith("ch") else _TONES:
            toned = _with_tone(rhyme, tone)
            syllables.update(onset + toned for onset in onsets)
    return frozenset(syllables)


@lru_cache(maxsize=1)
def all_folded() -> frozenset[str]:
    """Every possible syllable without its accents."""
    return frozenset(fold(syllable) for syllable in all_syllables())


@lru_cache(maxsize=200_000)
def is_syllable(text: str) -> bool:
    """True if `text` can be one Vietnamese syllable, in any case and either tone placement.

    A text without any accent counts when it is such a syllable typed without accents (`dung`,
    `nguoi`, `cac`); a text with accents must be right as it stands (`các`, but not `càc`).
    """
    form = match_form(text)
    return form in all_folded() if form.isascii() else form in all_syllables()


_IN_ADDRESSES = ("//", "@", "www.")
_ADDRESS = re.compile(rf"\S*(?:{'|'.join(map(re.escape, _IN_ADDRESSES))})\S*")
_WORD = re.compile(r"[^\W\d_]+(?:\d+[^\W_]*)?")
_ABBREVIATION = re.compile("[A-ZĐƯ][A-ZĐƯa-zđ]{0,9}")
_LABEL = re.compile(r"(?<!\w)[a-zđ][.)/](?!\w)")  # a) b) đ): the labels of điểm


def quality(text: str) -> float:
    """Share (0..1) of the words of `text` that are possible syllables; 1.0 where there are none.

    Left out, as they say nothing: words with digits, addresses, list labels, and capitalised words
    without accents that are no syllables (UBND, NĐ, TTg, Facebook, Singapore).
    """
    text = nfc(text)
    if any(sign in text for sign in _IN_ADDRESSES):  # the pattern looks at every stretch of letters
        text = _ADDRESS.sub(" ", text)
    good = bad = 0
    for word, count in Counter(_WORD.findall(_LABEL.sub(" ", text))).items():
        possible = _possible(word)
        if possible:
            good += count
        elif possible is not None:
            bad += count
    return good / (good + bad) if good + bad else 1.0


@lru_cache(maxsize=200_000)
def _possible(word: str) -> bool | None:
    """Whether a word is a possible syllable; None where that says nothing."""
    if not word.isalpha():
        return None
    return is_syllable(word) or (None if _ABBREVIATION.fullmatch(word) else False)
