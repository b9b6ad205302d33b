"""Names in a query and the ids they stand for: from our tables, and for units from the catalog too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from sqlalchemy.engine import Connection

from kb.access import Principal
from kb.catalog import reading
from kb.query.known import Tables
from kb.query.planned import Accents, Lookups, Share, unknown_accents, unknown_share
from kb.vietnamese import kinds, topics, units
from kb.vietnamese.abbreviation_lookup import Lookup
from kb.vietnamese.analyser import tokens


class Names(Tables):
    """What the parser, the recognisers and the planner ask about names, for one catalog connection and
    one principal: units that issued only what the principal may not see are not known here."""

    def __init__(
        self,
        connection: Connection,
        principal: Principal,
        abbreviations: Lookup,
        accents: Accents = unknown_accents,
        share: Share = unknown_share,
    ) -> None:
        self._connection = connection
        self._labels = sorted(principal.labels)
        self._abbreviations = abbreviations
        self._accents = accents
        self._share = share

    def names(self, field: str, text: str) -> bool:
        """Whether `text` is the name of a kind, unit or topic; of a unit also a part of its name."""
        return super().names(field, text) or (field == "unit" and bool(self._labelled(text)))

    @property
    def lookups(self) -> Lookups:
        """The planner's lookups."""
        return Lookups(
            self._kinds,
            self._units,
            self._topics,
            self._abbreviations,
            self._accents,
            self._share,
        )

    @cached_property
    def unit_labels(self) -> dict[str, str]:
        """Ids and names of the units in the catalog; read only when a unit is asked for."""
        return reading.unit_labels(self._connection, self._labels)

    def known_units(self, starts: Sequence[str]) -> dict[str, str]:
        """The units in the catalog whose ids start with one of `starts`, and their names."""
        return reading.units_starting(self._connection, self._labels, starts)

    def _kinds(self, text: str) -> tuple[str, ...]:
        kind = kinds.by_name(text) or kinds.by_code(text)
        return (kind.id,) if kind else ()

    def _topics(self, text: str) -> tuple[str, ...]:
        topic = topics.by_name(text)
        return (topic.id,) if topic else ()

    def _units(self, text: str) -> tuple[str, ...]:
        match = units.resolve(text)
        resolved = (
            (match.id,) if match is not None and (match.start, match.end) == (0, len(text)) else ()
        )
        return tuple(dict.fromkeys((*resolved, *self._labelled(text))))

    def _labelled(self, text: str) -> tuple[str, ...]:
        """Units whose name holds the words of `text` side by side, accents or not."""
        wanted = _plain(text)
        if not wanted.strip():
            return ()
        return tuple(unit for unit, label in self.unit_labels.items() if wanted in _plain(label))


def _plain(text: str) -> str:
    return f" {' '.join(token.fold for token in tokens(text))} "
