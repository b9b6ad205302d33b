"""Who may see what. Every library call that returns text, counts or suggestions takes a Principal."""

from __future__ import annotations

from dataclasses import dataclass

PUBLIC_LABEL = "public"


@dataclass(frozen=True, slots=True)
class Principal:
    """The person (or program) asking, and the access labels it may see."""

    name: str
    labels: frozenset[str]

    def may_see(self, label: str) -> bool:
        """True when documents with this access label may be shown."""
        return label in self.labels


PUBLIC = Principal("public", frozenset({PUBLIC_LABEL}))
