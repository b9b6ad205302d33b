"""The query with its words spelt right; what else is in it stays as it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.query.ast import Parsed, Word
from kb.query.spelling import Speller, Written
from kb.query.vocabulary import Vocabulary
from kb.query.words import word_runs
from kb.vietnamese.analyser import Token, tokens


def corrected(parsed: Parsed, words: Vocabulary, *, thorough: bool) -> str | None:
    """The text of the query with its misspelt words corrected; None where none is clearly wrong.

    Only plain words are touched: phrases, fields, operators, numbers and codes stay as they are. A
    query without any accent is not corrected for that. `thorough`: little was found, so look closer.
    """
    runs = [list(_tokens(run, parsed.text)) for run in word_runs(parsed.node)]
    bare = not any(token.accented for run in runs for token in run)
    speller = Speller(words, bare=bare, thorough=thorough)
    text = parsed.text
    changed = False
    for run in sorted(
        runs, key=lambda run: -run[0].start if run else 0
    ):  # the last first: offsets stay
        meant = speller.correct(_written(run, parsed.text)) if run else None
        if meant is None:
            continue
        changed = True
        for token, form in reversed(list(zip(run, meant, strict=False))):
            as_typed = parsed.text[token.start : token.end]
            if as_typed.isalpha() and as_typed.lower() != form:
                text = text[: token.start] + _in_case(form, as_typed) + text[token.end :]
    return text if changed else None


def _tokens(run: Sequence[Word], text: str) -> Iterator[Token]:
    """The tokens of a run with offsets into the query."""
    for word in run:
        start, end = word.span.start, word.span.end
        for token in tokens(text[start:end]):
            yield Token(token.form, token.fold, start + token.start, start + token.end)


def _written(run: Sequence[Token], text: str) -> list[Written]:
    shouted = text.isupper()
    typed = [text[token.start : token.end] for token in run]
    return [
        Written(
            token.form,
            token.fold,
            fixed=not token.fold.isalpha() or (word.isupper() and not shouted),
            name=place > 0 and word[0].isupper() and not shouted,
        )
        for place, (token, word) in enumerate(zip(run, typed, strict=True))
    ]


def _in_case(form: str, typed: str) -> str:
    """`form` in capitals, with a capital or without, as `typed`."""
    if len(typed) > 1 and typed.isupper():
        return form.upper()
    return form[0].upper() + form[1:] if typed[0].isupper() else form
