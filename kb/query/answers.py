"""What the documents that answer a question look like, beside the words they share with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.engines.port import Constant, Phrase, Query
from kb.query.understanding.clauses import rules
from kb.vietnamese.analyser import Token
from kb.vietnamese.questions import asks_for_rules, defined

DEFINITION = 20.0  # "hộ chiếu là …": short, and often one of a long list of definitions
LONGEST_DEFINED = 8  # words


def answers(question: Sequence[Token]) -> Iterator[Query]:
    """What ranks for the kind of answer wanted: rules before reports, definitions."""
    if asks_for_rules(question):
        yield rules()
    thing = defined(question)
    if 0 < len(thing) <= LONGEST_DEFINED:
        if any(token.accented for token in question):
            said = Phrase("body_syllable", (*(token.form for token in thing), "là"))
        else:
            said = Phrase("body_fold", (*(token.fold for token in thing), "la"))
        yield Constant(said, DEFINITION)
