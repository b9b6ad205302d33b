"""Which syllables go on with the word of the syllable before: pyvi's features, summed and searched.

A linear-chain CRF with two labels: a word begins (B_W), a word goes on (I_W). Sums are made in the
order of pyvi and crfsuite, so that they round alike and ties fall alike.
"""

from __future__ import annotations

import string
from collections.abc import Sequence

from kb.vietnamese import crf

# What the case of a neighbour adds, for both labels: istitle, isupper. None: it is all small.
Case = tuple[float, float, float, float] | None

# One syllable and what it adds to its own place and to its neighbours'. A plain tuple, for it is
# unpacked once a syllable of every text:
#   0 its name in the word list, lower case
#   1 what may follow it in a word of the list
#   2, 3 its own features, for B_W and for I_W
#   4, 5, 6 pyvi's features "+1:…" of the place before it
#   7, 8, 9 pyvi's features "-1:…" of the place after it
#   10 its rank: SMALL, CAPITAL or ALONE
Syllable = tuple[str, crf.Followers, float, float, float, float, Case, float, float, Case, int]

# Pyvi's own rules on top of the labels: a syllable goes on with a word only where its rank is not
# above the rank of the one before, and neither stands alone.
SMALL, CAPITAL, ALONE = range(3)  # ALONE: marks, numbers, line breaks

# After the last; its name, a blank, is in no word list.
_OUTSIDE: Syllable = (" ", {}, 0.0, 0.0, 0.0, 0.0, None, 0.0, 0.0, None, ALONE)


class Tagger:
    """Labels syllables. Keeps nothing of what it has seen: threads may share one."""

    def __init__(self, weights: crf.Weights, lexicon: crf.Lexicon) -> None:
        self._weights = weights
        self._lexicon = lexicon
        self._pair_left = weights.of("-1:word.bi_gram()")
        self._triple_left = weights.of("-2:word.tri_gram()")
        self._pair_right = weights.of("+1:word.bi_gram()")
        self._triple_right = weights.of("+2:word.tri_gram()")

    def syllable(self, token: str) -> Syllable:
        """What a syllable, number, mark or line break adds wherever it stands."""
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
        return (
            lower,
            self._lexicon.followers(lower),
            own_b,
            own_i,
            *of(f"+1:word.lower():{name}"),
            self._case("+1", title, upper),
            *of(f"-1:word.lower():{name}"),
            self._case("-1", title, upper),
            _rank(token),
        )

    def labels(self, known: Sequence[Syllable]) -> list[bool]:
        """For each of `known`, at least one: does it go on with the word of the one before?"""
        return self._best(*self._scores(known))

    def _scores(self, known: Sequence[Syllable]) -> tuple[list[float], list[float]]:
        """The score of each label, B_W and I_W, at each place."""
        pair_left_b, pair_left_i = self._pair_left
        triple_left_b, triple_left_i = self._triple_left
        pair_right_b, pair_right_i = self._pair_right
        triple_right_b, triple_right_i = self._triple_right
        scores_b: list[float] = []
        scores_i: list[float] = []
        pair = triple = triple_before = False  # words of the list that began one and two places ago
        before_b = before_i = 0.0
        before_case: Case = None
        # Each turn scores the place before the one it unpacks, whose features it needs.
        _name, followers, b, i, _, _, _, next_b, next_i, next_case, _rank = known[0]
        padded = [*known, _OUTSIDE, _OUTSIDE]
        for place, (
            after_name, after_followers, after_own_b, after_own_i, after_b, after_i, after_case,
            after_next_b, after_next_i, after_next_case, _rank,
        ) in enumerate(padded[1:-1], 2):  # fmt: skip
            b += before_b
            i += before_i
            if before_case is not None:
                title_b, title_i, upper_b, upper_i = before_case
                b = b + title_b + upper_b
                i = i + title_i + upper_i
            if pair:
                b += pair_left_b
                i += pair_left_i
            if triple_before:
                b += triple_left_b
                i += triple_left_i
            b += after_b
            i += after_i
            if after_case is not None:
                title_b, title_i, upper_b, upper_i = after_case
                b = b + title_b + upper_b
                i = i + title_i + upper_i
            triple_before = triple
            pair = triple = False
            if after_name in followers:
                pair, thirds = followers[after_name]
                if pair:
                    b += pair_right_b
                    i += pair_right_i
                if thirds and padded[place][0] in thirds:
                    triple = True
                    b += triple_right_b
                    i += triple_right_i
            scores_b.append(b)
            scores_i.append(i)
            before_b, before_i, before_case = next_b, next_i, next_case
            followers, b, i = after_followers, after_own_b, after_own_i
            next_b, next_i, next_case = after_next_b, after_next_i, after_next_case
        return scores_b, scores_i

    def _best(self, scores_b: list[float], scores_i: list[float]) -> list[bool]:
        """Viterbi: the best sequence of labels, True for I_W. In a tie the word begins."""
        (bb, bi), (ib, ii) = self._weights.transitions
        scores = zip(scores_b, scores_i, strict=True)
        best_b, best_i = next(scores)
        # Where the best way to a label comes from: from an I_W?
        b_from_i: list[bool] = []
        i_from_i: list[bool] = []
        for b, i in scores:
            b_after_b, b_after_i = best_b + bb, best_i + ib
            i_after_b, i_after_i = best_b + bi, best_i + ii
            b_from_i.append(b_after_i > b_after_b)
            i_from_i.append(i_after_i > i_after_b)
            best_b = (b_after_i if b_after_i > b_after_b else b_after_b) + b
            best_i = (i_after_i if i_after_i > i_after_b else i_after_b) + i
        label = best_i > best_b
        labels = [label]
        for to_b, to_i in zip(reversed(b_from_i), reversed(i_from_i), strict=True):
            label = to_i if label else to_b
            labels.append(label)
        labels.reverse()
        return labels

    def _case(self, side: str, title: bool, upper: bool) -> Case:
        if not title and not upper:
            return None
        of = self._weights.of
        return (
            *(of(f"{side}:word.istitle()") if title else crf.NOTHING),
            *(of(f"{side}:word.isupper()") if upper else crf.NOTHING),
        )


def _rank(token: str) -> int:
    if token in string.punctuation or token[0].isdigit() or token == "\n":
        return ALONE
    return CAPITAL if token[0].istitle() else SMALL
