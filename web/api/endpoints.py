"""The endpoints of the API: what is asked of the library, and its answer as plain data.

Sources are told by their file names only: paths of the server are nobody's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from kb.access import PUBLIC
from kb.document_json import plain
from kb.facets import FACETS
from kb.figures import table
from kb.relations.validity import STATES
from kb.results import SearchRequest
from web.api.contract import Endpoint, Param, choice, day, document_id, integer, text
from web.context import current_library
from web.errors import hide_paths

MAX_REACH = 10_000  # hits that can be paged through

_FILTERS = ("kind", "topic", "unit", "year", "validity", "format")
_SEARCH = (
    text("q", "The query, in the query language of the pages"),
    text("kind", "Only this kind (its id, such as ke-hoach)", many=True),
    text("topic", "Only this topic, and those below it", many=True),
    text("unit", "Only this unit, those below it and its predecessors", many=True),
    Param("successors", {"type": "boolean", "default": False}, "With unit: those that took over too"),
    Param("year", {"type": "integer", "minimum": 1000, "maximum": 9999}, "Only this year", many=True),
    choice("validity", STATES, "Only this state of validity", many=True),
    text("format", "Only this format (pdf, docx …)", many=True),
    Param(
        "not",
        {"type": "string", "pattern": f"^({'|'.join(FACETS)}):.{{1,200}}$"},
        "Leave out what has this value: facet:value",
        many=True,
    ),
    day("from", "Issued on this day or later"),
    day("to", "Issued on this day or earlier"),
    choice("order", ("relevance", "newest", "oldest"), "Order of the hits; relevance is the default"),
    integer("page", 1, MAX_REACH, 1, "Page, from 1 to `pages` of the answer; later ones are empty"),
    integer("per_page", 1, 100, 10, "Hits of a page"),
    Param("fold", {"type": "boolean", "default": True}, "Show copies of one paper as one hit"),
    text("ignore", "What is recognised and to be taken as plain words: kind:value", many=True),
)


def _search(given: Mapping[str, Any]) -> Any:
    results = current_library().search(
        SearchRequest(
            query=given["q"] or "",
            kinds=given["kind"],
            topics=given["topic"],
            units=given["unit"],
            successors=given["successors"],
            years=given["year"],
            validity=given["validity"],
            formats=given["format"],
            exclude=tuple(map(_exclusion, given["not"])),
            date_from=given["from"],
            date_to=given["to"],
            order=given["order"] or "relevance",
            page=given["page"],
            per_page=given["per_page"],
            fold=given["fold"],
            ignore=given["ignore"],
        ),
        PUBLIC,
    )
    pages = min(results.pages, MAX_REACH // given["per_page"])
    answer = _without_paths(results.to_json())
    return {**answer, "page": given["page"], "pages": pages}


def _exclusion(given: str) -> tuple[str, str]:
    name, _colon, value = given.partition(":")
    return name, value


def _suggest(given: Mapping[str, Any]) -> Any:
    found = current_library().suggest(given["q"], PUBLIC, given["limit"])
    return {"prefix": given["q"], "suggestions": [each.to_json() for each in found]}


def _document(given: Mapping[str, Any]) -> Any:
    library = current_library()
    item = library.get(given["id"], PUBLIC)
    return _without_paths(plain(item, library.same_paper(given["id"], PUBLIC)))


def _similar(given: Mapping[str, Any]) -> Any:
    found = current_library().similar(given["id"], PUBLIC, given["limit"])
    return [each.to_json() for each in found]


def _relations(given: Mapping[str, Any]) -> Any:
    return current_library().knowledge.relations(given["id"], PUBLIC, given["on"]).to_json()


def _chain(given: Mapping[str, Any]) -> Any:
    steps = current_library().knowledge.chain(given["id"], PUBLIC)
    return [step.to_json() for step in steps]


def _series(given: Mapping[str, Any]) -> Any:
    return [each.to_json() for each in current_library().knowledge.series(given["id"], PUBLIC)]


def _compare(given: Mapping[str, Any]) -> Any:
    return current_library().knowledge.compare(given["old"], given["id"], PUBLIC).to_json()


def _figures(given: Mapping[str, Any]) -> Any:
    library = current_library()
    library.get(given["id"], PUBLIC)
    return [table.plain(each) for each in library.knowledge.all_figures(PUBLIC, [given["id"]])]


def _procedure(given: Mapping[str, Any]) -> Any:
    return current_library().knowledge.procedure(given["id"], PUBLIC).to_json()


def _glossary(given: Mapping[str, Any]) -> Any:
    found = current_library().knowledge.glossary(PUBLIC, given["q"] or "")
    return [entry.to_json() for entry in found[: given["limit"]]]


def _status(_given: Mapping[str, Any]) -> Any:
    status = current_library().status(PUBLIC)
    return {
        "engine": status.engine,
        "documents": status.documents,
        "indexed": status.indexed,
        "pending": status.pending,
        "problem": hide_paths(status.problem) if status.problem else None,
    }


def _without_paths(answer: Any) -> Any:
    """The answer with file names in place of paths."""
    if isinstance(answer, dict):
        return {
            key: PurePath(value).name
            if key == "source"
            else [PurePath(each).name for each in value]
            if key == "sources"
            else _without_paths(value)
            for key, value in answer.items()
        }
    return [_without_paths(each) for each in answer] if isinstance(answer, list) else answer


_ONE = (document_id(),)

ENDPOINTS = (
    Endpoint("/search", "search", "Search the documents", _SEARCH, "Results", _search),
    Endpoint(
        "/suggest",
        "suggest",
        "Suggestions for what is being typed",
        (text("q", "What was typed", required=True), integer("limit", 1, 20, 8, "How many")),
        "Suggestions",
        _suggest,
    ),
    Endpoint(
        "/documents/{id}",
        "document",
        "A document with its fields and text",
        _ONE,
        "Document",
        _document,
    ),
    Endpoint(
        "/documents/{id}/similar",
        "similar",
        "Documents about the same matter",
        (*_ONE, integer("limit", 1, 50, 5, "How many")),
        "Documents",
        _similar,
    ),
    Endpoint(
        "/documents/{id}/relations",
        "relations",
        "What it says of others and they of it; its validity",
        (*_ONE, day("on", "In force on this day; today is the default")),
        "Relations",
        _relations,
    ),
    Endpoint(
        "/documents/{id}/chain",
        "chain",
        "What it carries out, and who carries it out",
        _ONE,
        "Chain",
        _chain,
    ),
    Endpoint(
        "/documents/{id}/series", "series", "The same work of other years", _ONE, "Documents", _series
    ),
    Endpoint(
        "/documents/{id}/compare/{old}",
        "compare",
        "What changed since an older document",
        (*_ONE, document_id("old")),
        "Comparison",
        _compare,
    ),
    Endpoint("/documents/{id}/figures", "figures", "Figures it states", _ONE, "Figures", _figures),
    Endpoint(
        "/documents/{id}/procedure",
        "procedure",
        "Steps, papers, deadlines and duties",
        _ONE,
        "Procedure",
        _procedure,
    ),
    Endpoint(
        "/glossary",
        "glossary",
        "Abbreviations and defined terms",
        (text("q", "Only what this finds"), integer("limit", 1, 5_000, 100, "How many")),
        "Glossary",
        _glossary,
    ),
    Endpoint("/status", "status", "What the library holds", (), "Status", _status),
)
