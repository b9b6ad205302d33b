"""The query with its words spelt right; what else is in it stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.query.ast import Parsed, Word
from kb.query.other_symbol import other_symbol
from kb.query.spelling import Speller, Written
from kb.query.vocabulary import Vocabulary
from kb.query.words import word_runs
from kb.vietnamese import questions
from kb.vietnamese.analyser import Token, tokens

_PAUSE = re.compile(r"[,;:.!?()/…]")


def corrected(parsed: Parsed, vocabulary: Vocabulary, *, thorough: bool) -> str | None:
    """The text of the query with its misspelt words corrected; None where none is clearly wrong.

    Only plain words are touched: phrases, fields, operators, numbers and codes stay as they are, but
    for a query that is nothing but a symbol (kb.query.other_symbol). A query without any accent is not
    corrected for that. `thorough`: little was found, so look closer.
    """
    other = other_symbol(parsed, vocabulary)
    if other is not None:
        return other
    runs = [run for words in word_runs(parsed.node) for run in _runs(words, parsed.text)]
    bare = not any(token.accented for run in runs for token in run)
    speller = Speller(vocabulary, bare=bare, thorough=thorough)
    changes: list[tuple[Token, str]] = []
    for run in runs:
        meant = speller.correct(_written(run, parsed.text))
        if meant is not None:
            changes += zip(run, meant, strict=False)
    text = parsed.text
    for token, form in sorted(changes, key=lambda change: -change[0].start):  # last first: offsets stay
        typed = text[token.start : token.end]
        if typed.isalpha() and typed.lower() != form:
            text = text[: token.start] + _in_case(form, typed) + text[token.end :]
    return text if changes else None


def _runs(words: Sequence[Word], text: str) -> Iterator[list[Token]]:
    """The tokens of words side by side, with offsets into the query; a new run after every comma."""
    run: list[Token] = []
    for word in words:
        start, end = word.span.start, word.span.end
        for token in tokens(text[start:end]):
            if run and _PAUSE.search(text, run[-1].end, start + token.start):
                yield run
                run = []
            run.append(Token(token.form, token.fold, start + token.start, start + token.end))
    if run:
        yield run


def _written(run: Sequence[Token], text: str) -> list[Written]:
    shouted = text.isupper()
    typed = [text[token.start : token.end] for token in run]
    return [
        Written(
            token.form,
            token.fold,
            fixed=not token.fold.isalpha()
            or token.form in questions.WORDS
            or (word.isupper() and not shouted),
            name=place > 0 and word[0].isupper() and not shouted,
        )
        for place, (token, word) in enumerate(zip(run, typed, strict=True))
    ]


def _in_case(form: str, typed: str) -> str:
    """`form` in capitals, with a capital or without, as `typed`."""
    if len(typed) > 1 and typed.isupper():
        return form.upper()
    return form[0].upper() + form[1:] if typed[0].isupper() else form
