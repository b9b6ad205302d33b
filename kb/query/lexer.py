"""From the query string to tokens: words, phrases, signs, operators, names of fields.

Every character is accounted for and nothing raises. A word here is a run without blanks, quotes and
parentheses, but signs at its start stand apart. Capitals alone make an operator, except in a
query that is all capitals: that is a copied heading ("VỀ VIỆC TỔ CHỨC VÀ BÀN GIAO ...").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kb.model import Span
from kb.query.fields import FIELD
from kb.query.repairs import Repairs

Kind = Literal["word", "phrase", "field", "open", "close", "minus", "or", "skip"]

OPERATORS: dict[str, Kind] = {
    "OR": "or",
    "HOẶC": "or",
    "HOAC": "or",
    "AND": "skip",  # side by side as without it
    "VÀ": "skip",
    "NOT": "minus",
}
VIETNAMESE_OPERATORS = frozenset({"HOẶC", "HOAC", "VÀ"})
HEADING_WORDS = 5  # so many words in capitals are a heading

MAX_TERMS = 64
TERM = re.compile(r"[^\W_]+")  # what counts as a term, also inside phrases and document numbers
_CORE = re.compile(r"[^\W_](?:.*[^\W_])?")

_PARENTHESES: dict[str, Kind] = {"(": "open", ")": "close"}
_QUOTES = '"“”„«»'
_QUOTE = re.compile(f"[{_QUOTES}]")
_BLANKS = re.compile(r"\s+")
_SIGNS = re.compile(rf"[^\w\s()|{_QUOTES}-]+|_+|-+")
_RUN = re.compile(rf"[^\s()|{_QUOTES}]+")
_MINUS = re.compile(rf"-+(?:[^\w\s()|{_QUOTES}-]|_)*+(?=[\w({_QUOTES}])")  # with signs: -#tag
_BEFORE_MINUS = re.compile(r"[\s(|:]")
# A stray blank before a dash and a number: in a name ("PV -05", "S -300"), a date or a range ("8 -3",
# "2020 -2022"), a short name ("su -57"; but "Nghệ An -2022" excludes a year).
_MODEL = re.compile(r"(?<![^\W_])(?:[A-ZĐ]{1,3}|\d{1,4}) ?$")
_SHORT_NAME = re.compile(r"(?<![^\W_])[A-Za-zĐđ]{1,3} ?$")
_SHORT_NUMBER = re.compile(r"\d{1,3}(?!\d)")
_SYMBOL = re.compile(r"\w*\d\w*[/-]")  # the start of a document number
_BRACKET = re.compile(r"\([^\W_]{1,12}\)")  # its drafter: 916/2007/QĐ-BCA(X11)
_ANY_NAME = re.compile(r"([^\W\d_]+):(?!//)")
# Blanks and signs between a field's name and its value, if there is one. Not possessive: Python before
# 3.11.5 (Debian 12 has 3.11.2) loses its place in such a group of alternatives.
_VALUE = re.compile(rf"(?:[^\w()|{_QUOTES}-]|_|-(?=\s))*(?=[^\W_]|[({_QUOTES}])")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """`text`: the run as written, a phrase's inside, a field's canonical name, or the sign itself."""

    kind: Kind
    text: str
    span: Span

    @property
    def has_terms(self) -> bool:
        """Is it a word or phrase with anything to search for, not only signs?"""
        return self.kind in ("word", "phrase") and TERM.search(self.text) is not None

    @property
    def core(self) -> str:
        """The text without the signs around it; a bracket that ends a document number stays."""
        core = _CORE.search(self.text)
        return core[0] + ")" * (core[0].count("(") - core[0].count(")")) if core else ""


def lex(text: str, repairs: Repairs) -> list[Token]:
    """The tokens of a query (NFC, no control characters), in order; spans point into `text`."""
    lexer = _Lexer(text, repairs)
    found: list[Token] = []
    position = lexer.skip_blanks(0)
    while position < len(text):
        found.append(lexer.token(position))
        position = lexer.skip_blanks(found[-1].span.end)
    return found


def within_limit(tokens: list[Token], repairs: Repairs) -> list[Token]:
    """The tokens as far as MAX_TERMS go, and what closes their parentheses."""
    terms_left = MAX_TERMS
    for place, token in enumerate(tokens):
        terms = list(TERM.finditer(token.text)) if token.has_terms else []
        if len(terms) <= terms_left:
            terms_left -= len(terms)
            continue
        repairs.tell("too-many-terms", token.span, limit=MAX_TERMS)
        kept = tokens[:place]
        if terms_left:
            text = token.text[: terms[terms_left - 1].end()]
            end = token.span.start + len(text) if token.kind == "word" else token.span.end
            kept.append(Token(token.kind, text, Span(token.span.start, end)))
        while kept and not kept[-1].has_terms and kept[-1].kind != "close":
            kept.pop()  # an operator or a field's name that nothing follows any more
        closing = [later for later in tokens[place:] if later.kind == "close"]
        still_open = sum((t.kind == "open") - (t.kind == "close") for t in kept)
        return kept + closing[: max(0, still_open)]
    return tokens


class _Lexer:
    def __init__(self, text: str, repairs: Repairs) -> None:
        self.text = text
        self.repairs = repairs
        words = [word for word in _LETTERS.findall(text) if word not in OPERATORS]
        self.is_heading = len(words) >= HEADING_WORDS and not any(c.islower() for c in text)
        self.no_names_before = 0  # up to here a field's name was found to be none

    def skip_blanks(self, position: int) -> int:
        blanks = _BLANKS.match(self.text, position)
        return blanks.end() if blanks else position

    def token(self, start: int) -> Token:
        """The token at `start`, where no blank is."""
        text = self.text
        sign = text[start]
        if sign in _QUOTES:
            return self._phrase(start)
        if sign in "()|":
            return self._token(_PARENTHESES.get(sign, "or"), start, start + 1)
        if minus := self._minus(start):
            return self._token("minus", start, minus)
        if signs := _SIGNS.match(text, start):
            return self._token("word", start, signs.end())
        if start >= self.no_names_before and (field := self._field(start)):
            return field
        end = self._run_end(start)
        if start < self.no_names_before:
            end = min(end, self.no_names_before)
        return self._token(self._operator(text[start:end]) or "word", start, end)

    def _token(self, kind: Kind, start: int, end: int) -> Token:
        return Token(kind, self.text[start:end], Span(start, end))

    def _phrase(self, start: int) -> Token:
        closing = _QUOTE.search(self.text, start + 1)
        if closing is None:
            self.repairs.tell("unclosed-quote", Span(start, start + 1))
            return self._token("skip", start, start + 1)
        return Token("phrase", self.text[start + 1 : closing.start()], Span(start, closing.end()))

    def _minus(self, start: int) -> int | None:
        """Where a minus ends that excludes what follows; None for any other dash."""
        minus = _MINUS.match(self.text, start)
        if minus is None or (start and not _BEFORE_MINUS.match(self.text, start - 1)):
            return None
        if self.text[minus.end() : minus.end() + 1].isdigit():
            if _MODEL.search(self.text, 0, start):
                return None
            if _SHORT_NUMBER.match(self.text, minus.end()) and _SHORT_NAME.search(self.text, 0, start):
                return None
        if minus[0].startswith("--"):
            self.repairs.tell("doubled-minus", Span(start, minus.end()))
        return minus.end()

    def _operator(self, run: str) -> Kind | None:
        if self.is_heading and run in VIETNAMESE_OPERATORS:
            return None
        return OPERATORS.get(run)

    def _field(self, start: int) -> Token | None:
        """The field named at `start`, or the first word of a name that is none."""
        if match := FIELD.match(self.text, start):
            if self._has_value(match.end()):
                return Token("field", match.lastgroup or "", Span(start, match.end()))
            code, name = "empty-field", match[0].rstrip(": ")
        elif match := _ANY_NAME.match(self.text, start):
            code, name = "unknown-field", match[1]
        else:
            return None
        self.repairs.tell(code, Span(start, start + len(name)), name)
        self.no_names_before = match.end()
        word = _LETTERS.match(name)
        return self._token("word", start, start + (word.end() if word else len(name)))

    def _has_value(self, end: int) -> bool:
        value = _VALUE.match(self.text, end)
        if value is None:
            return False
        start = value.end()
        run = self.text[start : self._run_end(start)]
        return FIELD.match(self.text, start) is None and self._operator(run) is None

    def _run_end(self, start: int) -> int:
        run = _RUN.match(self.text, start)
        if run is None:
            return start
        bracket = _BRACKET.match(self.text, run.end()) if _SYMBOL.match(run[0]) else None
        if bracket is None:
            return run.end()
        rest = _RUN.match(self.text, bracket.end())
        return rest.end() if rest else bracket.end()
