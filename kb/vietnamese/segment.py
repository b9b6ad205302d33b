"""Word segmentation: which syllables make a word together ("kế hoạch" is one word, not two).

The same output as pyvi 0.1.1, many times faster and without importing it: pyvi's own weights
(kb.vietnamese.crf), its features and its Viterbi search in plain Python. Another version of
pyvi is used through pyvi itself. benchmarks/segmenter.py compares the two, word by word.
"""

from __future__ import annotations

import logging
import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kb.vietnamese import crf

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


def segment(text: str) -> list[tuple[int, int]]:
    """The words of `text` (NFC) as (start, end) offsets of its characters, in order.

    A word is one or several syllables, a number, or a single mark; a line break is none. Time
    and memory are linear in the length. Raises KbError where pyvi is not installed.
    """
    if crf.is_known():
        tokens = syllables(text)
        joined = joins(tokens)
    else:
        tokens, joined = _tokens_by_pyvi(text)
    return _spans(text, tokens, joined)


def syllables(text: str) -> list[str]:
    """`text` (NFC) as pyvi splits it: syllables, numbers, single marks, line breaks."""
    return _SYLLABLE.findall(text)


def joins(tokens: Sequence[str]) -> list[bool]:
    """For each of `tokens` (from `syllables`): does it go on with the word of the one before?"""
    if not tokens:
        return []
    return _tagger().joins(tokens)


def _spans(text: str, tokens: Sequence[str], joined: Sequence[bool]) -> list[tuple[int, int]]:
    spans = []
    start = end = 0
    is_word = False
    for token, goes_on in zip(tokens, joined, strict=True):
        begin = text.index(token, end)  # nothing but blanks lies between
        if not goes_on:
            if is_word:
                spans.append((start, end))
            start = begin
            is_word = token != "\n"
        end = begin + len(token)
    if is_word:
        spans.append((start, end))
    return spans


# Weights for both labels (a word begins, goes on) of: lower, istitle, isupper.
_Context = tuple[float, float, float, float, float, float]
_NO_CONTEXT: _Context = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class _Syllable:
    """What one syllable adds to the scores of its own place and of its neighbours'."""

    lower: str
    own: crf.Pair
    for_next: _Context  # pyvi's features "-1:..." of the place after it
    for_previous: _Context  # pyvi's features "+1:..." of the place before it
    followers: crf.Followers
    stands_alone: bool  # marks and numbers are never part of a longer word
    is_capital: bool


# Before the first and after the last; its name, a blank, is in no word list.
_OUTSIDE = _Syllable(" ", crf.NOTHING, _NO_CONTEXT, _NO_CONTEXT, {}, True, True)


class Tagger:
    """Labels syllables by the CRF; keeps the scores of syllables it has seen.

    Sums are made in the order of pyvi and crfsuite, so that they round alike and ties fall alike.
    Threads may share one.
    """

    MEMO_SIZE = 200_000  # numbers and names make ever new syllables

    def __init__(self, weights: crf.Weights, lexicon: crf.Lexicon) -> None:
        self._weights = weights
        self._lexicon = lexicon
        self._pair_left = weights.of("-1:word.bi_gram()")
        self._triple_left = weights.of("-2:word.tri_gram()")
        self._pair_right = weights.of("+1:word.bi_gram()")
        self._triple_right = weights.of("+2:word.tri_gram()")
        self._memo: dict[str, _Syllable] = {}

    def joins(self, tokens: Sequence[str]) -> list[bool]:
        """For each of `tokens`: does it go on with the word of the token before?"""
        memo = self._memo.get
        known = [memo(token) or self._syllable(token) for token in tokens]
        goes_on = self._viterbi(self._scores(known))
        # pyvi's own rules on top: no marks, no numbers, no capital after a small letter.
        before = _OUTSIDE
        for place, here in enumerate(known):
            if goes_on[place] and (
                here.stands_alone or before.stands_alone or (here.is_capital and not before.is_capital)
            ):
                goes_on[place] = False
            before = here
        return goes_on

    def _scores(self, known: Sequence[_Syllable]) -> Iterator[crf.Pair]:
        """The score of each label at each place, from the features around it."""
        pair_left_b, pair_left_i = self._pair_left
        triple_left_b, triple_left_i = self._triple_left
        pair_right_b, pair_right_i = self._pair_right
        triple_right_b, triple_right_i = self._triple_right
        before = _NO_CONTEXT
        pair = triple = triple_before = False  # lexicon words that began one and two places ago
        padded = [*known, _OUTSIDE, _OUTSIDE]
        for place, here in enumerate(known, 1):
            after = padded[place]
            b, i = here.own
            lower_b, lower_i, title_b, title_i, upper_b, upper_i = before
            b = b + lower_b + title_b + upper_b
            i = i + lower_i + title_i + upper_i
            if pair:
                b += pair_left_b
                i += pair_left_i
            if triple_before:
                b += triple_left_b
                i += triple_left_i
            lower_b, lower_i, title_b, title_i, upper_b, upper_i = after.for_previous
            b = b + lower_b + title_b + upper_b
            i = i + lower_i + title_i + upper_i
            triple_before = triple
            pair = triple = False
            if after.lower in here.followers:
                pair, thirds = here.followers[after.lower]
                triple = padded[place + 1].lower in thirds
                if pair:
                    b += pair_right_b
                    i += pair_right_i
                if triple:
                    b += triple_right_b
                    i += triple_right_i
            yield b, i
            before = here.for_next

    def _viterbi(self, scores: Iterator[crf.Pair]) -> list[bool]:
        """The best sequence of labels; True where a word goes on. In a tie the word begins."""
        (bb, bi), (ib, ii) = self._weights.transitions
        best_b, best_i = next(scores)
        # Where the best way to a label comes from: from an i?
        b_from_i, i_from_i = [False], [False]
        for b, i in scores:
            b_after_b, b_after_i = best_b + bb, best_i + ib
            i_after_b, i_after_i = best_b + bi, best_i + ii
            b_from_i.append(b_after_i > b_after_b)
            i_from_i.append(i_after_i > i_after_b)
            best_b = (b_after_i if b_after_i > b_after_b else b_after_b) + b
            best_i = (i_after_i if i_after_i > i_after_b else i_after_b) + i
        label = best_i > best_b
        labels = []
        for to_b, to_i in zip(reversed(b_from_i), reversed(i_from_i), strict=True):
            labels.append(label)
            label = to_i if label else to_b
        labels.reverse()
        return labels

    def _syllable(self, token: str) -> _Syllable:
        of, lower = self._weights.of, token.lower()
        name = lower.partition("\0")[0]  # as far as C reads it
        title, upper = token.istitle(), token.isupper()
        own_b = own_i = 0.0
        for feature, holds in (
            ("bias", True),
            (f"word.lower():{name}", True),
            ("word.isupper()", upper),
            ("word.istitle()", title),
            ("word.isdigit()", token.isdigit()),
        ):
            if holds:
                b, i = of(feature)
                own_b += b
                own_i += i
        syllable = _Syllable(
            lower,
            (own_b, own_i),
            for_next=self._context("-1", name, title, upper),
            for_previous=self._context("+1", name, title, upper),
            followers=self._lexicon.followers(lower),
            stands_alone=token in string.punctuation or token[0].isdigit(),
            is_capital=token[0].istitle(),
        )
        if len(self._memo) >= self.MEMO_SIZE:
            self._memo = {}
        self._memo[token] = syllable
        return syllable

    def _context(self, side: str, name: str, title: bool, upper: bool) -> _Context:
        of = self._weights.of
        return (
            *of(f"{side}:word.lower():{name}"),
            *(of(f"{side}:word.istitle()") if title else crf.NOTHING),
            *(of(f"{side}:word.isupper()") if upper else crf.NOTHING),
        )


@cache
def _tagger() -> Tagger:
    return Tagger(*crf.load())


# ---------------------------------------------------------------- other versions of pyvi


@cache
def _pyvi() -> Any:
    """pyvi's own segmenter."""
    crf.model_files()  # says what to do where pyvi is missing
    log.warning("unknown segmentation model %s: using pyvi itself, which is slow", MODEL_FINGERPRINT)
    from pyvi.ViTokenizer import ViTokenizer  # imports scikit-learn: only where it must be

    return ViTokenizer


def _tokens_by_pyvi(text: str) -> tuple[list[str], list[bool]]:
    """The same as `syllables` and `joins`, by pyvi."""
    pyvi = _pyvi()
    tokens: list[str] = pyvi.sylabelize(text)[1]
    joined: list[bool] = []
    if tokens:
        rest = iter(tokens)
        for word in pyvi.tokenize(text).split(" "):  # its syllables are joined by "_"
            joined.append(False)
            length = len(next(rest))
            while length < len(word):
                joined.append(True)
                length += 1 + len(next(rest))
    return tokens, joined
