"""Word segmentation: which syllables make a word together ("kế hoạch" is one word, not two).

The same output as pyvi 0.1.1, many times faster and without importing it: pyvi's own weights
(kb.vietnamese.crf), its features and its Viterbi search in plain Python (kb.vietnamese.tagger).
Another version of pyvi is used through pyvi itself. benchmarks/segmenter.py compares the two.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from itertools import chain
from typing import Any

from kb.vietnamese import crf
from kb.vietnamese.tagger import ALONE, Syllable, Tagger

log = logging.getLogger(__name__)

MODEL_FINGERPRINT = ":".join(crf.checksums())
"""Names the installed model; an index made with another one must be rebuilt."""

# What pyvi takes for a syllable. The first line only decides the usual case early: a word at which
# no other line can match. Possessive runs (++) and the limit on the name of a mail address keep
# the time linear, where pyvi's pattern is quadratic on rows of dashes and the like.
_SYLLABLE = re.compile(
    r"""
      [^\W\d] \w*+ (?! [^\s,;)] )
    | [A-ZĐ]++\. | Tp\. | Mr\. | Mrs\. | Ms\. | Dr\. | ThS\.
    | ==> | -> | \.\.\. | >> | \n
    | \w++ :// \S+
    | [a-zA-Z0-9_.+-]{1,256}+ @ (?: [a-zA-Z0-9-]++ \. )+ [a-zA-Z0-9-]+
    | \d++ (?: [.,_] \d++ )+
    | [^\w\s]
    | \w+
    """,
    re.VERBOSE,
)

# Blanks and what follows them up to the next blank: no syllable of pyvi's reaches further.
_RUN = re.compile(r"\s*+\S++|\s++")


def segment(text: str) -> list[tuple[int, int]]:
    """The words of `text` (NFC) as (start, end) offsets of its characters, in order.

    A word is one or several syllables, a number, or a single mark; a line break ends a word. Time
    and memory are linear in the length. Threads may call it at once. Raises KbError where pyvi
    is not installed.
    """
    if not crf.is_known():
        return _segment_by_pyvi(text)
    runs = _runs()
    placed = list(chain.from_iterable(map(runs.__getitem__, _RUN.findall(text))))
    if not placed:
        return []
    labels = runs.tagger.labels([syllable for syllable, _gap, _length in placed])
    spans = []
    start = end = 0
    is_word = False
    before = ALONE
    for (syllable, gap, length), goes_on in zip(placed, labels, strict=True):
        rank = syllable[10]
        if not goes_on or rank > before or before == ALONE:
            if is_word:
                spans.append((start, end))
            start = end + gap
            is_word = syllable[0] != "\n"
        before = rank
        end += gap + length
    if is_word:
        spans.append((start, end))
    return spans


# ---------------------------------------------------------------- what was seen before

# A syllable, the blanks between it and the end of the one before, its length in characters.
_Placed = tuple[Syllable, int, int]


class _Runs(dict[str, tuple[_Placed, ...]]):
    """The syllables of each run, kept: a text is mostly runs that were seen before.

    Threads may share it: at worst two read the same run.
    """

    MOST = 200_000  # runs, and syllables, that are kept: numbers and names make ever new ones
    LONGEST = 64  # characters of what is worth keeping

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger
        self._syllables: dict[str, Syllable] = {}

    def __missing__(self, run: str) -> tuple[_Placed, ...]:
        if len(self) >= self.MOST:
            self.clear()
        placed = []
        end = 0
        for match in _SYLLABLE.finditer(run):
            start, token = match.start(), match[0]
            placed.append((self._syllable(token), start - end, len(token)))
            end = match.end()
        if len(run) <= self.LONGEST:
            self[run] = tuple(placed)
        return tuple(placed)

    def _syllable(self, token: str) -> Syllable:
        known = self._syllables.get(token)
        if known is None:
            if len(self._syllables) >= self.MOST:
                self._syllables = {}
            known = self.tagger.syllable(token)
            if len(token) <= self.LONGEST:
                self._syllables[token] = known
        return known


@cache
def _runs() -> _Runs:
    return _Runs(Tagger(*crf.load()))


# ---------------------------------------------------------------- other versions of pyvi


@cache
def _pyvi() -> Any:
    """pyvi's own segmenter."""
    crf.model_files()  # says what to do where pyvi is missing
    log.warning("unknown segmentation model %s: using pyvi itself, which is slow", MODEL_FINGERPRINT)
    from pyvi.ViTokenizer import ViTokenizer  # imports scikit-learn: only where it must be

    return ViTokenizer


def _segment_by_pyvi(text: str) -> list[tuple[int, int]]:
    """The same as `segment`, by pyvi, which gives words without offsets."""
    pyvi = _pyvi()
    syllables: list[str] = pyvi.sylabelize(text)[1]
    spans: list[tuple[int, int]] = []
    if not syllables:
        return spans
    rest = iter(syllables)
    end = 0
    for word in pyvi.tokenize(text).split(" "):  # its syllables are joined by "_"
        is_word = False
        length = -1
        while length < len(word):
            syllable = next(rest)
            length += 1 + len(syllable)
            start = text.index(syllable, end)  # nothing but blanks lies between
            end = start + len(syllable)
            if syllable == "\n":
                is_word = False
            elif is_word:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
                is_word = True
    return spans
