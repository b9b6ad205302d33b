"""Corrects the spelling of words side by side by what stands side by side in the documents.

A noisy channel. What may have been meant: the syllables that the documents know beside a neighbour,
with other accents or, for a word they do not know at all, one slip away. Each has the cost of its slip
(kb.vietnamese.misspelling); the documents say how likely each follows the one before; the cheapest way
through wins if it is clearly better than what was typed. Where every word stands beside its neighbours
in the documents too, which takes one look-up for each, there is nothing to choose from.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from kb.query.vocabulary import Vocabulary
from kb.vietnamese.abbreviations import is_listed
from kb.vietnamese.misspelling import BARE, DROPPED, accent_cost, letters_cost, near
from kb.vietnamese.syllables import is_syllable

LENGTH = 24  # syllables that are looked at; a longer run is a text that was pasted
MOST_READINGS = 5  # of two neighbours with the same letters
MOST_ACCENTS = 4  # of one syllable by itself
MOST_LETTERS = 12  # other syllables that are tried for one
NAME = 3.0  # added to the cost of changing a capitalised word
UNSEEN = 0.005  # documents that a word in no document counts for
MARGIN = 2.0  # how much likelier (in logarithms) a correction has to be than what was typed
# A pair is evidence where it is so many times more frequent than what was typed, in this many
# documents, and a set expression: in this share of the documents of its rarer word.
EVIDENCE = 20
LEAST = 2  # in a library of SMALL documents 1
SMALL = 200
BOUND = 0.01
# Where the word as typed is no syllable, or hardly seen where the other is, or lacks its accents as
# another word of the query does.
BOUND_UNKNOWN = 0.002
BOUND_MISSING = 0.1  # where it may well be a word that these documents happen not to have
RARE = 100  # so many times rarer: hardly any
LONG = 5  # letters; a shorter word without accents may be anything: wto, gap
SLIP = 5_000  # no syllable, and in fewer than one of so many documents: a slip there too


@dataclass(frozen=True, slots=True)
class Written:
    """A token of the query. `fixed`: a number, a code or an abbreviation, which is never changed."""

    form: str
    fold: str
    fixed: bool = False
    name: bool = False  # capitalised within the query


@dataclass(frozen=True, slots=True)
class _Candidate:
    form: str
    fold: str
    cost: float = 0.0


class Speller:
    """Corrects runs of words with one vocabulary.

    `bare`: the whole query has no accents, so their lack is no error. `thorough`: little was found,
    so that known syllables too may be slips of a finger.
    """

    def __init__(self, words: Vocabulary, *, bare: bool, thorough: bool) -> None:
        self._words = words
        self._bare = bare
        self._thorough = thorough
        self._least = 1 if words.size < SMALL else LEAST
        self._hasty = False

    def correct(self, run: Sequence[Written]) -> list[str] | None:
        """The forms that were meant, one for each of the first LENGTH words; None where nothing
        is clearly wrong."""
        run = run[:LENGTH]
        self._hasty = any(map(self._lacks_accents, run))
        choices = self._choices(run)
        meant = [choice[0] for choice in choices]
        for start, end in _open_stretches(choices):
            typed = [choice[0] for choice in choices[start:end]]
            best = self._justified(run[start:end], typed, self._likeliest(choices[start:end]))
            if self._score(best) - self._score(typed) >= MARGIN:
                meant[start:end] = best
        if all(self._same(word, new) for word, new in zip(run, meant, strict=True)):
            return None
        return [candidate.form for candidate in meant]

    # ------------------------------------------------------------ what may have been meant

    def _choices(self, run: Sequence[Written]) -> list[list[_Candidate]]:
        """For each word itself, and then what else it may be."""
        odd = [not word.fixed and self._odd(word) for word in run]
        found: list[dict[str, _Candidate]] = [
            {word.form: _Candidate(word.form, word.fold)} for word in run
        ]
        if self._bare and not self._thorough and not any(odd):
            return [list(forms.values()) for forms in found]  # only accents are missing
        folds = [
            self._folds(word) if wrong or (self._thorough and self._alone(run, place)) else [word.fold]
            for place, (word, wrong) in enumerate(zip(run, odd, strict=True))
        ]
        for place, (left, right) in enumerate(pairwise(run)):
            for pair, first, second in self._readings(left, right, folds[place], folds[place + 1]):
                self._add(found[place], left, pair[0], first)
                self._add(found[place + 1], right, pair[1], second)
        for place, word in enumerate(run):
            if odd[place] or (self._bare and not word.fixed):
                for fold in folds[place]:
                    for form in self._commonest(fold):
                        self._add(found[place], word, form, fold)
        return [list(forms.values()) for forms in found]

    def _odd(self, word: Written) -> bool:
        """Is it no word of the documents? A slip made there as well is none."""
        forms = self._words.forms(word.fold)
        count = sum(forms.values()) if self._bare else forms.get(word.form, 0)
        if count * SLIP > self._words.size or (count and is_syllable(word.form)):
            return False
        return not is_listed(word.form)

    def _lacks_accents(self, word: Written) -> bool:
        """Was it typed without accents that it hardly ever lacks? Then so may other words have been."""
        if word.fixed or word.form != word.fold:
            return False
        forms = self._words.forms(word.fold)
        return self._count(word) * RARE < max(forms.values(), default=0)

    def _alone(self, run: Sequence[Written], place: int) -> bool:
        """Do the documents never hold the word beside one of its neighbours, however accented?"""
        if run[place].fixed or len(run) == 1:
            return False
        near_by = run[max(place - 1, 0) : place + 2]
        return not any(self._words.pairs(left.fold, right.fold) for left, right in pairwise(near_by))

    def _folds(self, word: Written) -> list[str]:
        others = (fold for fold, _cost in near(word.fold) if self._words.forms(fold))
        return [word.fold, *(fold for fold, _place in zip(others, range(MOST_LETTERS), strict=False))]

    def _readings(
        self, left: Written, right: Written, lefts: Sequence[str], rights: Sequence[str]
    ) -> Iterator[tuple[tuple[str, str], str, str]]:
        """Pairs of the documents that are much more frequent than what was typed."""
        typed = self._words.pairs(left.fold, right.fold).get((left.form, right.form), 0)
        least = 1 if self._bare else max(self._least, typed * EVIDENCE + 1)
        for first in lefts:
            for second in rights:
                counts = self._words.pairs(first, second)
                better = [pair for pair, count in counts.items() if count >= least]
                for pair in sorted(better, key=lambda pair: -counts[pair])[:MOST_READINGS]:
                    if (not left.fixed or pair[0] == left.form) and (
                        not right.fixed or pair[1] == right.form
                    ):
                        yield pair, first, second

    def _add(self, forms: dict[str, _Candidate], word: Written, form: str, fold: str) -> None:
        if form not in forms:
            forms[form] = _Candidate(form, fold, self._cost(word, form, fold))

    def _cost(self, word: Written, form: str, fold: str) -> float:
        extra = NAME if word.name else 0.0
        if fold != word.fold:
            slip = next(cost for meant, cost in near(word.fold) if meant == fold)
            return extra + slip + (0.0 if self._bare else letters_cost(word.form, form))
        if self._bare:
            return 0.0
        cost = accent_cost(word.form, form)
        if cost == BARE and not (self._hasty or self._hardly_any(word, form, fold)):
            return extra + DROPPED  # "trao" is a word too
        return extra + cost

    def _commonest(self, fold: str) -> list[str]:
        forms = self._words.forms(fold)
        return sorted(forms, key=lambda form: -forms[form])[:MOST_ACCENTS]

    # ------------------------------------------------------------ what is likeliest

    def _likeliest(self, choices: Sequence[Sequence[_Candidate]]) -> list[_Candidate]:
        """Viterbi: the best way through the candidates."""
        ways: list[tuple[float, tuple[_Candidate, ...]]]
        ways = [(self._first(candidate), (candidate,)) for candidate in choices[0]]
        for choice in choices[1:]:
            ways = [
                max(
                    (
                        (score + self._next(way[-1], candidate), (*way, candidate))
                        for score, way in ways
                    ),
                    key=lambda scored: scored[0],
                )
                for candidate in choice
            ]
        return list(max(ways, key=lambda scored: scored[0])[1])

    def _score(self, way: Sequence[_Candidate]) -> float:
        return self._first(way[0]) + sum(self._next(left, right) for left, right in pairwise(way))

    def _first(self, candidate: _Candidate) -> float:
        return math.log(self._share(candidate)) - candidate.cost

    def _next(self, left: _Candidate, right: _Candidate) -> float:
        """Logarithm of how often `right` follows `left`, less the cost of `right`."""
        seen = self._beside(left, right) + self._share(right)
        return math.log(seen / (self._count(left) + 1)) - right.cost

    def _share(self, candidate: _Candidate) -> float:
        return (self._count(candidate) + UNSEEN) / (self._words.size + 1)

    def _count(self, word: _Candidate | Written) -> int:
        return self._words.forms(word.fold).get(word.form, 0)

    def _beside(self, left: _Candidate, right: _Candidate) -> int:
        return self._words.pairs(left.fold, right.fold).get((left.form, right.form), 0)

    # ------------------------------------------------------------ whether it is better

    def _justified(
        self, run: Sequence[Written], typed: Sequence[_Candidate], best: Sequence[_Candidate]
    ) -> list[_Candidate]:
        """`best` without the changes that no set expression bears out."""
        return [
            new if self._same(word, new) or self._borne_out(word, typed, best, place) else old
            for place, (word, old, new) in enumerate(zip(run, typed, best, strict=True))
        ]

    def _borne_out(
        self, word: Written, typed: Sequence[_Candidate], best: Sequence[_Candidate], place: int
    ) -> bool:
        neighbours = [(i, i + 1) for i in (place - 1, place) if 0 <= i < len(typed) - 1]
        bound = self._bound(word, best[place])
        against = max((self._beside(typed[i], typed[j]) for i, j in neighbours), default=0)
        least = max(self._least, against * EVIDENCE + 1)
        for i, j in neighbours:
            rarer = min(self._count(best[i]), self._count(best[j]))
            if self._beside(best[i], best[j]) >= max(least, bound * rarer):
                return True
        return self._stands_out(word, best[place])

    def _bound(self, word: Written, new: _Candidate) -> float:
        """How much of a set expression a pair has to be, to bear out a change of `word`."""
        if (self._hasty and word.form == word.fold) or not is_syllable(word.form):
            return BOUND_UNKNOWN
        if self._count(word):
            return BOUND_UNKNOWN if self._hardly_any(word, new.form, new.fold) else BOUND
        return BOUND_UNKNOWN if self._count(new) >= RARE else BOUND_MISSING

    def _hardly_any(self, word: Written, form: str, fold: str) -> bool:
        """Is the word as typed hardly ever seen where `form` is?"""
        return self._count(word) * RARE <= self._words.forms(fold).get(form, 0)

    def _stands_out(self, word: Written, new: _Candidate) -> bool:
        """Is `new` the only likely reading of a word that is in no document and is Vietnamese: by its
        accents or, in a query without any, by its length?"""
        is_plain = word.form == word.fold
        if self._count(word) or (is_plain and not (self._bare and len(word.fold) >= LONG)):
            return False
        score = self._first(new)
        rivals = (
            _Candidate(form, fold, self._cost(word, form, fold))
            for fold in self._folds(word)
            for form in self._commonest(fold)
            if form != new.form
        )
        return all(score - self._first(rival) >= MARGIN for rival in rivals)

    def _same(self, word: Written, new: _Candidate) -> bool:
        """Is it no correction? In a query without accents they only come along with one."""
        return word.fold == new.fold if self._bare else word.form == new.form


def _open_stretches(choices: Sequence[Sequence[_Candidate]]) -> Iterator[tuple[int, int]]:
    """Where there is something to choose, with one word that is certain at both sides."""
    is_open = [len(choice) > 1 for choice in choices]
    start = None
    for place, here in enumerate(chain(is_open, [False])):
        if here and start is None:
            start = place
        elif not here and start is not None:
            yield max(start - 1, 0), min(place + 1, len(choices))
            start = None
