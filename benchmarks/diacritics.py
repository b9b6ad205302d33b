"""Diacritic accuracy, the metric of the set `documents/legacy-fonts` (its METRIC.txt).

Both texts are brought to NFC and their white space collapsed; words without a letter (numbers, the
borders of cells) are left out, as they say nothing here and differ from program to program. The texts
are aligned on base letters; the figure is the share of the truth's letters with a mark (or đ) that come
back exactly. Every such letter counts, aligned or not, so what is missing is wrong.

The alignment runs in three steps, each only where the one before left a difference: sentences, words,
letters. Where lines and paragraphs break makes no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+")


class Accuracy(NamedTuple):
    """Letters with a mark in the truth, and how many of them came back."""

    right: int
    marked: int

    @property
    def share(self) -> float:
        """1.0 where the truth has no such letter."""
        return self.right / self.marked if self.marked else 1.0

    def __add__(self, other: object) -> Accuracy:  # sums, not tuples end to end
        assert isinstance(other, Accuracy)
        return Accuracy(self.right + other.right, self.marked + other.marked)


def accuracy(found: str, truth: str, *, ignore_case: bool = False) -> Accuracy:
    """How many of the marked letters of `truth` stand in `found`; `ignore_case` compares lower case."""
    found, truth = _plain(found), _plain(truth)
    if ignore_case:
        found, truth = found.lower(), truth.lower()
    marked = sum(map(_is_marked, truth))
    return Accuracy(sum(_right_letters(a, b) for a, b in _aligned_sentences(found, truth)), marked)


def base(text: str) -> str:
    """`text` without marks, letter for letter; đ as d."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _plain(text: str) -> str:
    # A mark that composes with nothing would make base letters and letters differ in number.
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(word for word in text.split() if any(map(str.isalpha, word)))


def _is_marked(letter: str) -> bool:
    return letter in "đĐ" or len(unicodedata.normalize("NFD", letter)) > 1


def _aligned_sentences(found: str, truth: str) -> Iterator[tuple[str, str]]:
    ours, theirs = _SENTENCE_END.split(found), _SENTENCE_END.split(truth)
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((s, s) for s in theirs[a0:a1])
        else:
            yield from _aligned_words(" ".join(ours[b0:b1]), " ".join(theirs[a0:a1]))


def _aligned_words(found: str, truth: str) -> Iterator[tuple[str, str]]:
    ours, theirs = found.split(), truth.split()
    matcher = SequenceMatcher(None, list(map(base, theirs)), list(map(base, ours)), autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(ours[b0:b1], theirs[a0:a1], strict=True)
        else:
            yield " ".join(ours[b0:b1]), " ".join(theirs[a0:a1])


def _right_letters(found: str, truth: str) -> int:
    if found == truth:
        return sum(map(_is_marked, truth))
    matcher = SequenceMatcher(None, base(truth), base(found), autojunk=False)
    return sum(
        _is_marked(truth[block.a + k]) and truth[block.a + k] == found[block.b + k]
        for block in matcher.get_matching_blocks()
        for k in range(block.size)
    )
