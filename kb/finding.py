"""From a request to what the engine finds: parse, understand, plan, run, and relax where too little is.

What is found is ids, scores and counts; rows, passages and labels are kb.search's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.access import Principal
from kb.engines.port import All, AnyOf, Bool, Constant, Engine, EngineResult, Query
from kb.facets import chosen, label, own_filters
from kb.i18n import _
from kb.names import Names
from kb.query.ast import Parsed, Repair
from kb.query.did_you_mean import corrected
from kb.query.matching import LONG
from kb.query.parser import parse
from kb.query.plan import plan
from kb.query.planned import Plan
from kb.query.relax import Asked, relax
from kb.query.rewrite import convert_keystrokes
from kb.query.understanding import Recognised, understand
from kb.query.understanding.clauses import date_filter, sinking
from kb.query.vocabulary import Vocabulary
from kb.query.weights import DEFAULT, Weights
from kb.results import Relaxation, SearchRequest, Understood
from kb.vietnamese import unit_lineage, units

# Fewer documents than this that match most words of a long query are filled up with those that match
# some. Shorter queries are filled up only from nothing.
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What the engine found for a request, and by which plan."""

    parsed: Parsed
    recognised: tuple[Recognised, ...]
    ignored: tuple[Recognised, ...]
    asked: Asked  # in the end
    planned: Plan
    filters: Mapping[str, Query]
    result: EngineResult
    relaxations: tuple[Relaxation, ...] = ()
    as_asked: int = 0  # documents that match with nothing given up

    @property
    def query(self) -> Query:
        """The plan's query with the filters."""
        return filtered(self.planned, self.filters)

    @property
    def understood(self) -> tuple[Understood, ...]:
        """What the query was understood as."""
        return tuple(
            dict.fromkeys((*(each.told for each in self.recognised), *self.planned.understood))
        )

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What was put right in the query."""
        return (*self.parsed.repairs, *self.planned.repairs)


@dataclass(frozen=True, slots=True)
class Page:
    """Which hits are wanted, and of which facets how many values."""

    limit: int
    offset: int = 0
    facets: Mapping[str, int] | None = None


@dataclass(slots=True)
class Finder:
    """Finds documents in one engine for one principal."""

    engine: Engine
    principal: Principal
    names: Names  # what this principal may know
    words: Vocabulary  # the same
    weights: Weights = DEFAULT

    def find(self, request: SearchRequest, page: Page) -> Found:
        """The hits of a page and the counts of the facets that the request does not filter by.

        What finds too little is asked again with something given up, and the answer says what.
        """
        parsed = self.parse(request.query)
        recognised, ignored = self._understand(parsed, request.ignore)

        def execute(asked: Asked, relaxations: tuple[Relaxation, ...] = ()) -> Found:
            planned, filters = self._prepared(asked, recognised, parsed.text)
            result = self._run(asked.request, planned, filters, page)
            return Found(parsed, recognised, ignored, asked, planned, filters, result, relaxations)

        def finds(asked: Asked) -> bool:
            return self._count(asked, recognised, parsed.text) > 0

        strict = execute(Asked(parsed.node, request))
        found = strict
        if not strict.result.total:
            relaxed = relax(strict.asked, self.words, self.label, finds)
            if relaxed is None:
                return strict
            found = execute(*relaxed)
        if not (found.asked.loose or found.planned.words < LONG or found.result.total >= ENOUGH):
            message = _("Chỉ {count} văn bản khớp đa số các từ; thêm cả văn bản khớp một phần.")
            more = Relaxation("more", message.format(count=found.result.total))
            loose = execute(replace(found.asked, loose=True), (*found.relaxations, more))
            if loose.result.total > found.result.total:
                found = loose
        return replace(found, as_asked=strict.result.total)

    def planned(self, query: str) -> Plan:
        """The plan of a query without filters: what would match and what would be marked."""
        parsed = self.parse(query)
        recognised, _ignored = self._understand(parsed)
        asked = Asked(parsed.node, SearchRequest(query))
        return self._prepared(asked, recognised, parsed.text)[0]

    def suggestion(self, request: SearchRequest, found: Found) -> str | None:
        """The query spelt right, if with the request's own filters that finds more, or better."""
        if request.page > 1:
            return None
        text = corrected(found.parsed, self.words, thorough=found.as_asked < ENOUGH)
        if text is None:
            return None
        parsed = parse(text, self.names)
        recognised, _ignored = self._understand(parsed, request.ignore)
        planned, filters = self._prepared(Asked(parsed.node, request), recognised, parsed.text)
        better = self.engine.search(filtered(planned, filters), limit=1)
        if better.total > found.as_asked:
            return text
        score = found.result.hits[0].score if found.result.hits else 0.0
        return text if better.hits and better.hits[0].score > score else None

    def parse(self, query: str) -> Parsed:
        """The tree of a query, its left-over keystrokes read as what was meant."""
        return convert_keystrokes(parse(query, self.names), self.words)

    def label(self, facet: str, value: str) -> str:
        """How to show a value of a facet."""
        return label(facet, value, self.names)

    def _understand(
        self, parsed: Parsed, ignore: Sequence[str] = ()
    ) -> tuple[tuple[Recognised, ...], tuple[Recognised, ...]]:
        return understand(parsed, known=self.names.known_units, ignore=ignore)

    def _prepared(
        self, asked: Asked, recognised: Sequence[Recognised], source: str
    ) -> tuple[Plan, dict[str, Query]]:
        planned = plan(
            asked.node,
            self.names.lookups,
            recognised,
            source=source,
            loose=asked.loose,
            weights=self.weights,
        )
        if planned.query is not None and planned.has_words:
            planned.query = sinking(planned.query, {each.told.kind for each in recognised})
        return planned, {"label": access_clause(self.principal), **_filters(asked.request)}

    def _run(
        self, request: SearchRequest, planned: Plan, filters: Mapping[str, Query], page: Page
    ) -> EngineResult:
        unranked = request.order == "relevance" and not planned.has_words
        return self.engine.search(
            filtered(planned, filters),
            limit=page.limit,
            offset=page.offset,
            order="newest" if unranked else request.order,  # without words nothing ranks
            facets={
                name: n
                for name, n in (page.facets or {}).items()
                if not any(own in filters for own in own_filters(name))
            },
        )

    def _count(self, asked: Asked, recognised: Sequence[Recognised], source: str) -> int:
        query = filtered(*self._prepared(asked, recognised, source))
        return self.engine.search(query, limit=0).total


def access_clause(principal: Principal) -> Query:
    """Documents that the principal may see."""
    return AnyOf("label", tuple(sorted(principal.labels)))


def filtered(planned: Plan, filters: Mapping[str, Query]) -> Query:
    """The documents of a plan that pass all filters."""
    main = planned.query if planned.query is not None else Constant(All(), 0.0)
    return Bool(must=(main,), filter=tuple(filters.values()))


def _filters(request: SearchRequest) -> dict[str, Query]:
    filters: dict[str, Query] = {}
    for name, values in chosen(request).items():
        if name == "unit" and request.successors:
            values = tuple(dict.fromkeys(each for unit in values for each in unit_lineage.heirs(unit)))
        wanted = _in_index(name, values)
        unwanted = _in_index(name, [value for of, value in request.exclude if of == name])
        if unwanted:
            only = (AnyOf(name, wanted),) if wanted else (All(),)
            filters[name] = Bool(filter=only, must_not=(AnyOf(name, unwanted),))
        elif wanted:
            filters[name] = AnyOf(name, wanted)
    if request.date_from or request.date_to:
        filters["date"] = date_filter(request.date_from, request.date_to)
    return filters


def _in_index(name: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values as documents have them: a unit's documents also stand under its former names."""
    if name != "unit":
        return tuple(values)
    return tuple(same for unit in values for same in units.scope(unit))
