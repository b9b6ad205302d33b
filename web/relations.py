"""What a document and others say of each other, for its page: in groups, and whether it is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.access import PUBLIC
from kb.catalog.relations import Link
from kb.relations import labels
from kb.relations.reading import RELATIONS
from kb.relations.related import Relations
from kb.relations.validity import EXPIRED
from kb.results import Hit
from web.display import day

if TYPE_CHECKING:
    from kb.library import Library


@dataclass(frozen=True, slots=True)
class Proof:
    """A state of validity, why, by which document, and since which day ("" where it is not told)."""

    state: str
    reason: str
    by: Link | None
    since: str


@dataclass(frozen=True, slots=True)
class Group:
    """Links of one kind and direction."""

    label: str
    links: tuple[Link, ...]
    incoming: bool


def groups(found: Relations) -> tuple[Group, ...]:
    """The weightier relations first, mere mentions last; its own words before those of others."""
    filled = []
    for name in RELATIONS:
        for links, incoming in ((found.outgoing, False), (found.incoming, True)):
            chosen = tuple(link for link in links if link.relation == name)
            if chosen:
                filled.append(Group(labels.relation(name, incoming=incoming), chosen, incoming))
    return tuple(filled)


def proof(found: Relations) -> Proof | None:
    """Why a document is, or is not, in force; None where nothing tells."""
    state = found.validity
    if state is None:
        return None
    by = next((link for link in found.incoming if state.by and link.id == state.by), None)
    since = day(state.since) if state.since else ""
    return Proof(state.state, labels.reason(state.reason), by, since)


def successors(library: Library, hits: Iterable[Hit]) -> dict[str, Link]:
    """Of the hits that no longer hold, what ended each: by id; those of which that is not told are left
    out."""
    found = {}
    for hit in hits:
        if hit.validity == EXPIRED:
            ended = proof(library.knowledge.relations(hit.id, PUBLIC))
            if ended is not None and ended.by is not None:
                found[hit.id] = ended.by
    return found
