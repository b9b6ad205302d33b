"""The document's own symbol (số, ký hiệu): from the number line, a property table, a page's title."""

from __future__ import annotations

import re

from indexer.metadata.zones import Zones
from kb.i18n import _
from kb.model import Span, Value
from kb.vietnamese import kinds
from kb.vietnamese.symbols import Symbol, find_all, parse

_TITLE_LINES = 12
_NUMBERED = re.compile(r"\bsố\s+$", re.I)


def read_symbol(
    zones: Zones, properties: dict[str, tuple[str, Span]]
) -> tuple[Symbol | None, Value[str] | None, list[str]]:
    """The symbol, its value for Metadata, and warnings."""
    if zones.number is not None:
        line = zones.number
        found = find_all(line.text)
        if not found or not found[0].symbol.number:
            return None, None, [_("Văn bản chưa có số (bản dự thảo).")]
        first = found[0]
        span = Span(line.start + first.span.start, line.start + first.span.end)
        elsewhere = _in_title(zones)
        if elsewhere is not None and elsewhere[0].key != first.symbol.key:
            warning = _("Số ký hiệu ghi là {number} nhưng tên trang ghi {title}.").format(
                number=first.symbol.key, title=elsewhere[0].key
            )
            return first.symbol, Value(first.symbol.key, 0.7, span, "number-line"), [warning]
        return first.symbol, Value(first.symbol.key, 0.98, span, "number-line"), []
    if "symbol" in properties:
        written, span = properties["symbol"]
        symbol = parse(written)
        if symbol is not None:
            return symbol, Value(symbol.key, 0.95, span, "property-table"), []
    titled = _in_title(zones)
    if titled is not None:
        return titled[0], Value(titled[0].key, 0.7, titled[1], "title-line"), []
    return None, None, []


def _in_title(zones: Zones) -> tuple[Symbol, Span] | None:
    """ "Luật Lâm nghiệp số 16/2017/QH14": the title a web page gave the document."""
    for line in zones.lines[:_TITLE_LINES]:
        if line is zones.kind:
            break
        for found in find_all(line.text):
            kind = _kind_at_start(line.text)
            if kind is None or found.symbol.family == "bare" or not found.symbol.number:
                continue
            if _NUMBERED.search(line.text[: found.span.start]):
                return found.symbol, Span(line.start + found.span.start, line.start + found.span.end)
    return None


def _kind_at_start(text: str) -> kinds.Kind | None:
    words = text.split()
    for count in range(min(5, len(words)), 0, -1):
        kind = kinds.by_name(" ".join(words[:count]))
        if kind is not None:
            return kind
    return None
