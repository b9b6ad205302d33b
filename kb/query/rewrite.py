"""Words that are left-over keys of an input method, read as what was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.i18n import _
from kb.model import Span
from kb.query.ast import Parsed, Repair, Word
from kb.query.vocabulary import Vocabulary
from kb.query.words import Leaf, map_leaves, word_runs
from kb.vietnamese.analyser import tokens
from kb.vietnamese.keystrokes import from_telex, from_vni
from kb.vietnamese.normalise import fold_form
from kb.vietnamese.syllables import is_syllable

SURE = 2  # keys that only stand for accents: a word with so many is no word of another language


def convert_keystrokes(parsed: Parsed, vocabulary: Vocabulary) -> Parsed:
    """The query with its Telex and VNI keys read, and a repair that tells so.

    A word is taken for keys only where the documents do not hold it as it stands, where they hold
    what its keys give, and where either several keys or a neighbour known from the documents speak for
    it: English words, numbers and codes stay. Quotes keep everything as typed.
    """
    found: dict[Span, str] = {}
    told: list[str] = []
    for run in word_runs(parsed.node):
        read = [_keys(word, parsed.text) for word in run]
        if any(read) and (accepted := _accepted(run, read, vocabulary)):  # seldom
            found.update(accepted)
            told += _stretch([(word, accepted.get(word.span)) for word in run])
    if not found:
        return parsed

    def convert(leaf: Leaf) -> Leaf:
        if isinstance(leaf, Word) and leaf.span in found:
            return replace(leaf, text=found[leaf.span])
        return leaf

    node = map_leaves(parsed.node, convert)
    message = _("Đã đọc phím gõ Telex/VNI: “{text}”. Muốn tìm đúng chữ đã gõ, đặt trong ngoặc kép.")
    first, last = min(found, key=lambda span: span.start), max(found, key=lambda span: span.end)
    repair = Repair("keystrokes", message.format(text=" ".join(told)), Span(first.start, last.end))
    return Parsed(parsed.text, node, (*parsed.repairs, repair))


def _stretch(run: Sequence[tuple[Word, str | None]]) -> list[str]:
    """What is searched for now, from the first word that was keys to the last."""
    places = [place for place, (_word, keys) in enumerate(run) if keys]
    return [keys or word.text for word, keys in run[places[0] : places[-1] + 1]]


def _keys(word: Word, query: str) -> str | None:
    """The syllable whose keys the word may be."""
    text = word.text
    keys = (from_telex(text) or from_vni(text)) if text.isalnum() else None
    if keys is None:
        return None
    # The only doubled vowel of the language, "oo", is rare, and "coong" more often means công.
    if is_syllable(text) and "oo" not in text.lower():
        return None
    if text.isupper() and not (query.isupper() and " " in query):
        return None  # PA08, CAX: a code or an abbreviation
    return keys


def _accepted(
    run: Sequence[Word], read: Sequence[str | None], vocabulary: Vocabulary
) -> dict[Span, str]:
    meant = [keys or _only_form(word.text) for word, keys in zip(run, read, strict=True)]
    accepted = {}
    for place, (word, keys) in enumerate(zip(run, read, strict=True)):
        if keys is None or keys not in vocabulary.forms(fold_form(keys)):
            continue
        if vocabulary.documents(word.text.lower()):
            continue
        neighbours = meant[max(place - 1, 0) : place + 2]
        if len(word.text) - len(keys) >= SURE or _side_by_side(neighbours, keys, vocabulary):
            accepted[word.span] = keys
    return accepted


def _only_form(text: str) -> str:
    """The form of a word of one token; empty for "12/KH-CAT"."""
    found = tokens(text)
    return found[0].form if len(found) == 1 else ""


def _side_by_side(forms: Sequence[str], form: str, vocabulary: Vocabulary) -> bool:
    """Does `form` stand in the documents beside one of its neighbours, which may have any accents
    where it was typed without?"""
    return any(
        form in (first, second) and _agree(first, left) and _agree(second, right)
        for left, right in pairwise(forms)
        for first, second in vocabulary.pairs(fold_form(left), fold_form(right))
    )


def _agree(written: str, typed: str) -> bool:
    return written == typed or typed == fold_form(typed)
