"""Fields of a document that a person should look at: read with little confidence, or not found in an
official document, which has them (Nghị định 30/2020/NĐ-CP, Điều 8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb.model import Metadata, StoredText, Value
from kb.vietnamese.kinds import NEWS

VERSION = 1

SURE = 0.7  # as the pages tell
_LOOKED_AT = ("symbol", "kind", "issued_on", "issuer", "subject", "signer")
# Of an official document; a letter without a kind has none to find.
_NEEDED = ("symbol", "issued_on", "issuer")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field to look at; `value` and `confidence` are None where nothing was found."""

    field: str
    value: str | None
    confidence: float | None


def read(stored: StoredText) -> tuple[Doubt, ...]:
    """The doubtful fields, in the order a person checks them."""
    return tuple(_doubts(stored.metadata))


def _doubts(metadata: Metadata) -> Iterator[Doubt]:
    kind = metadata.kind.value if metadata.kind else None
    official = kind not in (None, NEWS) or metadata.symbol is not None
    for name in _LOOKED_AT:
        found: Value[Any] | None = getattr(metadata, name)
        if found is None:
            if official and name in _NEEDED:
                yield Doubt(name, None, None)
        elif found.confidence < SURE:
            yield Doubt(name, str(found.value), found.confidence)
