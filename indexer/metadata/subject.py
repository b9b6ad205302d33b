"""Subject (trích yếu) and title of an official document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.metadata.casing import normal_case, starts_small
from indexer.metadata.lines import behind_kind
from indexer.metadata.page_title import PageTitle
from indexer.metadata.zones import Zones
from kb.model import Span, Value
from kb.vietnamese import kinds

# "V/v", "Về việc", "Về" announce the subject and are no part of it (Nghị định 30/2020, Phụ lục I).
_ANNOUNCED = re.compile(r"(?:V/v|Về việc|Về)\b\s*:?\s*", re.I)
# What these kinds are called is a name: Luật Lâm nghiệp, Bộ luật Hình sự.
_NAMED = frozenset(("luat", "bo-luat", "phap-lenh", "hien-phap"))


def read_subject(
    zones: Zones,
    text: str,
    properties: dict[str, tuple[str, Span]],
    titled: PageTitle | None,
) -> Value[str] | None:
    """The subject as written, its lines joined by blanks."""
    if not zones.subject:
        if "subject" in properties:
            written, span = properties["subject"]
            return Value(written, 0.9, span, "property-table")
        if titled is not None and titled.subject_span is not None:
            return _stripped(text, titled.subject_span, 0.7, "page-title")
        return None
    first, last = zones.subject[0], zones.subject[-1]
    start = first.start
    if first is zones.head.kind:
        start = first.end - len(behind_kind(first.text))
    rule = "under-kind" if zones.head.kind else "about"
    return _stripped(text, Span(start, last.end), 0.9, rule)


def _stripped(text: str, span: Span, confidence: float, rule: str) -> Value[str] | None:
    """The subject without the words that announce it; None where nothing is left."""
    announced = _ANNOUNCED.match(text, span.start, span.end)
    start = announced.end() if announced else span.start
    written = " ".join(text[start : span.end].split())
    return Value(written, confidence, Span(start, span.end), rule) if written else None


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
