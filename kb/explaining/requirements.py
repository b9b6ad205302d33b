"""What has to hold for a document to be found, read from the logical query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from kb.engines.explanation import Explanation
from kb.engines.port import All, Bool, Boost, Constant, DisMax
from kb.engines.semantics import required_should
from kb.explaining.wording import Wording
from kb.vietnamese.normalise import fold

RequirementKind = Literal["words", "any", "must", "filter", "must_not"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that has to hold for a document to be found.

    words: at least `needed` of several words; `matched` and `missing` name them. any: at least `needed`
    of the parts below. must, filter, must_not: what `text` says (must_not: must not hold).
    """

    kind: RequirementKind
    met: bool
    text: str = ""
    needed: int = 1
    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple[tuple[Requirement, ...], ...] = ()  # of `any`: each alternative's own requirements

    def to_json(self) -> dict[str, Any]:
        """Plain data (docs/json.md)."""
        return {
            "kind": self.kind,
            "met": self.met,
            "text": self.text,
            "needed": self.needed,
            "matched": list(self.matched),
            "missing": list(self.missing),
            "parts": [[requirement.to_json() for requirement in part] for part in self.parts],
        }


def requirements(
    node: Explanation, wording: Wording, kind: Literal["must", "filter"] = "must"
) -> Iterator[Requirement]:
    """What has to hold for the node to match, the alternatives of a word taken together."""
    match node.query:
        case All():
            return
        case Bool():
            for child in node.clauses("must"):
                yield from requirements(child, wording, kind)
            yield from _alternatives(node, wording, kind)
            for child in node.clauses("filter"):
                yield from requirements(child, wording, "filter")
            for child in node.clauses("must_not"):
                yield Requirement("must_not", not child.matched, wording.text(child.query))
        case Boost() | Constant():
            yield from requirements(node.children[0], wording, kind)
        case DisMax() if any(map(_is_compound, node.children)):
            yield _any_of(node.children, 1, wording, kind)
        case _:
            yield Requirement(kind, node.matched, wording.text(node.query))


def _alternatives(
    node: Explanation, wording: Wording, kind: Literal["must", "filter"]
) -> Iterator[Requirement]:
    assert isinstance(node.query, Bool)
    children, needed = node.clauses("should"), required_should(node.query)
    if not needed:
        return
    if len(children) == 1:
        yield from requirements(children[0], wording, kind)
    elif any(map(_is_compound, children)):
        yield _any_of(children, needed, wording, kind)
    else:
        texts = [(child.matched, wording.text(child.query)) for child in children]
        if len({fold(text) for _matched, text in texts}) == 1:  # one thing, spelt in several ways
            yield Requirement(kind, node.matched, texts[0][1])
            return
        yield Requirement(
            "words",
            sum(matched for matched, _text in texts) >= needed,
            needed=needed,
            matched=tuple(text for matched, text in texts if matched),
            missing=tuple(text for matched, text in texts if not matched),
        )


def _any_of(
    children: Iterable[Explanation],
    needed: int,
    wording: Wording,
    kind: Literal["must", "filter"],
) -> Requirement:
    children = tuple(children)
    return Requirement(
        "any",
        sum(child.matched for child in children) >= needed,
        needed=needed,
        parts=tuple(tuple(requirements(child, wording, kind)) for child in children),
    )


def _is_compound(node: Explanation) -> bool:
    """Whether a node asks for more than one thing: not a word in its several forms."""
    query = node.query
    if isinstance(query, Bool):
        several = query.must or query.filter or query.must_not
        if several or required_should(query) > 1:
            return True
    return any(map(_is_compound, node.children))
