"""Which encoding a text is in, by trying: the right one makes its words possible syllables.

Only words with other letters than ASCII count. A reading of a word is good if all its letters make one
Vietnamese syllable, in a usual pattern of case; `chÝnh`, `Coäng` and `m«n` are not, as they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from indexer.extract.legacy_tables import ENCODINGS, LegacyEncoding
from kb.vietnamese.normalise import nfc
from kb.vietnamese.syllables import is_syllable

FEWEST_WORDS = 5  # with accents; fewer prove nothing against what is known otherwise
_GOOD = 0.85  # share of good words from which on a legacy reading is believed
_DOUBT = 0.6  # share of good words below which the text as it stands is doubted
_LEAD = 0.1  # by which the best legacy reading must be ahead of the next
_BLANKS = re.compile(r"[ \t\n\r\x0b\x0c\xa0|/(),;:!?\"“”‘’….]+")
_PARTS = re.compile(r"[^\W\d_]+")
# Signs of Windows-1252 that are letters in legacy fonts; in a real text they do not touch letters.
_SIGNS = re.compile("[¡¢£¤¥¦§¨©ª¬\xad®¯µ¶¸¹¼½¾¿×÷]|(?<=[^\\W\\d_])[«»·](?=[^\\W\\d_])")
_ABBREVIATION = re.compile("[A-ZĐƯ]{1,8}")  # NĐ, QĐ, HĐND: of no language
CONTROL_LETTERS = re.compile("[\x02-\x06\x10-\x15\x19\x1c-\x1e]")
# Letters no legacy text can hold: those beyond Latin-1. Đ and the marks of Windows-1258 may be codes.
UNICODE_LETTERS = re.compile("[ăĩũơưĂĨŨƠƯđ\u1ea0-\u1ef9]")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many words with accents came out good, of how many."""

    good: int
    words: int

    @property
    def share(self) -> float:
        """0.0 where there are none."""
        return self.good / self.words if self.words else 0.0


def tally(words: Counter[str], encoding: LegacyEncoding | None) -> Tally:
    """How `words` read in an encoding, or as they stand (None)."""
    good = total = 0
    for word, count in words.items():
        verdict = reading(word, encoding)
        if verdict is not None:
            total += count
            good += count * verdict
    return Tally(good, total)


def accented_words(text: str) -> Counter[str]:
    """The words of a text, as blanks and punctuation part them, that are not all ASCII."""
    return Counter(
        word for word in _BLANKS.split(text) if not word.isascii() or CONTROL_LETTERS.search(word)
    )


@lru_cache(maxsize=200_000)
def reading(word: str, encoding: LegacyEncoding | None) -> bool | None:
    """Whether `word` reads well in an encoding, or as it stands (None); None if it says nothing."""
    if encoding is not None:
        if UNICODE_LETTERS.search(word):
            return False
        word = encoding.decode(word)
    word = nfc(word)
    parts = _PARTS.findall(word)
    if not parts:
        return None
    if _SIGNS.search(word) or CONTROL_LETTERS.search(word):
        return False
    accented = [part for part in parts if not part.isascii()]
    if not accented:
        return None
    raised = encoding is not None and encoding.capitals_by_font
    accented = [part for part in accented if not _ABBREVIATION.fullmatch(part)]
    if not accented:
        return None
    return all(is_syllable(part) and _usual_case(part, raised) for part in accented)


def _usual_case(word: str, raised: bool) -> bool:
    """Small, Capitalised or CAPITALS; with `raised`, small accented letters among capitals too."""
    if word.islower() or word.isupper() or word[1:].islower():
        return True
    return raised and "".join(c for c in word if c.isascii()).isupper()


def best_encoding(words: Counter[str]) -> LegacyEncoding | None:
    """The encoding that `words` are in, None for Unicode and wherever there is a doubt."""
    as_it_stands = tally(words, None)
    if as_it_stands.words < FEWEST_WORDS or as_it_stands.share > _DOUBT:
        return None
    tallies = sorted(((tally(words, e), e) for e in ENCODINGS), key=lambda t: -t[0].share)
    (first, encoding), (second, _next) = tallies[:2]
    if first.share >= _GOOD and first.share - second.share >= _LEAD and first.words >= FEWEST_WORDS:
        return encoding
    return None
