"""One search: parse, plan, run on the engine, fetch rows, cut passages, count facets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from kb.access import Principal
from kb.catalog import reading
from kb.catalog.documents import title_of
from kb.catalog.reading import StoredDocument
from kb.engines.port import All, AnyOf, Bool, Constant, Engine, EngineResult, Query
from kb.i18n import _
from kb.names import Names
from kb.passages import best_passages
from kb.query.ast import Node
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


@dataclass(slots=True)
class Searcher:
    """Runs requests on one engine and one catalog connection, with the names one principal may know."""

    connection: Connection
    engine: Engine
    names: Names

    def search(self, request: SearchRequest, principal: Principal) -> Results:
        """The answer to a request, for this principal."""
        parsed = parse(request.query, self.names)
        filters = {"label": _access(principal), **_filters(request)}
        wanted = {name: YEARS if name == "year" else request.facet_limit for name in FACETS}

        def run(planned: Plan) -> EngineResult:
            unranked = request.order == "relevance" and not planned.has_words
            return self.engine.search(
                _query(planned, filters),
                limit=request.per_page,
                offset=(request.page - 1) * request.per_page,
                order="newest" if unranked else request.order,  # without words nothing ranks
                facets={name: count for name, count in wanted.items() if name not in filters},
            )

        planned, result, relaxed = self._enough(parsed.node, run)
        facets = dict(result.facets)
        for name in FACETS:
            if name in filters:
                # Counted without its own filter: what one would get by choosing another value.
                others = {key: value for key, value in filters.items() if key != name}
                query = _query(planned, others)
                counted = self.engine.search(query, limit=0, facets={name: wanted[name]})
                facets[name] = counted.facets[name]
        return Results(
            request=request,
            total=result.total,
            hits=self._hits(result, planned),
            facets={name: self._facet(name, facets[name], request) for name in FACETS},
            understood=tuple(dict.fromkeys(planned.understood)),
            repairs=(*parsed.repairs, *planned.repairs),
            relaxed=relaxed,
        )

    def ranking(self, query: str, principal: Principal, limit: int) -> list[str]:
        """Ids of the best documents for a query without filters."""
        filters = {"label": _access(principal)}
        _planned, result, _relaxed = self._enough(
            parse(query, self.names).node,
            lambda planned: self.engine.search(_query(planned, filters), limit=limit),
        )
        return [hit.id for hit in result.hits]

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
        found = reading.load(self.connection, [hit.id for hit in result.hits])
        by_id = {item.id: item for item in found}
        return tuple(_hit(by_id[hit.id], hit.score, planned) for hit in result.hits if hit.id in by_id)

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
            FacetValue(value, self._label(name, value), count, value in selected)
            for value, count in counts.items()
        ]
        if name == "year":
            values.sort(key=lambda value: value.value)
        return tuple(values)

    def _label(self, facet: str, value: str) -> str:
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


def _hit(item: StoredDocument, score: float, planned: Plan) -> Hit:
    document = item.document
    metadata = document.metadata
    kind = metadata.kind.value if metadata.kind else None
    return Hit(
        id=item.id,
        title=title_of(document),
        symbol=metadata.symbol.value if metadata.symbol else None,
        kind=kind,
        kind_label=kinds.label(kind) if kind else None,
        issued_on=metadata.sort_date,
        unit=metadata.unit.value if metadata.unit else None,
        unit_label=metadata.issuer.value if metadata.issuer else None,
        topics=tuple(topic.value for topic in metadata.topics),
        source=document.source.path,
        format=document.format,
        score=score,
        passages=best_passages(document, planned.marks),
        event_partial=metadata.event_partial,
    )
