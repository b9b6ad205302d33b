"""The kind of a document (tên loại): from its type line, else its symbol, else its form.

Where type line and symbol disagree the line wins, with a warning: numbers are typed by hand.
"""

from __future__ import annotations

from indexer.metadata.lines import TextLine
from kb.i18n import _
from kb.model import Span, Value
from kb.vietnamese import kinds
from kb.vietnamese.normalise import fold
from kb.vietnamese.symbols import Symbol, kind_id

LETTER = "cong-van"


def rest(line: TextLine) -> str:
    """What follows the kind's name on its line: "SƠ KẾT ..." of "BÁO CÁO SƠ KẾT ..."."""
    kind = kinds.heading(line.text)
    folded = fold(line.text)
    names = sorted((kind.name, *kind.aliases), key=len, reverse=True) if kind else []
    for name in names:
        if folded.startswith(fold(name)):
            return line.text[len(name) :].strip().lstrip("0123456789*")  # a note's mark
    return ""


def read_kind(
    line: TextLine | None, symbol: Symbol | None, *, about: TextLine | None
) -> tuple[Value[str] | None, list[str]]:
    """The kind and warnings. `about` is the line "V/v ..." of a document without a type line."""
    told = kind_id(symbol) if symbol is not None else None
    if line is not None and (heading := kinds.heading(line.text)) is not None:
        end = line.end - len(rest(line))
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
    return None, []
