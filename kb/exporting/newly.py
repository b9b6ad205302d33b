"""The documents of a search by when they came into the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kb.access import Principal
from kb.catalog import reading
from kb.exporting.citation import citation
from kb.library import Library
from kb.results import SearchRequest
from kb.vietnamese import units

_LOOKED_AT = 20_000  # of the best hits


@dataclass(frozen=True, slots=True)
class Added:
    """A document, and when it came (UTC)."""

    id: str
    title: str
    citation: str
    added_at: datetime


def newly_added(
    library: Library, request: SearchRequest, principal: Principal, limit: int
) -> list[Added]:
    """The last `limit` documents to come that the request finds, the newest first."""
    ids = library.ranking(request, principal, _LOOKED_AT)
    with library.database.connect() as connection:
        times = reading.added(connection, ids, limit)
        shown = reading.listed(connection, list(times), principal.labels)
    return [
        Added(
            each.id,
            each.title,
            citation(
                kind=each.kind,
                symbol=each.symbol,
                issued_on=each.sort_date,
                issuer=units.label(each.unit, each.unit_label) if each.unit else each.unit_label,
                title=each.title,
            ),
            times[each.id].replace(tzinfo=UTC),
        )
        for each in shown
    ]
