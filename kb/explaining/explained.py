"""The explanation of one document for one request, and its plain form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kb.engines.explanation import Explanation
from kb.engines.port import Bool
from kb.engines.semantics import required_should
from kb.explaining.requirements import Requirement
from kb.results import SearchRequest, Understood


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of match adds to the score, and each match by itself, largest first."""

    field: str | None  # the index field, None for what is not of one field
    label: str
    score: float
    items: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanation of one document for one request.

    The scores of `parts` add up to `score` (to about five digits). `rank` counts from 1 in the order of
    the request; None where the document is not found.
    """

    request: SearchRequest
    id: str
    title: str
    rank: int | None
    total: int
    score: float
    relaxed: str | None
    understood: tuple[Understood, ...]
    requirements: tuple[Requirement, ...]
    parts: tuple[Part, ...]
    tree: Explanation

    @property
    def found(self) -> bool:
        """Whether the search lists the document."""
        return self.rank is not None

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            "query": self.request.query,
            "id": self.id,
            "title": self.title,
            "found": self.found,
            "rank": self.rank,
            "total": self.total,
            "score": round(self.score, 4),
            "relaxed": self.relaxed,
            "understood": [{"kind": u.kind, "text": u.text, "value": u.value} for u in self.understood],
            "requirements": [requirement.to_json() for requirement in self.requirements],
            "parts": [
                {
                    "field": part.field,
                    "label": part.label,
                    "score": round(part.score, 4),
                    "items": [{"text": text, "score": round(score, 4)} for text, score in part.items],
                }
                for part in self.parts
            ],
            "tree": _tree(self.tree),
        }


def _tree(node: Explanation) -> dict[str, Any]:
    """The whole tree as plain data."""
    attributes = {
        name: getattr(node.query, name)
        for name in (
            "field",
            "token",
            "tokens",
            "prefix",
            "low",
            "high",
            "ids",
            "boost",
            "factor",
            "tie",
        )
        if hasattr(node.query, name)
    }
    if isinstance(node.query, Bool):
        attributes["minimum"] = required_should(node.query)
    return {
        "node": type(node.query).__name__,
        **{name: list(v) if isinstance(v, tuple) else v for name, v in attributes.items()},
        "role": node.role,
        "matched": node.matched,
        "score": round(node.score, 4),
        "contribution": round(node.contribution, 4),
        "children": [_tree(child) for child in node.children],
    }
