"""What stands around the results: facet links and the chips of what is in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.results import FacetValue, Results
from kb.vietnamese import units
from web.dates import format_day
from web.display import value_label
from web.languages import _
from web.params import FILTERS, FilterName, SearchState

SHOWN = 6  # values of a facet before "more"
FINDABLE = 10  # folded values from which on a facet has a box to find one


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value: a link that adds it to the filters, or takes it away; `without` excludes it, or
    lets it in again."""

    label: str
    count: int | None  # None: in force, but without a document among the results
    selected: bool
    state: SearchState
    without: SearchState
    excluded: bool = False
    child: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: the values to show and those to fold away."""

    name: FilterName
    title: str
    shown: tuple[FacetLink, ...]
    folded: tuple[FacetLink, ...]

    @property
    def findable(self) -> bool:
        """Whether there are so many values that one looks for them by name."""
        return len(self.folded) >= FINDABLE


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the state without it."""

    group: str
    label: str
    state: SearchState


def title(name: str) -> str:
    """The name of a filter."""
    titles = {
        "kind": _("Loại văn bản"),
        "topic": _("Chủ đề"),
        "unit": _("Đơn vị"),
        "year": _("Năm"),
        "validity": _("Hiệu lực"),
        "format": _("Định dạng"),
    }
    return titles.get(name, name)


def build(results: Results, state: SearchState) -> tuple[Facet, ...]:
    """All facets but the years; a facet with nothing to choose is left out."""
    facets = []
    for name in FILTERS:
        if name == "year":
            continue
        links = list(_links(name, results.facets.get(name, ()), state))
        if not links or (name == "format" and len(links) == 1 and not links[0].selected):
            continue
        selected = [link for link in links if link.selected or link.excluded or link.child]
        shown = selected + [link for link in links if link not in selected]
        cut = max(SHOWN, len(selected))
        if len(shown) <= cut + 1:  # "more" for a single value saves nothing
            cut = len(shown)
        facets.append(Facet(name, title(name), tuple(shown[:cut]), tuple(shown[cut:])))
    return tuple(facets)


def _links(name: FilterName, values: Sequence[FacetValue], state: SearchState) -> Iterator[FacetLink]:
    chosen: tuple[str, ...] = getattr(state, name)
    counted = {value.value for value in values}
    for missing in (value for value in chosen if value not in counted):
        toggled, without = state.toggled(name, missing), state.excluding(name, missing)
        yield FacetLink(value_label(name, missing), None, True, toggled, without)
    if name == "topic":
        values = _open_branches(values, chosen)
    for value in values:
        yield FacetLink(
            value_label(name, value.value) if name in ("format", "validity") else value.label,
            value.count,
            value.value in chosen,
            state.toggled(name, value.value),
            state.excluding(name, value.value),
            excluded=value.excluded,
            child=name == "topic" and "/" in value.value,
        )


def _open_branches(values: Sequence[FacetValue], chosen: tuple[str, ...]) -> list[FacetValue]:
    """Top topics, each chosen one followed by its sub topics: a tree that opens on a click."""
    tops = {value.value for value in values if "/" not in value.value}
    opened = {value.split("/")[0] for value in chosen}
    ordered = []
    for value in values:
        top, _slash, sub = value.value.partition("/")
        if sub and top in tops:
            continue  # follows its top
        ordered.append(value)
        if top in opened:
            ordered += [v for v in values if v.value.startswith(top + "/")]
    return ordered


def active(state: SearchState, results: Results) -> tuple[Chip, ...]:
    """One chip for every filter in force; its state is the search without it."""
    chips = []
    labels = {
        (name, value.value): value.label for name in FILTERS for value in results.facets.get(name, ())
    }
    for name in FILTERS:
        for value in getattr(state, name):
            label = labels.get((name, value)) or value_label(name, value)
            chips.append(Chip(title(name), label, state.toggled(name, value)))
    if state.unit and state.heirs:
        with_heirs = replace(state, heirs=False)
        chips.append(Chip(title("unit"), _("kể cả đơn vị kế tục"), with_heirs))
    for name, value in state.exclude:
        label = labels.get((name, value)) or value_label(name, value)
        chips.append(Chip(_("Trừ %(group)s", group=title(name)), label, state.excluding(name, value)))
    if state.date_from or state.date_to:
        start = format_day(state.date_from) if state.date_from else "…"
        end = format_day(state.date_to) if state.date_to else "…"
        chips.append(Chip(_("Ngày"), f"{start} – {end}", state.without_dates()))
    return tuple(chips)


def with_heirs(state: SearchState) -> SearchState | None:
    """The search with those that took over from the units chosen; None where there are none."""
    if state.heirs or not any(units.successor(unit) for unit in state.unit):
        return None
    return replace(state, heirs=True, page=1)
