"""What is kept of a text to find it again in other bytes: a MinHash of its words, some numbers.

The words are folded syllables, so that lost accents and tone placement do not count; three in a row
are a shingle. Each shingle is hashed by simple tabulation (Pătraşcu and Thorup, The power of simple
tabulation hashing, 2011: min-wise enough) and the least hash of each of BINS classes is kept: one
permutation hashing (Li, Owen and Zhang 2012), empty classes filled from the next full one
(Shrivastava and Li 2014). A byte a class is enough to compare two texts (b-bit minwise hashing, Li
and König 2010); bands of classes are looked up.

The numbers are kept besides, as years' plans and reports differ in nothing else.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from zlib import crc32

from kb.vietnamese.normalise import fold

VERSION = 1  # of all that is computed here: signatures made by others are made anew

SHINGLE = 3  # syllables
FEWEST = 40  # shingles; a shorter text says too little
BINS = 128
BANDS, ROWS = 20, 3  # texts alike by .75 meet in a band with a chance of .99998, by .58 with .99
NUMBERS = 64  # of a text's numbers are kept

_HASH_BITS = 60  # two of Python's digits
_NONE = 1 << _HASH_BITS
_BIN_SHIFT = _HASH_BITS - BINS.bit_length() + 1
_PACKED = struct.Struct(f">{BANDS * ROWS}Q")
_BAND_SIZE = 8 * ROWS
_STEP = 0x9E3779B97F4A7C15  # makes what fills an empty class another value at each distance
_CHANCE = 1 / 256  # that two different hashes agree in their last byte

# After folding only these letters are left of Vietnamese; anything else parts words.
_WORD_BYTES = bytes(c if chr(c).isascii() and chr(c).isalnum() else 32 for c in range(256))
_LOOKS_LIKE = bytes.maketrans(b"olis", b"0115")  # what OCR reads for a digit counts as one
_QUARTERS = frozenset((b"i", b"ii", b"iii", b"iv"))  # quý III: the one period in Roman numbers


@dataclass(frozen=True, slots=True)
class Signature:
    """What two texts are compared by.

    `bins` holds a byte a class, and is empty for a text too short; `numbers` the least hashes of the
    numbers, ascending, the second "2022" of a text another than the first; `bands` the keys by which
    texts that may be alike are found.
    """

    bins: bytes
    numbers: tuple[int, ...]
    bands: tuple[int, ...] = ()


def sign(text: str) -> Signature:
    """The signature of an NFC text. The same everywhere and in every process."""
    words = words_in(text)
    hashes = _shingles(words)
    if len(hashes) < FEWEST:
        return Signature(b"", ())
    least = _least(hashes)
    return Signature(bytes([h & 0xFF for h in least]), _sample(numbers_in(words)), _bands(least))


def resemblance(a: Signature, b: Signature) -> float:
    """An estimate of the share of shingles (0..1) that two texts have in common, of all they have.

    Its standard error is .045 at most. 0 where a text is too short.
    """
    if not a.bins or not b.bins:
        return 0.0
    differing = int.from_bytes(a.bins, "big") ^ int.from_bytes(b.bins, "big")
    agreeing = differing.to_bytes(BINS, "big").count(0) / BINS
    return max(0.0, (agreeing - _CHANCE) / (1 - _CHANCE))


def words_kept(resemblance: float) -> float:
    """The share of words (0..1) that stand in both texts, where others are strewn among them: a shingle
    is kept where all its words are."""
    return float((2 * resemblance / (1 + resemblance)) ** (1 / SHINGLE))


def changed_numbers(a: Signature, b: Signature) -> tuple[int, int]:
    """How many numbers stand in one text where others stand in the other, and how many could.

    Numbers that only one text has are no change: a page number, the number a draft lacked. Of a text
    with many numbers these are counts of a sample.
    """
    first, second = set(a.numbers), set(b.numbers)
    if len(first) == NUMBERS or len(second) == NUMBERS:
        # Of what was cut off nothing is known: only what lies below both cuts can be compared.
        limit = min(numbers[-1] for numbers in (a.numbers, b.numbers) if len(numbers) == NUMBERS)
        first, second = ({number for number in s if number <= limit} for s in (first, second))
    return min(len(first - second), len(second - first)), min(len(first), len(second))


def numbers_in(words: Sequence[bytes]) -> Counter[bytes]:
    """The numbers among folded words, as they are compared, and how often each stands there."""
    written = [word for word in words if not word.isalpha()]
    numbers = Counter([word.translate(_LOOKS_LIKE).lstrip(b"0") for word in written])
    if b"quy" in words:
        pairs = pairwise(words)
        numbers.update(b"quy " + b for a, b in pairs if a == b"quy" and b in _QUARTERS)
    return numbers


def words_in(text: str) -> list[bytes]:
    """The words of an NFC text, folded."""
    return fold(text).encode("ascii", "replace").translate(_WORD_BYTES).split()


# ---------------------------------------------------------------- words


class _Tables(dict[bytes, tuple[int, int, int]]):
    """The tables of tabulation hashing: a row for each word, made when it is first met."""

    limit = 50_000  # rows kept; numbers and misread words would make it grow for ever

    def __missing__(self, word: bytes) -> tuple[int, int, int]:
        if len(self) >= self.limit:
            self.clear()
        digest = blake2b(word, digest_size=24).digest()
        first, second, third = (
            int.from_bytes(digest[at : at + 8], "big") >> 64 - _HASH_BITS for at in (0, 8, 16)
        )
        self[word] = row = (first, second, third)
        return row


_tables = _Tables()


def _shingles(words: Sequence[bytes]) -> set[int]:
    rows = list(map(_tables.__getitem__, words))
    return {a[0] ^ b[1] ^ c[2] for a, b, c in zip(rows, rows[1:], rows[2:], strict=False)}


def _least(hashes: Iterable[int]) -> list[int]:
    """The least hash of each class; of a class without one, that of the next class that has one."""
    least = [_NONE] * BINS
    for value in hashes:
        if value < least[value >> _BIN_SHIFT]:
            least[value >> _BIN_SHIFT] = value
    filled = least.copy()
    for index in [index for index, value in enumerate(least) if value == _NONE]:
        step = 1
        while (value := least[(index + step) % BINS]) == _NONE:
            step += 1
        filled[index] = (value + step * _STEP) % _NONE
    return filled


def _bands(least: Sequence[int]) -> tuple[int, ...]:
    packed = _PACKED.pack(*least[: BANDS * ROWS])
    return tuple(
        crc32(packed[band * _BAND_SIZE : (band + 1) * _BAND_SIZE], band) for band in range(BANDS)
    )


def _sample(numbers: Counter[bytes]) -> tuple[int, ...]:
    hashes = {crc32(number, nth) for number, times in numbers.items() for nth in range(times)}
    return tuple(sorted(hashes)[:NUMBERS])
