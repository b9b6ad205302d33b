"""A place in the tokens of a query, and how far a word, a name or a date reaches from there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from kb.model import Span
from kb.query.known import KnownValues, Range
from kb.query.lexer import Token

MAX_RUN = 12  # words that are tried as one name or date

T = TypeVar("T")

_BLANKS = re.compile(r"\s+")


class Cursor:
    """Reads tokens one after the other. Its methods that find something go behind it."""

    def __init__(self, text: str, tokens: Sequence[Token], known: KnownValues) -> None:
        self.position = 0
        self._text = text
        self._tokens = tokens
        self._known = known

    def peek(self) -> Token | None:
        """The token here; None at the end."""
        return self._tokens[self.position] if self.position < len(self._tokens) else None

    def step(self) -> None:
        """Go behind the token here."""
        self.position += 1

    @property
    def end(self) -> int:
        """The offset in the text where the token before this place ends."""
        return self._tokens[self.position - 1].span.end

    def name(self, *fields: str) -> str | None:
        """The longest known name of one of `fields` that begins here."""

        def known(text: str) -> str | None:
            return text if any(self._known.names(field, text) for field in fields) else None

        return self._longest(known)

    def days(self) -> Range | None:
        """The days of the longest date that begins here: a phrase, or words and signs."""
        token = self.peek()
        if token is None or token.kind != "phrase":
            return self._longest(self._known.days)
        days = self._known.days(plain(token.text))
        self.position += days is not None
        return days

    def word(self) -> str:
        """The word here with all its syllables, without signs around it."""
        run = self._run()
        start = run[0].span.start
        end = start + self._known.first_word(self._text[start : run[-1].span.end])
        self.position += max(1, sum(token.span.start < end for token in run))
        span = Span(start, self.end)
        return Token("word", plain(self._text[span.start : span.end]), span).core

    def _longest(self, find: Callable[[str], T | None]) -> T | None:
        run = self._run()
        for count in range(len(run), 0, -1):
            written = self._text[run[0].span.start : run[count - 1].span.end]
            # A full stop may belong to a name ("TP.") or a date ("2020..") or end a sentence.
            for text in dict.fromkeys((written.rstrip(",;"), written.rstrip(",;.?!"))):
                found = find(plain(text))
                if found is not None:
                    self.position += count
                    return found
        return None

    def _run(self) -> list[Token]:
        """The words up to the next comma, quote, parenthesis, operator or field."""
        run: list[Token] = []
        for token in self._tokens[self.position : self.position + MAX_RUN]:
            if token.kind != "word":
                break
            run.append(token)
            if token.text[-1] in ",;":
                break
        return run


def plain(text: str) -> str:
    """`text` with single blanks, none around it."""
    return _BLANKS.sub(" ", text).strip()
