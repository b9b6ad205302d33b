"""From what the user typed to a tree. Never raises; what was put right is told.

    kế hoạch ngày hội          words side by side
    "toàn dân bảo vệ"          a phrase; also “ ” „ « »
    -nháp  -"dự thảo"  -( )    without; also NOT
    a b OR c d                 (a b) or (c d); also HOẶC, |. VÀ, AND mean side by side
    toàn*                      words that begin so
    loại:kế hoạch              a field, see kb.query.fields; also "..." and ( ) after the colon
    ngày:2020..2022            days; also từ:3/2025 đến:8/2025

OR binds looser than side by side, because most Vietnamese words are written as several.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kb.model import Span
from kb.query.ast import Dates, Fielded, Group, Node, Not, Or, Parsed, Phrase, Word
from kb.query.cursor import Cursor, plain
from kb.query.fields import DATE_FIELDS, LISTED_FIELDS
from kb.query.known import KnownValues, Tables
from kb.query.lexer import OPERATORS, TERM, Token, lex, within_limit
from kb.query.repairs import Repairs
from kb.vietnamese.normalise import nfc

MAX_LENGTH = 2_000  # characters
MAX_DEPTH = 20  # parentheses
MIN_PREFIX = 3  # letters before a star

# Control and invisible characters and halves of surrogate pairs: blanks, so that offsets stay.
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_TABLES = Tables()


def parse(query: str, known: KnownValues = _TABLES) -> Parsed:
    """The tree of a query, and what was repaired in it. Spans point into `Parsed.text`.

    `Parsed.text` is the query in NFC, odd characters replaced by blanks, cut at MAX_LENGTH.
    """
    repairs = Repairs()
    text = _ODD.sub(" ", nfc(query[: 4 * MAX_LENGTH]))
    if len(text) > MAX_LENGTH:
        text = text[:MAX_LENGTH]
        text = text[: max(text.rfind(" "), 0)] or text  # no half word at the end
        repairs.tell("too-long", Span(len(text), len(text)), limit=MAX_LENGTH)
    tokens = within_limit(lex(text, repairs), repairs)
    node = _Parser(text, tokens, known, repairs).alternatives(depth=0)
    return Parsed(text, node, tuple(repairs.told))


class _Parser:
    """Recursive descent; its depth is the depth of parentheses, MAX_DEPTH at most."""

    def __init__(
        self, text: str, tokens: Sequence[Token], known: KnownValues, repairs: Repairs
    ) -> None:
        self.at = Cursor(text, tokens, known)
        self.repairs = repairs

    # ------------------------------------------------------------ structure

    def alternatives(self, depth: int, field: str | None = None) -> Node | None:
        """Up to the closing parenthesis of this depth, or the end. `field`: of all values inside."""
        options: list[Node] = []
        side_by_side: list[Node] = []
        operator: Token | None = None  # an OR that still needs its right side
        while token := self.at.peek():
            if token.kind == "close" and depth:
                break
            if token.kind in ("word", "phrase", "field", "open", "minus"):
                node = self._item(token, depth, field)
                if node:
                    side_by_side.append(node)
                continue
            self.at.step()
            if token.kind == "close":
                self.repairs.tell("stray-parenthesis", token.span)
            elif token.kind == "or" and side_by_side:
                options.append(self._side_by_side(side_by_side))
                side_by_side, operator = [], token
            elif token.kind == "or":
                self.repairs.tell("lonely-or", token.span, token.text)
        if side_by_side:
            options.append(self._side_by_side(side_by_side))
        elif operator:
            self.repairs.tell("lonely-or", operator.span, operator.text)
        if len(options) > 1:
            return Or(tuple(options), Span(options[0].span.start, options[-1].span.end))
        return options[0] if options else None

    def _item(self, first: Token, depth: int, field: str | None) -> Node | None:
        if first.kind != "minus":
            return self._primary(first, depth, field)
        self.at.step()
        while (token := self.at.peek()) and token.kind == "minus":
            self.repairs.tell("doubled-minus", token.span)
            self.at.step()
        node = None
        if token:
            is_word = token.kind == "word" and not field
            node = self._excluded(token) if is_word else self._primary(token, depth, field)
        if node is None:
            self.repairs.tell("lonely-minus", first.span, first.text)
            return None
        return Not(node, Span(first.span.start, node.span.end))

    def _excluded(self, token: Token) -> Word | Phrase | None:
        """A word after a minus, with all its syllables: "-hội nghị" does not exclude every "hội"."""
        first = self.at.position
        text = ""
        if token.has_terms and "*" not in token.text:
            text = self.at.name("kind", "topic") or self.at.word()
        if self.at.position - first < 2:
            self.at.position = first
            return self._word_or_phrase(token)
        span = Span(token.span.start, self.at.end)
        self.repairs.tell("minus-phrase", span, text)
        return Phrase(text, span)

    def _primary(self, token: Token, depth: int, field: str | None) -> Node | None:
        """One value or parenthesis; None, and no step, at anything else."""
        if token.kind == "field":
            self.at.step()
            return self._value(token.text, token.span.start, depth)
        if field and token.kind in ("word", "phrase"):
            return self._value(field, token.span.start, depth)
        if token.kind == "open":
            return self._parentheses(token, depth, field)
        if token.kind in ("word", "phrase"):
            return self._word_or_phrase(token)
        return None

    def _parentheses(self, opening: Token, depth: int, field: str | None) -> Node | None:
        if depth == MAX_DEPTH:
            self.repairs.tell("too-deep", opening.span, limit=MAX_DEPTH)
            self._skip_parentheses()
            return None
        self.at.step()
        first = self.at.position
        node = self.alternatives(depth + 1, field)
        closing = self.at.peek()
        if closing and self.at.position == first:
            self.repairs.tell("empty-parentheses", Span(opening.span.start, closing.span.end))
        self.at.step()
        if closing is None:
            self.repairs.tell("unclosed-parenthesis", opening.span)
        if isinstance(node, Group | Or):
            end = closing.span.end if closing else node.span.end
            return replace(node, span=Span(opening.span.start, end))
        return node

    def _side_by_side(self, nodes: Sequence[Node]) -> Node:
        """The nodes as one; "từ" and "đến" next to each other become one range of days."""
        merged: list[Node] = []
        for node in nodes:
            before = merged[-1] if merged else None
            if isinstance(before, Dates) and isinstance(node, Dates) and _is_range(before, node):
                merged.pop()
                node = self._range(before.start, node.end, before.span.start, node.span.end)
            merged.append(node)
        if len(merged) == 1:
            return merged[0]
        return Group(tuple(merged), Span(merged[0].span.start, merged[-1].span.end))

    def _skip_parentheses(self) -> None:
        depth = 0
        while token := self.at.peek():
            depth += {"open": 1, "close": -1}.get(token.kind, 0)
            self.at.step()
            if not depth:
                return

    # ------------------------------------------------------------ leaves

    def _word_or_phrase(self, token: Token) -> Word | Phrase | None:
        self.at.step()
        return self._word(token) if token.kind == "word" else self._phrase(token)

    def _word(self, token: Token) -> Word | None:
        text = token.core
        if not text:
            if "*" in token.text:
                self.repairs.tell("stray-star", token.span, token.text)
            return None
        if text in OPERATORS:
            text = text.lower()  # it stands for itself here
        is_prefix = "*" in token.text[len(text) :]
        if is_prefix and len(TERM.findall(text)[-1]) < MIN_PREFIX:
            self.repairs.tell("short-prefix", token.span, token.text, limit=MIN_PREFIX)
            is_prefix = False
        return Word(text, token.span, is_prefix)

    def _phrase(self, token: Token) -> Phrase | None:
        if not token.has_terms:
            self.repairs.tell("empty-quote", token.span)
            return None
        return Phrase(plain(token.text), token.span)

    # ------------------------------------------------------------ fields

    def _value(self, field: str, start: int, depth: int) -> Node | None:
        """What a field is restricted to: days, a known name, else one word or phrase."""
        first = self.at.position
        while (token := self.at.peek()) and token.kind in ("word", "skip") and not token.has_terms:
            self.at.step()  # signs; only dates begin with some: ">2020"
        if token and token.kind == "open":
            return self._parentheses(token, depth, field)
        if token is None or token.kind not in ("word", "phrase"):
            return None
        if field in DATE_FIELDS:
            return self._days(field, start, first, token)
        if token.kind == "phrase":
            return self._quoted(field, start, token)
        if "*" in token.text:
            self.repairs.tell("star-in-field", token.span, token.text)
        if field == "symbol":
            self.at.step()
            text = token.core
        else:
            text = (field in LISTED_FIELDS and self.at.name(field)) or self.at.word()
        return Fielded(field, text, Span(start, self.at.end))

    def _quoted(self, field: str, start: int, token: Token) -> Fielded | None:
        self.at.step()
        phrase = self._phrase(token)
        if phrase is None:
            return None
        return Fielded(field, phrase.text, Span(start, phrase.span.end), quoted=True)

    def _days(self, field: str, start: int, first: int, token: Token) -> Node | None:
        behind_signs = self.at.position
        self.at.position = first
        days = self.at.days()
        if days is None:
            self.at.position = behind_signs
            self.repairs.tell("bad-date", token.span, plain(token.text))
            return self._word_or_phrase(token)
        begin, end = days
        if field == "from" and begin:
            end = None
        elif field == "to" and end:
            begin = None
        return self._range(begin, end, start, self.at.end)

    def _range(self, first: date | None, last: date | None, start: int, end: int) -> Dates:
        if first and last and first > last:
            self.repairs.tell("reversed-days", Span(start, end))
        return Dates(first, last, Span(start, end))


def _is_range(first: Dates, second: Dates) -> bool:
    """Is one open at its end and the other at its start?"""
    return None not in (first.start, second.end) and first.end is None and second.start is None
