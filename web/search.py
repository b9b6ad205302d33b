"""The search page `/`: the start page where nothing is asked, results where something is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, current_app, render_template, request, url_for

from kb.access import PUBLIC
from kb.curation.failed_queries import FailedQueries
from kb.results import Results, SearchRequest
from kb.vietnamese.normalise import nfc
from web import advice, facets, histogram, relations, understood
from web.context import FAILED_QUERIES, current_library
from web.marking import snippets
from web.params import FACET_LIMIT, MAX_REACH, PER_PAGE, FilterName, SearchState, read_state

NEWEST_SHOWN = 6  # documents on the start page
EXAMPLES = (
    "kế hoạch ngày hội toàn dân",
    "so ket 6 thang dau nam",
    '"dân vận khéo"',
    "mô hình tự quản -camera",
    'loại:"kế hoạch" ngày:2022..2024',
)

bp = Blueprint("search", __name__)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of the pagination. `state` None is a gap."""

    number: int
    state: SearchState | None


@bp.get("/")
def index() -> str | Response:
    """The start page or the results, as the address says."""
    state, notices = read_state(request.args)
    if state.empty:
        if request.headers.get("HX-Request"):  # from results, which can be exchanged for results only
            return Response(headers={"HX-Redirect": search_url(state)})
        return _start(state, notices)
    library = current_library()
    results = library.search(state.request(), PUBLIC)
    if not results.answered and state.page == 1:
        _note_failure(state.query)
    return render_template(
        "results.html",
        newer=relations.successors(library, results.hits),
        later=library.knowledge.newest([hit.id for hit in results.hits], PUBLIC),
        state=state,
        notices=notices,
        results=results,
        pages=tuple(_page_links(state, last_page(results))),
        last_page=last_page(results),
        chips=facets.active(state, results),
        with_heirs=facets.with_heirs(state),
        understood=understood.chips(results.understood, state),
        ignored=understood.ignored(results.ignored, state),
        facets=facets.build(results, state),
        histogram=histogram.build(results, state),
        as_typed=as_typed(results),
        advice=advice.after_nothing(state, results) if not results.total else (),
        examples=EXAMPLES,
    )


def _note_failure(query: str) -> None:
    """For curators, where there are any."""
    failed: FailedQueries | None = current_app.extensions.get(FAILED_QUERIES)
    if failed is not None:
        failed.note(query)


def as_typed(results: Results) -> str | None:
    """The query with quotes around what was read as keystrokes; None where nothing was."""
    query = nfc(results.request.query)
    for repair in results.repairs:
        if repair.code == "keystrokes":
            start, end = repair.span.start, repair.span.end
            return (
                None if '"' in query[start:end] else f'{query[:start]}"{query[start:end]}"{query[end:]}'
            )
    return None


def _start(state: SearchState, notices: tuple[str, ...]) -> str:
    newest = SearchRequest(order="newest", per_page=NEWEST_SHOWN, facet_limit=FACET_LIMIT)
    results = current_library().search(newest, PUBLIC)
    symbol = next((hit.symbol for hit in results.hits if hit.symbol), None)
    return render_template(
        "start.html",
        state=state,
        notices=notices,
        results=results,
        facets=facets.build(results, state),
        histogram=histogram.build(results, state),
        examples=(*EXAMPLES, symbol) if symbol else EXAMPLES,
    )


@bp.get("/cach-tim")
def how_to() -> str:
    """The query language and the keys, with examples that can be clicked."""
    return render_template("how_to.html", state=SearchState())


def last_page(results: Results) -> int:
    """The last page that can be asked for."""
    return min(results.pages, MAX_REACH // PER_PAGE)


def _page_links(state: SearchState, last: int) -> Iterator[PageLink]:
    """First, last and the neighbours of the current page, with gaps between."""
    wanted = {1, last, *range(max(1, state.page - 2), min(last, state.page + 2) + 1)}
    previous = 0
    for number in sorted(wanted):
        if number > previous + 1:
            yield PageLink(0, None)
        yield PageLink(number, state.at_page(number))
        previous = number


def search_url(state: SearchState) -> str:
    """The address of a search."""
    query = state.query_string()
    return url_for("search.index") + (f"?{query}" if query else "")


@bp.app_context_processor
def _helpers() -> dict[str, object]:
    def query_url(query: str) -> str:
        return search_url(SearchState(query=query))

    def filter_url(name: FilterName, value: str) -> str:
        return search_url(SearchState().only(name, value))

    def filter_state(name: FilterName, value: str) -> SearchState:
        return SearchState().only(name, value)

    return {
        "filter_state": filter_state,
        "search_url": search_url,
        "query_url": query_url,
        "filter_url": filter_url,
        "snippets": snippets,
    }
