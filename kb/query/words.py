"""The leaves of a tree: its plain words, and every leaf that may be changed.

What stands after a minus is left alone: it must go on excluding what it excludes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kb.query.ast import Dates, Fielded, Group, Node, Not, Or, Phrase, Word

Leaf = Word | Phrase | Fielded | Dates


def word_runs(node: Node | None) -> Iterator[list[Word]]:
    """Plain words that stand side by side, a run each: not quoted, no field's value, without a star."""
    match node:
        case Word(prefix=False):
            yield [node]
        case Or():
            for option in node.children:
                yield from word_runs(option)
        case Group():
            run: list[Word] = []
            for child in node.children:
                if isinstance(child, Word) and not child.prefix:
                    run.append(child)
                    continue
                if run:
                    yield run
                run = []
                yield from word_runs(child)
            if run:
                yield run


def leaves(node: Node | None) -> Iterator[Leaf]:
    """Every leaf that is not excluded, in order."""
    if isinstance(node, Group | Or):
        for child in node.children:
            yield from leaves(child)
    elif node is not None and not isinstance(node, Not):
        yield node


def map_leaves(node: Node | None, change: Callable[[Leaf], Node | None]) -> Node | None:
    """The tree with every leaf that is not excluded changed, or left out where `change` gives None.

    None where nothing is left.
    """
    if isinstance(node, Group | Or):
        kept = [child for old in node.children if (child := map_leaves(old, change)) is not None]
        if len(kept) < 2 and len(kept) < len(node.children):
            return kept[0] if kept else None
        return replace(node, children=tuple(kept))
    return node if node is None or isinstance(node, Not) else change(node)


def flat(node: Node | None) -> Node | None:
    """The tree with groups inside of groups dissolved, so that their words stand side by side."""
    if not isinstance(node, Group | Or):
        return node
    children = [child for old in node.children if (child := flat(old)) is not None]
    if isinstance(node, Group):
        inner = ((child.children if isinstance(child, Group) else (child,)) for child in children)
        children = [child for some in inner for child in some]
    return replace(node, children=tuple(children))
