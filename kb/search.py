"""One search: parse, plan, run on the engine, fetch rows, cut passages, count facets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.engine import Connection

from kb.access import Principal
from kb.catalog import reading
from kb.catalog.reading import Shown
from kb.engines.port import All, AnyOf, Bool, Constant, Engine, EngineResult, Query
from kb.i18n import _
from kb.names import Names
from kb.passages import Outline, Sought, best_passages, body_start
from kb.query.ast import Node, Repair
from kb.query.parser import parse
from kb.query.plan import date_filter, plan
from kb.query.planned import Plan
from kb.results import FacetValue, Hit, Results, SearchRequest
from kb.vietnamese import kinds, topics, units

FACETS = ("kind", "topic", "unit", "year")
# A query of so many words is long: fewer documents than ENOUGH that match most of its words are
# filled up with those that match some. Shorter queries are filled up only from nothing.
LONG = 6
ENOUGH = 20
YEARS = 100  # a year facet is a histogram: all of it, not only the most frequent


@dataclass(frozen=True, slots=True)
class Found:
    """What the engine found for a request, and by which plan."""

    planned: Plan
    filters: Mapping[str, Query]
    query: Query  # the plan's, with the filters
    result: EngineResult
    relaxed: str | None
    repairs: tuple[Repair, ...]


@dataclass(slots=True)
class Searcher:
    """Runs requests on one engine and one catalog connection."""

    connection: Connection
    engine: Engine
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.connection)

    def search(self, request: SearchRequest, principal: Principal) -> Results:
        """The answer to a request, for this principal."""
        wanted = {name: YEARS if name == "year" else request.facet_limit for name in FACETS}
        found = self.find(
            request,
            principal,
            limit=request.per_page,
            offset=(request.page - 1) * request.per_page,
            facets=wanted,
        )
        planned, filters = found.planned, found.filters
        facets = dict(found.result.facets)
        for name in FACETS:
            if name in filters:
                # Counted without its own filter: what one would get by choosing another value.
                others = {key: value for key, value in filters.items() if key != name}
                query = _query(planned, others)
                counted = self.engine.search(query, limit=0, facets={name: wanted[name]})
                facets[name] = counted.facets[name]
        return Results(
            request=request,
            total=found.result.total,
            hits=self._hits(found.result, planned),
            facets={name: self._facet(name, facets[name], request) for name in FACETS},
            understood=tuple(dict.fromkeys(planned.understood)),
            repairs=found.repairs,
            relaxed=found.relaxed,
        )

    def find(
        self,
        request: SearchRequest,
        principal: Principal,
        *,
        limit: int,
        offset: int = 0,
        facets: Mapping[str, int] | None = None,
    ) -> Found:
        """The hits from `offset` on as the engine has them, and by which plan they were found.

        Of `facets` those are counted that the request does not filter by.
        """
        parsed = parse(request.query, self.names)
        filters = {"label": _access(principal), **_filters(request)}

        def run(planned: Plan) -> EngineResult:
            unranked = request.order == "relevance" and not planned.has_words
            return self.engine.search(
                _query(planned, filters),
                limit=limit,
                offset=offset,
                order="newest" if unranked else request.order,  # without words nothing ranks
                facets={name: n for name, n in (facets or {}).items() if name not in filters},
            )

        planned, result, relaxed = self._enough(parsed.node, run)
        repairs = (*parsed.repairs, *planned.repairs)
        return Found(planned, filters, _query(planned, filters), result, relaxed, repairs)

    def _enough(
        self, node: Node | None, run: Callable[[Plan], EngineResult]
    ) -> tuple[Plan, EngineResult, str | None]:
        """The plan by which most words must match, or, where that finds too little, the one by
        which any word may; its result, and what to tell the user."""
        strict = plan(node, self.names.lookups)
        result = run(strict)
        if strict.words < 2 or result.total >= (ENOUGH if strict.words >= LONG else 1):
            return strict, result, None
        loose = plan(node, self.names.lookups, loose=True)
        more = run(loose)
        if more.total == result.total:
            return strict, result, None
        if result.total:
            message = _("Chỉ {count} văn bản khớp đa số các từ; thêm cả văn bản khớp một phần.")
            return loose, more, message.format(count=result.total)
        return loose, more, _("Không văn bản nào khớp đa số các từ; đây là văn bản khớp một phần.")

    def _hits(self, result: EngineResult, planned: Plan) -> tuple[Hit, ...]:
        found = reading.load_shown(self.connection, [hit.id for hit in result.hits])
        scores = {hit.id: hit.score for hit in result.hits}
        sought = Sought.of(planned.marks, self._frequency, self.engine.count())
        return tuple(_hit(item, scores[item.id], sought) for item in found)

    def _frequency(self, token: str) -> int:
        return self.engine.frequency("body_fold" if token.isascii() else "body_syllable", token)

    def _facet(
        self, name: str, counted: tuple[tuple[str, int], ...], request: SearchRequest
    ) -> tuple[FacetValue, ...]:
        selected = {
            "kind": request.kinds,
            "topic": request.topics,
            "unit": request.units,
            "year": tuple(str(year) for year in request.years),
        }[name]
        counts = dict(counted)
        for value in selected:  # a chosen value stays visible, if only to be taken back
            counts.setdefault(value, 0)
        values = [
            FacetValue(value, self.label(name, value), count, value in selected)
            for value, count in counts.items()
        ]
        if name == "year":
            values.sort(key=lambda value: value.value)
        return tuple(values)

    def label(self, facet: str, value: str) -> str:
        """How to show a value of a facet."""
        if facet == "kind":
            return kinds.label(value)
        if facet == "topic":
            return topics.label(value)
        if facet == "unit":
            return units.label(value, self.names.unit_labels.get(value))
        return value


def _access(principal: Principal) -> Query:
    return AnyOf("label", tuple(sorted(principal.labels)))


def _filters(request: SearchRequest) -> dict[str, Query]:
    filters: dict[str, Query] = {}
    for name, values in (
        ("kind", request.kinds),
        ("topic", request.topics),
        ("unit", request.units),
        ("year", tuple(str(year) for year in request.years)),
    ):
        if values:
            filters[name] = AnyOf(name, values)
    if request.date_from or request.date_to:
        filters["date"] = date_filter(request.date_from, request.date_to)
    return filters


def _query(planned: Plan, filters: Mapping[str, Query]) -> Query:
    main = planned.query if planned.query is not None else Constant(All(), 0.0)
    return Bool(must=(main,), filter=tuple(filters.values()))


def _hit(item: Shown, score: float, sought: Sought) -> Hit:
    outline = Outline(item.text, item.pages, item.fields.sections, body_start(item.fields.head))
    return Hit(
        id=item.id,
        title=item.title,
        symbol=item.symbol,
        kind=item.kind,
        kind_label=kinds.label(item.kind) if item.kind else None,
        issued_on=item.sort_date,
        unit=item.unit,
        unit_label=item.unit_label,
        topics=item.fields.topics,
        source=item.source,
        format=item.format,
        score=score,
        passages=best_passages(outline, sought),
        event_partial=item.fields.event_partial,
    )
