"""The facets of an answer: their values, labels and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.names import Names
from kb.results import FacetValue, SearchRequest
from kb.vietnamese import kinds, topics, units

FACETS = ("kind", "topic", "unit", "year")
UNITS = 10_000  # a unit's count takes in its former names, wherever they stand in the list
YEARS = 100  # a year facet is a histogram: all of it, not only the most frequent


def wanted(request: SearchRequest) -> dict[str, int]:
    """How many values of each facet the engine has to give."""
    return dict.fromkeys(FACETS, request.facet_limit) | {"year": YEARS, "unit": UNITS}


def facet(
    name: str, counted: Sequence[tuple[str, int]], request: SearchRequest, names: Names
) -> tuple[FacetValue, ...]:
    """The values of a facet as they are shown, from what the engine counted."""
    selected = {
        "kind": request.kinds,
        "topic": request.topics,
        "unit": request.units,
        "year": tuple(str(year) for year in request.years),
    }[name]
    counts = dict(counted)
    if name == "unit":
        counts = _units(counts, request)
    for value in selected:  # a chosen value stays visible, if only to be taken back
        counts.setdefault(value, 0)
    values = [
        FacetValue(value, label(name, value, names), count, value in selected)
        for value, count in counts.items()
    ]
    if name == "year":
        values.sort(key=lambda value: value.value)
    return tuple(values)


def label(name: str, value: str, names: Names) -> str:
    """How to show a value of a facet."""
    if name == "kind":
        return kinds.label(value)
    if name == "topic":
        return topics.label(value)
    if name == "unit":
        return units.label(value, names.unit_labels.get(value))
    return value


def under_all_names(counts: Mapping[str, int], also: Sequence[str] = ()) -> dict[str, int]:
    """The listed units of `counts`, and those of `also`, each with the documents a filter on it finds:
    also those of its former names and of what was merged into it. A document has one issuer, so
    these never overlap."""
    listed = [unit for unit in counts if units.is_listed(unit)]
    return {unit: sum(counts.get(same, 0) for same in units.scope(unit)) for unit in (*listed, *also)}


def _units(counts: Mapping[str, int], request: SearchRequest) -> dict[str, int]:
    """The units to show: those with the most documents, and what was chosen."""
    summed = under_all_names(counts, request.units)
    chosen = [unit for unit in summed if unit in request.units]
    most = sorted(summed, key=lambda unit: (-summed[unit], unit))[: request.facet_limit]
    return {unit: summed[unit] for unit in dict.fromkeys((*most, *chosen))}
