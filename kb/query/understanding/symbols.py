"""Symbols among the plain words, also loosely typed: "12/KH-CAT", "12 kh cat", "nghị định 06/2014"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from kb.query.understanding import clauses
from kb.query.understanding.recognised import Recognised, overlaps
from kb.query.understanding.runs import Run
from kb.results import Understood
from kb.vietnamese.analyser import tokens
from kb.vietnamese.symbols import find_typed, query_keys


def symbols_named(run: Run, today: date) -> Iterator[Recognised]:
    """The symbols of a run, in order."""
    if not any(character.isdigit() for character in run.text):
        return
    found = find_typed(run.text)
    taken = [typed.span for typed in found]
    for typed in found:
        written = run.text[typed.span.start : typed.span.end]
        yield _recognised(run, typed.span.start, written, typed.symbol.key, typed.keys, today)
    for word in run.words:
        start = word.span.start - run.start
        place = type(word.span)(start, word.span.end - run.start)
        glued = len(run.words) == 1 or len(tokens(word.text)) > 1
        if glued and not overlaps(place, taken) and (keys := query_keys(word.text)):
            yield _recognised(run, start, word.text, word.text, keys, today)


def _recognised(
    run: Run, start: int, written: str, key: str, keys: tuple[str, ...], today: date
) -> Recognised:
    alone, named = clauses.symbol(keys)
    whole = partial(clauses.symbol_only, keys, (key, written), today)
    span = run.span(start, start + len(written))
    told = Understood("symbol", written, key, label=key, span=span, soft=True)
    return Recognised(told, stands_for=named, alone=alone, whole=whole)
