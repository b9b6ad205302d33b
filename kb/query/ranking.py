"""What ranks the documents that match a run of plain words: words, syllables and pairs, zone by zone.

A run typed without accents is ranked by the accents it probably means (kb.query.accents).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.engines.port import Query, Term
from kb.query.ast import Word
from kb.query.planned import Accents
from kb.query.weights import Streams, Weights
from kb.vietnamese.analyser import Token, accent_forms, pairs, tokens, words
from kb.vietnamese.questions import read_question

_SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()) + "“”‘’«»…–—"


@dataclass(frozen=True, slots=True)
class Reading:
    """A run of plain words as it is ranked.

    `text` is the run with the likeliest accents; `forms` are its syllables with how sure each is.
    """

    text: str
    pairs: Sequence[str]
    forms: Mapping[str, float]
    grammar: frozenset[str]  # forms and folds that only make it a question
    accented: bool  # as typed
    restored: bool

    def factor(self, token: str, weights: Weights) -> float:
        """What a syllable, word or pair (joined by "_") counts: less where it is all grammar."""
        return weights.interrogative if self.grammar.issuperset(token.split("_")) else 1.0


def written(words: Sequence[Word], source: str) -> str:
    """A run of words with the signs between them as they were typed: a comma ends a compound.

    Words that were changed since, or that stand apart in `source`, are joined by blanks.
    """
    pieces: list[str] = []
    end: int | None = None
    for word in words:
        if end is not None:
            gap = source[end : word.span.start]
            pieces.append(gap if gap and not any(map(str.isalnum, gap)) else " ")
        typed = source[word.span.start : word.span.end]
        follows = end is None or word.span.start >= end
        pieces.append(typed if follows and typed.strip(_SIGNS) == word.text else word.text)
        end = word.span.end
    return "".join(pieces)


def read(text: str, accents: Accents) -> Reading:
    """How to rank a run of plain words."""
    found = tokens(text)
    accented = any(token.accented for token in found)
    asking = read_question([token.form for token in found]).empty
    neighbours = tuple(dict.fromkeys(pairs(text, found)))
    if accented or not found:
        forms = dict.fromkeys((token.form for token in found), 1.0)
        return Reading(text, neighbours, forms, _grammar(found, asking), accented, restored=False)
    chances = accents([accent_forms(token)[0] for token in found])
    likeliest: list[str] = []
    forms = {}
    for token, ways in zip(found, chances, strict=True):
        if token.fold.isdigit():
            ways = {token.form: 1.0} if ways else {}
        likeliest.append(next(iter(ways), token.form))
        for form, chance in ways.items():
            forms[form] = max(chance, forms.get(form, 0.0))
    text = _replaced(text, found, likeliest)
    grammar = _grammar(tokens(text), asking)
    return Reading(text, neighbours, forms, grammar, accented, restored=bool(forms))


def ranking(reading: Reading, zones: Sequence[str], weights: Weights) -> Iterator[Query]:
    """The clauses that rank. Syllables as typed are scored where they match, in `zones[0]`."""
    zone_weights: Mapping[str, Streams] = {"title": weights.title, "lead": weights.lead}
    known = reading.accented or reading.restored
    segmented = tuple(dict.fromkeys(words(reading.text, tokens(reading.text)))) if known else ()
    for zone in zones:
        worth = weights.body if zone == zones[0] else zone_weights[zone]
        for word in segmented:
            yield Term(f"{zone}_word", word, worth.word * reading.factor(word, weights))
        for pair in reading.pairs:
            yield Term(f"{zone}_pair", pair, worth.pair * reading.factor(pair, weights))
        if zone == zones[0] and reading.accented:
            continue
        for form, chance in reading.forms.items():
            boost = worth.syllable * chance * reading.factor(form, weights)
            yield Term(f"{zone}_syllable", form, boost)


def _grammar(found: Sequence[Token], asking: Collection[int]) -> frozenset[str]:
    """The forms that stand in interrogatives and nowhere else in the run."""
    inside = {name for at in asking for name in (found[at].form, found[at].fold)}
    outside = {
        name for at, token in enumerate(found) if at not in asking for name in (token.form, token.fold)
    }
    return frozenset(inside - outside)


def _replaced(text: str, found: Sequence[Token], forms: Sequence[str]) -> str:
    pieces, position = [], 0
    for token, form in zip(found, forms, strict=True):
        typed = text[token.start : token.end]
        pieces += [text[position : token.start], typed if form == token.form else form]
        position = token.end
    return "".join(pieces) + text[position:]
