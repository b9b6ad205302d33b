"""The document's own symbol (số, ký hiệu): from the number line, a property table, a page's title."""

from __future__ import annotations

from indexer.metadata.page_title import PageTitle
from indexer.metadata.zones import Zones
from kb.i18n import _
from kb.model import Span, Value
from kb.vietnamese.symbols import Symbol, find_all, parse


def read_symbol(
    zones: Zones, properties: dict[str, tuple[str, Span]], titled: PageTitle | None
) -> tuple[Symbol | None, Value[str] | None, list[str]]:
    """The symbol, its value for Metadata, and warnings."""
    line = zones.head.number
    if line is not None:
        found = find_all(line.text)
        if not found or not found[0].symbol.number:
            return None, None, [_("Văn bản chưa có số (bản dự thảo).")]
        symbol = found[0].symbol
        span = Span(line.start + found[0].span.start, line.start + found[0].span.end)
        if titled is None or titled.symbol.key == symbol.key or zones.head.consolidated:
            return symbol, Value(symbol.key, 0.98, span, "number-line"), []
        warning = _("Số ký hiệu ghi là {number} nhưng tên trang ghi {title}.").format(
            number=symbol.key, title=titled.symbol.key
        )
        return symbol, Value(symbol.key, 0.7, span, "number-line"), [warning]
    if "symbol" in properties:
        written, span = properties["symbol"]
        named = parse(written)
        if named is not None:
            return named, Value(named.key, 0.95, span, "property-table"), []
    if titled is not None:
        return titled.symbol, Value(titled.symbol.key, 0.6, titled.symbol_span, "page-title"), []
    return None, None, []
