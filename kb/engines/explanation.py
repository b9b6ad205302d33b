"""Why a document matches a query and where its score comes from: exact on every engine.

The leaves of the tree are run on the engine itself, each for this one document alone; what the
nodes above make of them is what the port says. So an explanation knows nothing of any engine, of
any field, or of how queries are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kb.engines.port import Bool, Boost, Constant, DisMax, Engine, Ids, Query
from kb.engines.semantics import is_empty, required_should

Role = Literal["must", "should", "filter", "must_not"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A node of the query and what it means for the document.

    `score` is the node's own, `contribution` what of it reaches the score of the whole query: after
    boosts and the choice of DisMax, nothing below `filter`, `must_not` or a node that does not match.
    """

    query: Query
    matched: bool
    score: float
    contribution: float = 0.0
    role: Role = "must"  # as a clause of a Bool; "must" elsewhere
    children: tuple[Explanation, ...] = ()

    def scoring(self) -> Iterator[Explanation]:
        """The nodes that contributions come from: leaves, and Constant, whose child scores nothing.

        Their contributions add up to `contribution`.
        """
        if not self.children or isinstance(self.query, Constant):
            yield self
        else:
            for child in self.children:
                yield from child.scoring()

    def clauses(self, role: Role) -> tuple[Explanation, ...]:
        """The children with this role."""
        return tuple(child for child in self.children if child.role == role)


def explain(engine: Engine, query: Query, document_id: str) -> Explanation:
    """The explanation of `query` for one document; where the engine has none such, nothing matches.

    Scores are rounded as the engine's own are (`kb.engines.semantics.comparable`), so sums agree to
    about five digits.
    """
    seen: dict[Query, tuple[bool, float]] = {}

    def leaf(node: Query) -> tuple[bool, float]:
        if node not in seen:
            only = Bool(must=(node,), filter=(Ids((document_id,)),))
            hits = engine.search(only, limit=1).hits
            seen[node] = (True, hits[0].score) if hits else (False, 0.0)
        return seen[node]

    return _contributing(_evaluate(query, leaf, "must"), 1.0)


def _evaluate(query: Query, leaf: Callable[[Query], tuple[bool, float]], role: Role) -> Explanation:
    """Bottom up: what matches, and each node's own score."""

    def below(queries: Sequence[Query], role: Role = "must") -> tuple[Explanation, ...]:
        return tuple(_evaluate(child, leaf, role) for child in queries)

    match query:
        case Bool():
            must, should = below(query.must, "must"), below(query.should, "should")
            filters, must_not = below(query.filter, "filter"), below(query.must_not, "must_not")
            children = (*must, *should, *filters, *must_not)
            matched = (
                not is_empty(query)
                and all(child.matched for child in (*must, *filters))
                and not any(child.matched for child in must_not)
                and sum(child.matched for child in should) >= required_should(query)
            )
            score = sum(child.score for child in (*must, *should) if child.matched)
        case DisMax():
            children = below(query.children)
            scores = [child.score for child in children if child.matched]
            matched = bool(scores)
            score = max(scores) + query.tie * (sum(scores) - max(scores)) if scores else 0.0
        case Boost():
            children = below((query.child,))
            matched, score = children[0].matched, children[0].score * query.factor
        case Constant():
            children = below((query.child,))
            matched, score = children[0].matched, query.score
        case _:
            children = ()
            matched, score = leaf(query)
    return Explanation(query, matched, score if matched else 0.0, 0.0, role, children)


def _contributing(node: Explanation, factor: float) -> Explanation:
    """Top down: how much of each score reaches the top. `factor` is 0 where nothing does."""
    if not node.matched:
        factor = 0.0
    factors = [factor] * len(node.children)
    match node.query:
        case Bool():
            scored = ("must", "should")
            factors = [factor if child.role in scored else 0.0 for child in node.children]
        case DisMax():
            factors = [factor * node.query.tie] * len(node.children)
            best = max(node.children, key=lambda c: (c.matched, c.score), default=None)
            factors = [
                factor if child is best else f for child, f in zip(node.children, factors, strict=True)
            ]
        case Boost():
            factors = [factor * node.query.factor]
        case Constant():
            factors = [0.0]
    children = tuple(
        _contributing(child, share) for child, share in zip(node.children, factors, strict=True)
    )
    return replace(node, contribution=factor * node.score, children=children)
