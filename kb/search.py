"""One search: parse, plan, run on the engine, fetch rows, cut passages, count facets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

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
from kb.query.plan import plan
from kb.query.planned import Mark, Plan
from kb.query.relax import Asked, relax
from kb.query.rewrite import convert_keystrokes
from kb.query.understanding import Recognised, understand
from kb.query.understanding.clauses import date_filter
from kb.query.vocabulary import Vocabulary
from kb.query.weights import DEFAULT, Weights
from kb.results import FacetValue, Hit, Relaxation, Results, SearchRequest
from kb.vietnamese import kinds, topics, units

FACETS = ("kind", "topic", "unit", "year")
# A query of so many words is long: fewer documents than ENOUGH that match most of its words are
# filled up with those that match some. Shorter queries are filled up only from nothing.
LONG = 6
ENOUGH = 20
UNITS = 10_000  # a unit's count takes in its former names, wherever they stand in the list
Run = Callable[[Plan, Mapping[str, Query]], EngineResult]
YEARS = 100  # a year facet is a histogram: all of it, not only the most frequent


@dataclass(slots=True)
class Searcher:
    """Runs requests on one engine and one catalog connection, for one principal."""

    connection: Connection
    engine: Engine
    principal: Principal
    names: Names  # what this principal may know
    words: Vocabulary  # the same
    weights: Weights = DEFAULT

    def search(self, request: SearchRequest) -> Results:
        """The answer to a request."""
        parsed = self.parse(request.query)
        recognised, ignored = self._understood(parsed, request.ignore)
        wanted = dict.fromkeys(FACETS, request.facet_limit) | {"year": YEARS, "unit": UNITS}

        def run(planned: Plan, filters: Mapping[str, Query]) -> EngineResult:
            unranked = request.order == "relevance" and not planned.has_words
            return self.engine.search(
                _query(planned, filters),
                limit=request.per_page,
                offset=(request.page - 1) * request.per_page,
                order="newest" if unranked else request.order,  # without words nothing ranks
                facets={name: count for name, count in wanted.items() if name not in filters},
            )

        found = self._enough(Asked(parsed.node, request), recognised, run)
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
            understood=tuple(dict.fromkeys((*(r.told for r in recognised), *planned.understood))),
            ignored=tuple(each.told for each in ignored),
            repairs=(*parsed.repairs, *planned.repairs),
            relaxations=found.relaxations,
            suggestion=self._suggestion(parsed, request, found),
        )

    def ranking(self, query: str, limit: int) -> list[str]:
        """Ids of the best documents for a query without filters."""
        parsed = self.parse(query)
        found = self._enough(
            Asked(parsed.node, SearchRequest(query)),
            self._understood(parsed)[0],
            lambda planned, filters: self.engine.search(_query(planned, filters), limit=limit),
        )
        return [hit.id for hit in found.result.hits]

    def marks(self, query: str) -> Sequence[Mark]:
        """What of a query is marked in a text."""
        parsed = self.parse(query)
        planned, _filters = self._prepared(
            Asked(parsed.node, SearchRequest(query)), self._understood(parsed)[0]
        )
        return planned.marks

    def parse(self, query: str) -> Parsed:
        """The tree of a query, its left-over keystrokes read as what was meant."""
        return convert_keystrokes(parse(query, self.names), self.words)

    def _understood(
        self, parsed: Parsed, ignore: Sequence[str] = ()
    ) -> tuple[tuple[Recognised, ...], tuple[Recognised, ...]]:
        return understand(parsed, known=self.names.known_units, ignore=ignore)

    def _prepared(
        self, asked: Asked, recognised: Sequence[Recognised]
    ) -> tuple[Plan, dict[str, Query]]:
        planned = plan(
            asked.node, self.names.lookups, recognised, loose=asked.loose, weights=self.weights
        )
        return planned, {"label": access_clause(self.principal), **_filters(asked.request)}

    def _enough(self, asked: Asked, recognised: Sequence[Recognised], run: Run) -> _Found:
        """What is found as asked or, where that is too little, with something given up."""

        def execute(asked: Asked, relaxations: tuple[Relaxation, ...] = ()) -> _Found:
            planned, filters = self._prepared(asked, recognised)
            return _Found(asked, planned, filters, run(planned, filters), relaxations)

        def finds(asked: Asked) -> bool:
            query = _query(*self._prepared(asked, recognised))
            return self.engine.search(query, limit=0).total > 0

        strict = execute(asked)
        found = strict
        if not strict.result.total:
            relaxed = relax(asked, self.words, self._label, finds)
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

    def _suggestion(self, parsed: Parsed, request: SearchRequest, found: _Found) -> str | None:
        """The query spelt right, if that finds more, or better."""
        if request.page > 1:
            return None
        text = corrected(parsed, self.words, thorough=found.as_asked < ENOUGH)
        if text is None:
            return None
        respelt = parse(text, self.names)
        recognised, _ignored = self._understood(respelt, request.ignore)
        query = _query(*self._prepared(Asked(respelt.node, request), recognised))
        better = self.engine.search(query, limit=1)
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
        if name == "unit":
            counts = _under_all_names(counts, request)
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


def _under_all_names(counts: Mapping[str, int], request: SearchRequest) -> dict[str, int]:
    """The units to list, each with the documents a filter on it finds: also those of its former names
    and of what was merged into it. A document has one issuer, so these never overlap."""
    listed = [unit for unit in counts if units.is_listed(unit)]
    summed = {
        unit: sum(counts.get(same, 0) for same in units.scope(unit))
        for unit in (*listed, *request.units)
    }
    chosen = [unit for unit in summed if unit in request.units]
    most = sorted(summed, key=lambda unit: (-summed[unit], unit))[: request.facet_limit]
    return {unit: summed[unit] for unit in dict.fromkeys((*most, *chosen))}


@dataclass(frozen=True, slots=True)
class _Found:
    """What was asked in the end, how it was run, and what came of it."""

    asked: Asked
    plan: Plan
    filters: Mapping[str, Query]
    result: EngineResult
    relaxations: tuple[Relaxation, ...] = ()
    as_asked: int = 0  # documents that match with nothing given up


def access_clause(principal: Principal) -> Query:
    """Documents that the principal may see."""
    return AnyOf("label", tuple(sorted(principal.labels)))


def _filters(request: SearchRequest) -> dict[str, Query]:
    filters: dict[str, Query] = {}
    for name, values in (
        ("kind", request.kinds),
        ("topic", request.topics),
        ("unit", tuple(same for unit in request.units for same in units.scope(unit))),
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
