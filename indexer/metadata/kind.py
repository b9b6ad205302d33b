"""The kind of a document (tên loại): from its type line, else its symbol, else its form.

Where type line and symbol disagree the line wins, with a warning: numbers are typed by hand.
"""

from __future__ import annotations

from indexer.metadata.head import Head
from indexer.metadata.lines import TextLine, behind_kind, kind_on
from indexer.metadata.page_title import PageTitle
from kb.i18n import _
from kb.model import Span, Value
from kb.vietnamese import kinds
from kb.vietnamese.symbols import Symbol, kind_id

LETTER, CONSOLIDATED = "cong-van", "van-ban-hop-nhat"


def read_kind(
    head: Head, symbol: Symbol | None, *, about: TextLine | None, titled: PageTitle | None
) -> tuple[Value[str] | None, list[str]]:
    """The kind and warnings.

    `about` is the line "V/v ..." of a document without a type line, `titled` the title that a page
    puts above the document.
    """
    told = kind_id(symbol) if symbol is not None else None
    if head.consolidated is not None:
        span = Span(head.consolidated.start, head.consolidated.end)
        return Value(CONSOLIDATED, 0.95, span, "certified"), []
    line = head.kind
    if line is not None and (heading := kind_on(line.text)) is not None:
        end = line.end - len(behind_kind(line.text))
        span = Span(line.start, max(line.start + 1, min(end, line.end)))
        if told is None or told == heading.id:
            return Value(heading.id, 0.98 if told else 0.95, span, "type-line"), []
        warning = _("Tên loại ghi là “{line}” nhưng số ký hiệu là của {symbol}.").format(
            line=heading.name, symbol=kinds.label(told)
        )
        return Value(heading.id, 0.8, span, "type-line"), [warning]
    if about is not None:
        return Value(
            LETTER, 0.95 if told == LETTER else 0.85, Span(about.start, about.end), "about"
        ), []
    if told is not None:
        return Value(told, 0.75, None, "symbol"), []
    if titled is not None:
        return Value(titled.kind, 0.6, titled.kind_span, "page-title"), []
    return None, []
