"""A document among those it is related to: the weightiest of them, and what they say of each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from kb.access import Principal
from kb.catalog import reading, relations
from kb.catalog.reading import Listed
from kb.relations.reading import RELATIONS
from kb.relations.related import Relations

MOST = 14  # documents besides the one in the middle
_WEIGHT = {name: weight for weight, name in enumerate(RELATIONS)}


@dataclass(frozen=True, slots=True)
class Edge:
    """The weightiest thing a document says of another; both are ids."""

    source: str
    relation: str
    target: str


@dataclass(frozen=True, slots=True)
class Network:
    """Documents in the order of time, undated ones last; edges lead between them only."""

    documents: tuple[Listed, ...]
    edges: tuple[Edge, ...]
    left_out: int  # related documents that did not fit


def network(
    connection: Connection, document_id: str, related: Relations, principal: Principal
) -> Network:
    """What surrounds a document whose relations are known, as far as the principal may see it."""
    weights: dict[str, int] = {}
    for link in (*related.outgoing, *related.incoming):
        if link.id is not None and link.id != document_id:
            weights[link.id] = min(_WEIGHT[link.relation], weights.get(link.id, len(RELATIONS)))
    chosen = sorted(weights, key=lambda id_: weights[id_])[:MOST]
    found = reading.listed(connection, [document_id, *chosen], principal.labels)
    found.sort(key=lambda each: (each.sort_date or date.max, each.id))
    edges: dict[tuple[str, str], Edge] = {}
    for source, relation, target in relations.among(connection, [each.id for each in found]):
        known = edges.get((source, target))
        if known is None or _WEIGHT[relation] < _WEIGHT[known.relation]:
            edges[source, target] = Edge(source, relation, target)
    return Network(tuple(found), tuple(edges.values()), max(0, len(weights) - MOST))
