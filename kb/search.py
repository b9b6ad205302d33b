"""One search: find, fetch rows, fold what is the same paper, cut passages, count facets."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from kb import same_paper
from kb.catalog import reading
from kb.catalog.reading import Shown
from kb.engines.port import EngineResult
from kb.facets import FACETS, covers_everything, facet, own_filters, wanted
from kb.finding import Finder, Found, Page, filtered
from kb.passages import Outline, Sought, best_passages, body_start
from kb.query.planned import Plan
from kb.results import Hit, Results, SamePaper, SearchRequest
from kb.vietnamese import kinds


@dataclass(slots=True)
class Searcher:
    """Answers requests with one finder and one catalog connection."""

    connection: Connection
    finder: Finder

    def search(self, request: SearchRequest) -> Results:
        """The answer to a request."""
        offset = (request.page - 1) * request.per_page
        found = self.finder.find(request, Page(request.per_page, offset, wanted(request)))
        counted = self._counted(found, request)
        return Results(
            request=request,
            total=found.result.total,
            hits=self._hits(found.result, found.planned, request.fold),
            facets={name: facet(name, counted[name], request, self.finder.names) for name in FACETS},
            understood=found.understood,
            ignored=tuple(each.told for each in found.ignored),
            repairs=found.repairs,
            relaxations=found.relaxations,
            suggestion=self.finder.suggestion(request, found),
        )

    def _counted(self, found: Found, request: SearchRequest) -> dict[str, tuple[tuple[str, int], ...]]:
        counted, sizes = dict(found.result.facets), wanted(request)
        for name in FACETS:
            own = own_filters(name)
            if any(key in found.filters for key in own):
                others = {key: value for key, value in found.filters.items() if key not in own}
                query = filtered(found.planned, others)
                facets = {name: sizes[name]}
                counted |= self.finder.engine.search(query, limit=0, facets=facets).facets
        engine = self.finder.engine
        counted["topic"] = tuple(
            (topic, count)
            for topic, count in counted["topic"]
            if not covers_everything(engine.frequency("topic", topic), engine.count())
        )
        return counted

    def _hits(self, result: EngineResult, planned: Plan, fold: bool) -> tuple[Hit, ...]:
        found = reading.load_shown(self.connection, [hit.id for hit in result.hits])
        scores = {hit.id: hit.score for hit in result.hits}
        sought = Sought.of(planned.marks, self._frequency, self.finder.engine.count())
        if fold:
            folded = same_paper.folded(self.connection, found, self.finder.principal)
        else:
            folded = {item.id: SamePaper() for item in found}
        shown = {item.id: item for item in found}
        return tuple(_hit(shown[id_], scores[id_], sought, same) for id_, same in folded.items())

    def _frequency(self, token: str) -> int:
        return self.finder.engine.frequency("body_fold" if token.isascii() else "body_syllable", token)


def _hit(item: Shown, score: float, sought: Sought, same: SamePaper) -> Hit:
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
        ocr=item.fields.ocr,
        same=same,
        validity=item.validity,
    )
