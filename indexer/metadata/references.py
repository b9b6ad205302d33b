"""Documents that a document names, and which are its grounds (Nghị định 30/2020/NĐ-CP, Phụ lục I).

What else it says of them (replaces, amends, answers ...) is read from the stored text by
kb.relations.reading, so that better rules need no file again.
"""

from __future__ import annotations

import re

from indexer.metadata.head import Form
from indexer.metadata.lines import Role
from indexer.metadata.zones import Zones
from kb.model import Reference
from kb.vietnamese.symbols import Found, Symbol, find_all

# What the first words of a ground say.
_GROUNDS = (
    ("based_on", re.compile(r"(?<!\w)căn\s+cứ(?!\w)", re.I)),
    (
        "implements",
        re.compile(r"(?<!\w)(?:thực\s+hiện|triển\s+khai|thi\s+hành|quán\s+triệt)(?!\w)", re.I),
    ),
)


def read_references(text: str, zones: Zones, own: Symbol | None) -> tuple[Reference, ...]:
    """The documents named in the text, in order; the document's own symbol is left out."""
    start = zones.main.start if zones.head.form is not Form.OTHER else 0
    stop = zones.tail.start if zones.tail.start is not None else len(text)
    annex = zones.tail.annex.start if zones.tail.annex else len(text)
    found: list[Reference] = []
    for each in find_all(text):
        inside = start <= each.span.start < stop or each.span.start >= annex
        if not inside or not each.symbol.number or (own is not None and each.symbol.key == own.key):
            continue
        relation = _relation_of_ground(zones, each) or "cites"
        found.append(Reference(relation, each.symbol.key, each.raw, each.span, each.issued_on))
    return tuple(found)


def _relation_of_ground(zones: Zones, found: Found) -> str | None:
    """What the ground says that names the symbol: "Căn cứ Luật ...; Thông tư số ..." names two."""
    for line in reversed(zones.grounds):
        if line.start <= found.span.start and line.fits(Role.GROUND):
            if found.span.start > zones.grounds[-1].end:
                return None
            return next((name for name, words in _GROUNDS if words.search(line.text[:20])), None)
    return None
