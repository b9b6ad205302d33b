"""What the query was taken to say, as chips: a click makes it a filter, another takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.model import Span
from kb.results import Understood
from kb.vietnamese.normalise import nfc
from web.display import value_label
from web.facets import title
from web.languages import _
from web.params import SearchState


@dataclass(frozen=True, slots=True)
class UnderstoodChip:
    """One thing recognised.

    state        the search with it as a filter; None where it is one already, or can be none
    without      the search in which its words are plain words; None for what was written as a field
    alternative  it shares its words with the chip before: one or the other is meant
    note         what a person should know of it
    wider        for a unit that ended: the search for it and the one that took over, and its name
    """

    group: str
    label: str
    state: SearchState | None
    without: SearchState | None
    alternative: bool = False
    note: str = ""
    wider: tuple[str, SearchState] | None = None


@dataclass(frozen=True, slots=True)
class IgnoredChip:
    """Something recognised that is not used, and the search in which it is again."""

    group: str
    label: str
    state: SearchState


def chips(items: Sequence[Understood], state: SearchState) -> tuple[UnderstoodChip, ...]:
    """What the query was taken to say; not what is a filter already."""
    made = []
    before: Span | None = None
    for item in items:
        filtered = state.with_filters(item.filters)
        if item.filters and filtered == state.at_page(1):
            continue
        made.append(
            UnderstoodChip(
                _group(item.kind),
                _label(item),
                filtered if item.filters else _in_query(item, state),
                state.ignoring(item.key) if item.soft else None,
                alternative=item.soft and item.kind == "unit" and item.span == before,
                note=item.note,
                wider=_wider(item, state),
            )
        )
        before = item.span if item.kind == "unit" else None
    return tuple(made)


def ignored(items: Sequence[Understood], state: SearchState) -> tuple[IgnoredChip, ...]:
    """What is taken as plain words because the person asked for it."""
    return tuple(
        IgnoredChip(_group(item.kind), _label(item), state.heeding(item.key)) for item in items
    )


def _label(item: Understood) -> str:
    return item.label or value_label(item.kind, item.value)


def _in_query(item: Understood, state: SearchState) -> SearchState | None:
    """A person or a symbol is made a condition in the query itself: quoted, or as a field."""
    if not item.soft or item.span is None or item.kind not in ("person", "symbol"):
        return None
    query = nfc(state.query)  # spans count so
    condition = f'"{item.value}"' if item.kind == "person" else f'số:"{item.text}"'
    return state.asking(query[: item.span.start] + condition + query[item.span.end :])


def _wider(item: Understood, state: SearchState) -> tuple[str, SearchState] | None:
    if item.successor is None:
        return None
    both = (*item.filters, ("unit", item.successor))
    return value_label("unit", item.successor), state.with_filters(both)


def _group(kind: str) -> str:
    titles = {
        "symbol": _("Số, ký hiệu"),
        "date": _("Ngày"),
        "period": _("Thời kỳ"),
        "person": _("Người"),
    }
    return titles.get(kind) or title(kind)
