"""Subject (trích yếu) and title of an official document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.metadata.casing import normal_case, starts_small
from indexer.metadata.lines import behind_kind
from indexer.metadata.zones import Zones
from kb.model import Span, Value
from kb.vietnamese import kinds

# "V/v", "Về việc", "Về" announce the subject and are no part of it (Nghị định 30/2020, Phụ lục I).
_ANNOUNCED = re.compile(r"(?:V/v|Về việc|Về)\b\s*:?\s*", re.I)
# What these kinds are called is a name: Luật Lâm nghiệp, Bộ luật Hình sự.
_NAMED = frozenset(("luat", "bo-luat", "phap-lenh", "hien-phap"))


def read_subject(zones: Zones, text: str, properties: dict[str, tuple[str, Span]]) -> Value[str] | None:
    """The subject as written, its lines joined by blanks."""
    if not zones.subject:
        if "subject" in properties:
            written, span = properties["subject"]
            return Value(written, 0.9, span, "property-table")
        return None
    first, last = zones.subject[0], zones.subject[-1]
    start = first.start
    if first is zones.head.kind:
        start = first.end - len(behind_kind(first.text))
    if announced := _ANNOUNCED.match(text, start, last.end):
        start = announced.end()
    written = " ".join(text[start : last.end].split())
    if not written:
        return None
    return Value(written, 0.9, Span(start, last.end), "under-kind" if zones.head.kind else "about")


def read_title(
    subject: Value[str] | None, kinds_: Sequence[str], symbol: Value[str] | None
) -> Value[str] | None:
    """What lists show: kind and subject in normal case, else kind and symbol.

    `kinds_` are ids: a consolidated text has two, "Văn bản hợp nhất Luật ...".
    """
    name = " ".join(kinds.label(kind) for kind in kinds_)
    if subject is not None:
        words = normal_case(subject.value)
        if kinds_:
            named = kinds_[-1] in _NAMED
            words = f"{name} {words if named else starts_small(words)}"
        return Value(words, subject.confidence, subject.span, "kind-subject")
    if kinds_ and symbol is not None:
        return Value(f"{name} {symbol.value}", 0.7, symbol.span, "kind-symbol")
    return None
