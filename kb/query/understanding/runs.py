"""The plain words of a query: runs of them, as they stand side by side in the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.model import Span
from kb.query import ast
from kb.vietnamese.abbreviations import long_form
from kb.vietnamese.analyser import Token, tokens


@dataclass(frozen=True, slots=True)
class Run:
    """Plain words side by side. Offsets of `text` and of the tokens count from `start`."""

    text: str
    start: int  # in Parsed.text
    words: tuple[ast.Word, ...]
    tokens: tuple[Token, ...]
    written_out: tuple[Token, ...]  # abbreviations as the words they stand for, at their place

    def span(self, start: int, end: int) -> Span:
        """A range of `text` as a span of the query."""
        return Span(self.start + start, self.start + end)

    def without(self, taken: Sequence[Span], by: str) -> str:
        """`text` with the spans (of the query) overwritten by a character, of the same length."""
        text = self.text
        for span in taken:
            start, end = max(span.start - self.start, 0), min(span.end - self.start, len(text))
            if start < end:
                text = text[:start] + by * (end - start) + text[end:]
        return text


def runs(parsed: ast.Parsed) -> Iterator[Run]:
    """Every run of plain words, in order: not in quotes, not behind a minus, no value of a field."""
    if parsed.node is not None:
        yield from _below(parsed.node, parsed.text)


def _below(node: ast.Node, text: str) -> Iterator[Run]:
    match node:
        case ast.Or():
            for option in node.children:
                yield from _below(option, text)
        case ast.Group():
            for plain, same in groupby(node.children, key=_is_plain):
                nodes = tuple(same)
                if plain:
                    yield _run([word for word in nodes if isinstance(word, ast.Word)], text)
                else:
                    for child in nodes:
                        yield from _below(child, text)
        case ast.Word() if _is_plain(node):
            yield _run([node], text)


def _is_plain(node: ast.Node) -> bool:
    return isinstance(node, ast.Word) and not node.prefix


def _run(words: Sequence[ast.Word], text: str) -> Run:
    start, end = words[0].span.start, words[-1].span.end
    plain = text[start:end]
    found = tuple(tokens(plain))
    return Run(plain, start, tuple(words), found, tuple(_written_out(plain, found)))


def _written_out(text: str, found: Sequence[Token]) -> Iterator[Token]:
    for token in found:
        long = long_form(text[token.start : token.end], any_case=True)
        if long is None:
            yield token
            continue
        for word in tokens(long):
            yield Token(word.form, word.fold, token.start, token.end)
