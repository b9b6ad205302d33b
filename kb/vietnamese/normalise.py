"""Forms of text: one stored form, one matching form with accents, one without.

Stored text is NFC and otherwise as written. Matching folds tone placement to the old style
(hoà -> hòa) and, without accents, đ to d. All functions take and return str.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

# NFC cannot repair a tone typed before circumflex or breve (both class 230): put the shape first.
_TONE_BEFORE_SHAPE = re.compile("([aeoAEO])([\u0300\u0301\u0303\u0309\u0323])([\u0302\u0306])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_COMBINING = re.compile("[\u0300-\u036f]")


def _fold_table() -> dict[int, str]:
    """Every accented Latin letter to its base letter, one character for one."""
    table = {ord("đ"): "d", ord("Đ"): "d", 0x00D0: "d", 0x00F0: "d", 0x0189: "d", 0x0130: "i"}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        decomposed = unicodedata.normalize("NFD", chr(code))
        if decomposed[1:] and all(map(unicodedata.combining, decomposed[1:])):
            table.setdefault(code, decomposed[0].lower())
    return table


_FOLDED = _fold_table()


def nfc(text: str) -> str:
    """Canonical composed form, also of marks typed in the wrong order."""
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and "\u0302" not in text):
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _TONE_BEFORE_SHAPE.sub(r"\1\3\2", decomposed))


def clean(text: str) -> str:
    """The stored form: NFC, \\n line ends, plain blanks, nothing invisible, no ligatures.

    Do legacy encodings first: there U+00AD and control characters are letters.
    """
    text = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    )
    text = _INVISIBLE.sub("", text)
    text = _CONTROL.sub("", text.replace("\x0c", "\n"))
    text = _BLANK.sub(" ", text).translate(_LIGATURES)
    return nfc(text)


# The characters nearly all text consists of, lower case: each gets a byte, and a byte its folded form.
# Through bytes a text is folded several times faster than by a dict of characters.
_USUAL = "".join(map(chr, range(128)))
_USUAL += "".join(c for c in map(chr, _FOLDED) if c == c.lower() and (c < "ÿ" or "ạ" <= c <= "ỹ"))
_USUAL += "ăđĩũơư" + "“”‘’–—…•°²³§«»·"
_USUAL += "\ufffe" * (256 - len(_USUAL))  # bytes without a character
_TO_BYTES = codecs.charmap_build(_USUAL)
_FROM_BYTES = _USUAL.translate(_FOLDED)
_PART = 8_192  # characters: one unusual sign slows down so many


def fold(text: str) -> str:
    """Lower case without accents; đ becomes d. Keeps the length of NFC text."""
    if text.isascii():
        return text.lower()
    if len(text) > _PART:
        return "".join(fold(text[at : at + _PART]) for at in range(0, len(text), _PART))
    try:
        encoded, _length = codecs.charmap_encode(text.lower(), "strict", _TO_BYTES)
    except UnicodeEncodeError:
        folded = text.translate(_FOLDED).lower()
        return _COMBINING.sub("", folded) if _COMBINING.search(folded) else folded
    return codecs.charmap_decode(encoded, "strict", _FROM_BYTES)[0]


def has_accents(text: str) -> bool:
    """True where folding changes more than the case of `text`."""
    return not text.isascii() and fold(text) != text.lower()


def plain_dashes(text: str) -> str:
    """Every kind of dash as "-" (same length)."""
    return _DASHES.sub("-", text)


# ---------------------------------------------------------------- tone placement

_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def _tone_pairs() -> dict[str, str]:
    pairs = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for tone in _TONES:
            for a in (first, first.upper()):
                for b in (second, second.upper()):
                    new = unicodedata.normalize("NFC", a + b + tone)
                    old = unicodedata.normalize("NFC", a + tone) + b
                    pairs[new] = old
    return pairs


_NEW_TO_OLD = _tone_pairs()
# Only where the syllable ends there, and never after q (quý, quỳ).
_NEW_STYLE = re.compile(rf"(?<![qQ])({'|'.join(_NEW_TO_OLD)})(?!\w)")

# Typing errors: the tone left on the first vowel of a closed rhyme (tòan -> toàn, qúy -> quý).
_OLD_TO_NEW = {old: new for new, old in _NEW_TO_OLD.items()}
_MISPLACED_CLOSED = re.compile(rf"({'|'.join(_OLD_TO_NEW)})(?=(?:ch|nh|ng|[cimnptuy])(?!\w))", re.I)
_MISPLACED_QU = re.compile(
    rf"(?<=[qQ])({'|'.join(pair for pair in _OLD_TO_NEW if pair[-1] in 'yY')})(?!\w)"
)


def old_tone(text: str) -> str:
    """Tone marks where the old style has them: hoà -> hòa, khoẻ -> khỏe, thuý -> thúy.

    Also moves a tone mark that was typed on the wrong vowel of a closed rhyme (tòan -> toàn).
    NFC in, NFC out, same length; only for matching, never for the text that is shown.
    """
    if text.isascii():
        return text
    text = _NEW_STYLE.sub(lambda m: _NEW_TO_OLD[m[0]], text)
    text = _MISPLACED_CLOSED.sub(lambda m: _OLD_TO_NEW.get(m[0], m[0]), text)
    return _MISPLACED_QU.sub(lambda m: _OLD_TO_NEW[m[0]], text)


@lru_cache(maxsize=200_000)
def match_form(syllable: str) -> str:
    """The form a syllable is matched by, with accents: NFC, lower case, old tone placement."""
    return old_tone(nfc(syllable).lower())


@lru_cache(maxsize=200_000)
def fold_form(syllable: str) -> str:
    """The form a syllable is matched by, without accents."""
    return fold(syllable)
