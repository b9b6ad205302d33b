"""The facets of an answer: their values, labels and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.names import Names
from kb.relations import labels
from kb.results import FacetValue, SearchRequest
from kb.vietnamese import kinds, topics, units

FACETS = ("kind", "topic", "unit", "year", "validity", "format", "month")
TIMES = ("year", "month")  # histograms: in the order of time, and all of it
EVERYTHING, MANY = 0.8, 20  # share of the library's documents; of how many
UNITS = 10_000  # a unit's count takes in its former names, wherever they stand in the list
BARS = 1_300  # months of a century


def wanted(request: SearchRequest) -> dict[str, int]:
    """How many values of each facet the engine has to give."""
    return dict.fromkeys(FACETS, request.facet_limit) | dict.fromkeys(TIMES, BARS) | {"unit": UNITS}


def own_filters(name: str) -> tuple[str, ...]:
    """The filters a facet is counted without, to show what one would get by choosing another value.

    A year is counted outside the days asked for too: its bars show where else there is something.
    """
    return (name, "date") if name == "year" else (name,)


def facet(
    name: str, counted: Sequence[tuple[str, int]], request: SearchRequest, names: Names
) -> tuple[FacetValue, ...]:
    """The values of a facet as they are shown, from what the engine counted."""
    selected = chosen(request).get(name, ())
    excluded = tuple(value for of, value in request.exclude if of == name)
    counts = dict(counted)
    if name == "unit":
        counts = _units(counts, (*selected, *excluded), request.facet_limit)
    for value in (*selected, *excluded):  # what was chosen stays visible, if only to be taken back
        counts.setdefault(value, 0)
    values = [
        FacetValue(
            value, label(name, value, names), count, value in selected, excluded=value in excluded
        )
        for value, count in counts.items()
    ]
    if name in TIMES:
        values.sort(key=lambda value: value.value)
    return tuple(values)


def covers_everything(count: int, documents: int) -> bool:
    """A topic of nearly every document tells none apart: it is no facet value."""
    return documents >= MANY and count >= EVERYTHING * documents


def chosen(request: SearchRequest) -> dict[str, tuple[str, ...]]:
    """The values that a request filters by, by facet."""
    return {
        "kind": request.kinds,
        "topic": request.topics,
        "unit": request.units,
        "year": tuple(str(year) for year in request.years),
        "validity": request.validity,
        "format": request.formats,
    }


def label(name: str, value: str, names: Names) -> str:
    """How to show a value of a facet."""
    if name == "kind":
        return kinds.label(value)
    if name == "topic":
        return topics.label(value)
    if name == "unit":
        return units.label(value, names.unit_labels.get(value))
    if name == "validity":
        return labels.state(value)
    return value


def under_all_names(counts: Mapping[str, int], also: Sequence[str] = ()) -> dict[str, int]:
    """The listed units of `counts`, and those of `also`, each with the documents a filter on it finds:
    also those of its former names and of what was merged into it. A document has one issuer, so
    these never overlap."""
    listed = [unit for unit in counts if units.is_listed(unit)]
    return {unit: sum(counts.get(same, 0) for same in units.scope(unit)) for unit in (*listed, *also)}


def _units(counts: Mapping[str, int], wanted: Sequence[str], limit: int) -> dict[str, int]:
    """The units to show: those with the most documents, and what was chosen."""
    summed = under_all_names(counts, wanted)
    most = sorted(summed, key=lambda unit: (-summed[unit], unit))[:limit]
    return {unit: summed[unit] for unit in dict.fromkeys((*most, *wanted))}
