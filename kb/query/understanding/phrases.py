"""A tree of phrases, word by word, to find the longest of them at each place of a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kb.vietnamese.analyser import Token, tokens


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[tuple[str, ...], str]] = field(default_factory=list)  # forms, value


class Phrases:
    """Phrases with a value each; found with accents or without, but not with other accents."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases`: (phrase as written, value); of equal phrases the first counts."""
        self._root = _Node()
        for phrase, value in phrases:
            node = self._root
            found = tokens(phrase)
            for token in found:
                node = node.next.setdefault(token.fold, _Node())
            node.ends.append((tuple(token.form for token in found), value))

    def at(self, words: Sequence[Token], index: int) -> tuple[str, int] | None:
        """The longest phrase that begins at word `index`: its value and the next index."""
        node, best = self._root, None
        for position in range(index, len(words)):
            below = node.next.get(words[position].fold)
            if below is None:
                break
            node = below
            for forms, value in node.ends:
                typed = words[index : position + 1]
                if all(t.form in (t.fold, form) for t, form in zip(typed, forms, strict=True)):
                    best = value, position + 1
                    break
        return best

    def find(self, words: Sequence[Token]) -> Iterator[tuple[str, int, int]]:
        """Every phrase, the longest at each place, not overlapping: (value, first, next index)."""
        index = 0
        while index < len(words):
            hit = self.at(words, index)
            if hit is not None:
                yield hit[0], index, hit[1]
            index = hit[1] if hit else index + 1
