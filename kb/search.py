"""One search: parse, plan, run on the engine, fetch rows, cut passages, count facets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.engine import Connection

from kb.access import Principal
from kb.catalog import reading
from kb.catalog.documents import title_of
from kb.catalog.reading import StoredDocument
from kb.engines.port import All, AnyOf, Bool, Constant, Engine, EngineResult, Query
from kb.i18n import _
from kb.names import Names
from kb.passages import best_passages
from kb.query.ast import Parsed
from kb.query.did_you_mean import corrected
from kb.query.parser import parse
from kb.query.plan import date_filter, plan
from kb.query.planned import Plan
from kb.query.relax import LONG, Asked, relax
from kb.query.rewrite import convert_keystrokes
from kb.query.vocabulary import Vocabularies, Vocabulary
from kb.results import FacetValue, Hit, Relaxation, Results, SearchRequest
from kb.vietnamese import kinds, topics, units

FACETS = ("kind", "topic", "unit", "year")
# Fewer documents than this that match most words of a long query are filled up with those that match
# some. Shorter queries are filled up only from nothing.
ENOUGH = 20
Run = Callable[[Plan, Mapping[str, Query]], EngineResult]
YEARS = 100  # a year facet is a histogram: all of it, not only the most frequent


@dataclass(slots=True)
class Searcher:
    """Runs requests on one engine and one catalog connection."""

    connection: Connection
    engine: Engine
    vocabularies: Vocabularies
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.connection)

    def search(self, request: SearchRequest, principal: Principal) -> Results:
        """The answer to a request, for this principal."""
        parsed = self.parse(request.query, principal)
        wanted = {name: YEARS if name == "year" else request.facet_limit for name in FACETS}

        def run(planned: Plan, filters: Mapping[str, Query]) -> EngineResult:
            unranked = request.order == "relevance" and not planned.has_words
            return self.engine.search(
                _query(planned, filters),
                limit=request.per_page,
                offset=(request.page - 1) * request.per_page,
                order="newest" if unranked else request.order,  # without words nothing ranks
                facets={name: count for name, count in wanted.items() if name not in filters},
            )

        found = self._enough(Asked(parsed.node, request), principal, run)
        filters, planned, result = found.filters, found.plan, found.result
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
            relaxations=found.relaxations,
            suggestion=self._suggestion(parsed, request, found, principal),
        )

    def ranking(self, query: str, principal: Principal, limit: int) -> list[str]:
        """Ids of the best documents for a query without filters."""
        found = self._enough(
            Asked(self.parse(query, principal).node, SearchRequest(query)),
            principal,
            lambda planned, filters: self.engine.search(_query(planned, filters), limit=limit),
        )
        return [hit.id for hit in found.result.hits]

    def parse(self, query: str, principal: Principal) -> Parsed:
        """The tree of a query, its left-over keystrokes read as what was meant."""
        return convert_keystrokes(parse(query, self.names), self._words(principal))

    def _words(self, principal: Principal) -> Vocabulary:
        return self.vocabularies.of(self.engine, _access(principal))

    def _enough(self, asked: Asked, principal: Principal, run: Run) -> _Found:
        """What is found as asked or, where that is too little, with something given up."""

        def prepared(asked: Asked) -> tuple[Plan, dict[str, Query]]:
            planned = plan(asked.node, self.names.lookups, loose=asked.loose)
            return planned, {"label": _access(principal), **_filters(asked.request)}

        def execute(asked: Asked, relaxations: tuple[Relaxation, ...] = ()) -> _Found:
            planned, filters = prepared(asked)
            return _Found(asked, planned, filters, run(planned, filters), relaxations)

        def finds(asked: Asked) -> bool:
            return self.engine.search(_query(*prepared(asked)), limit=0).total > 0

        strict = execute(asked)
        found = strict
        if not strict.result.total:
            relaxed = relax(asked, self._words(principal), self._label, finds)
            if relaxed is None:
                return strict
            found = execute(*relaxed)
        if found.asked.loose or found.plan.words < LONG or found.result.total >= ENOUGH:
            return replace(found, as_asked=strict.result.total)
        more = Relaxation(
            "more",
            _("Chỉ {count} văn bản khớp đa số các từ; thêm cả văn bản khớp một phần.").format(
                count=found.result.total
            ),
        )
        loose = execute(replace(found.asked, loose=True), (*found.relaxations, more))
        filled = loose if loose.result.total > found.result.total else found
        return replace(filled, as_asked=strict.result.total)

    def _suggestion(
        self, parsed: Parsed, request: SearchRequest, found: _Found, principal: Principal
    ) -> str | None:
        """The query spelt right, if that finds more, or better."""
        if request.page > 1:
            return None
        thorough = found.as_asked < ENOUGH
        text = corrected(parsed, self._words(principal), thorough=thorough)
        if text is None:
            return None
        planned = plan(parse(text, self.names).node, self.names.lookups)
        filters = {"label": _access(principal), **_filters(request)}
        better = self.engine.search(_query(planned, filters), limit=1)
        if better.total > found.as_asked:
            return text
        score = found.result.hits[0].score if found.result.hits else 0.0
        return text if better.hits and better.hits[0].score > score else None

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


@dataclass(frozen=True, slots=True)
class _Found:
    """What was asked in the end, how it was run, and what came of it."""

    asked: Asked
    plan: Plan
    filters: Mapping[str, Query]
    result: EngineResult
    relaxations: tuple[Relaxation, ...] = ()
    as_asked: int = 0  # documents that match with nothing given up


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
