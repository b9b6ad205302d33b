"""What stands around the results: facet links, year bars and the chips of what is in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.results import FacetValue, Results
from web.display import value_label
from web.languages import _
from web.params import FILTERS, FilterName, SearchState, format_day

SHOWN = 6  # values of a facet before "more"
MAX_BARS = 16  # years drawn side by side; earlier ones are listed
BAR_STEPS = 20  # the style sheet has one class for each height


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value: a link that adds it to the filters, or takes it away."""

    label: str
    count: int | None  # None: in force, but without a document among the results
    selected: bool
    state: SearchState
    child: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: the values to show and those to fold away."""

    name: FilterName
    title: str
    shown: tuple[FacetLink, ...]
    folded: tuple[FacetLink, ...]


@dataclass(frozen=True, slots=True)
class YearBar:
    """One year: `height` is 0..BAR_STEPS, 0 only where there is nothing."""

    year: str
    count: int
    height: int
    selected: bool
    state: SearchState


@dataclass(frozen=True, slots=True)
class Years:
    """The year facet: bars for the latest years, links for the ones before."""

    bars: tuple[YearBar, ...]
    earlier: tuple[FacetLink, ...]
    title: str


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
        "format": _("Định dạng"),
    }
    return titles.get(name, name)


def build(results: Results, state: SearchState) -> tuple[Facet, ...]:
    """The facets of kind, topic and unit; a facet with nothing to choose is left out."""
    facets = []
    for name in FILTERS:
        if name == "year":
            continue
        links = list(_links(name, results.facets.get(name, ()), state))
        if not links:
            continue
        selected = [link for link in links if link.selected or link.child]
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
        yield FacetLink(value_label(name, missing), None, True, state.toggled(name, missing))
    if name == "topic":
        values = _open_branches(values, chosen)
    for value in values:
        yield FacetLink(
            value.label,
            value.count,
            value.value in chosen,
            state.toggled(name, value.value),
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


def years(results: Results, state: SearchState) -> Years | None:
    """The year facet as bars; None where no document found has a date."""
    counts = {value.value: value.count for value in results.facets.get("year", ())}
    known = sorted({*counts, *state.year}, key=int)
    if not any(counts.values()):
        return None
    last = int(known[-1])
    first = max(int(known[0]), last - MAX_BARS + 1)
    most = max(counts.values(), default=1)
    bars = []
    for number in range(first, last + 1):
        year = str(number)
        count = counts.get(year, 0)
        height = max(1, round(count / most * BAR_STEPS)) if count else 0
        bars.append(YearBar(year, count, height, year in state.year, state.toggled("year", year)))
    earlier = [
        FacetLink(year, counts.get(year), year in state.year, state.toggled("year", year))
        for year in reversed(known)
        if int(year) < first
    ]
    return Years(tuple(bars), tuple(earlier), title("year"))


def active(state: SearchState, results: Results) -> tuple[Chip, ...]:
    """One chip for every filter in force; its state is the search without it."""
    chips = []
    for name in FILTERS:
        labels = {value.value: value.label for value in results.facets.get(name, ())}
        for value in getattr(state, name):
            label = labels.get(value) or value_label(name, value)
            chips.append(Chip(title(name), label, state.toggled(name, value)))
    if state.date_from or state.date_to:
        start = format_day(state.date_from) if state.date_from else "…"
        end = format_day(state.date_to) if state.date_to else "…"
        chips.append(Chip(_("Ngày"), f"{start} – {end}", state.without_dates()))
    return tuple(chips)
