"""What documents say of one document and it of them, for whoever may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from kb.access import Principal
from kb.catalog import reading, relations
from kb.catalog.relations import Link
from kb.relations import labels
from kb.relations.validity import Validity


@dataclass(frozen=True, slots=True)
class Relations:
    """The links of a document both ways, and whether it is in force (None: nothing tells)."""

    outgoing: tuple[Link, ...]
    incoming: tuple[Link, ...]
    validity: Validity | None
    on: date

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        state = self.validity
        return {
            "validity": None
            if state is None
            else {
                "state": state.state,
                "reason": state.reason,
                "by": state.by,
                "since": state.since.isoformat() if state.since else None,
            },
            "on": self.on.isoformat(),
            "outgoing": [_plain(link) for link in self.outgoing],
            "incoming": [_plain(link) for link in self.incoming],
        }


def related(connection: Connection, document_id: str, principal: Principal, on: date) -> Relations:
    """The links of a document that the principal may see, and its state on a day."""
    outgoing = relations.outgoing(connection, document_id, principal.labels)
    incoming = relations.incoming(connection, document_id, principal.labels)
    state = relations.of_document(connection, document_id, on)
    if state is not None and state.by is not None:
        seen = reading.listed(connection, [state.by], principal.labels)
        if not seen:  # that it ended may be told, not by what
            state = Validity(state.state, state.reason, None, state.since)
    return Relations(tuple(outgoing), tuple(incoming), state, on)


def told(state: Validity | None) -> str:
    """A state with its proof, in a sentence for a person; `by` is told by whoever shows it."""
    name = labels.state(state.state if state else None)
    if state is None:
        return name
    since = f"{state.since:%d/%m/%Y}" if state.since else None
    reason = labels.reason(state.reason)
    return f"{name}: {reason} ({since})" if since else f"{name}: {reason}"


def _plain(link: Link) -> dict[str, Any]:
    return {
        "relation": link.relation,
        "symbol": link.symbol,
        "issued_on": link.issued_on.isoformat() if link.issued_on else None,
        "part": link.part or None,
        "id": link.id,
        "title": link.title,
        "ambiguous": link.ambiguous,
        "start": link.span.start,
        "evidence": [link.evidence.start, link.evidence.end],
    }
