"""A search request and its answer: the types between the library and its users.

`Results.to_json` is the documented, stable form of `kb search --json` (docs/json.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from kb.engines.port import Order
from kb.model import Span
from kb.near.papers import Stage
from kb.query.ast import Repair


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to look for. Filters of one kind are alternatives, filters of different kinds all hold.

    `exclude` are values of facets that no document found may have: ("kind", "tin-tuc").
    """

    query: str = ""
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    successors: bool = False  # of the units: whoever took over counts too
    years: tuple[int, ...] = ()
    formats: tuple[str, ...] = ()
    validity: tuple[str, ...] = ()  # states of kb.relations.validity
    exclude: tuple[tuple[str, str], ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    order: Order = "relevance"
    page: int = 1  # 1-based
    per_page: int = 10  # 1..100
    facet_limit: int = 20
    ignore: tuple[str, ...] = ()  # keys of what is recognised and to be taken as plain words
    fold: bool = True  # show of the same paper only one document a page, the others beneath it


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of Document.text that answers the query, with the words to mark.

    `marks` are half-open ranges of `text` (not of the document); `start` is the passage's
    own offset in Document.text.
    """

    text: str
    start: int
    page: int
    section: str | None  # "Điều 9", "Mục II.2": where it stands
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Another document that is the same paper: a copy of it in other bytes, or a version."""

    id: str
    title: str
    symbol: str | None
    issued_on: date | None  # the date lists are ordered by
    format: str
    source: str  # path of one source
    similarity: float  # 0..1, an estimate of how much of the text is the same
    stage: Stage | None = None  # draft or signed; None where nothing tells

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            "id": self.id,
            "title": self.title,
            "symbol": self.symbol,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "format": self.format,
            "source": self.source,
            "similarity": round(self.similarity, 2),
            "stage": self.stage,
        }


@dataclass(frozen=True, slots=True)
class SamePaper:
    """The documents that are the same paper as one document, and which stage that one is.

    `copies` are of its own stage, the scan and the Word file; `versions` of another, signed first.
    """

    stage: Stage | None = None
    copies: tuple[Alike, ...] = ()
    versions: tuple[Alike, ...] = ()

    @property
    def others(self) -> tuple[Alike, ...]:
        """All of them, versions first."""
        return self.versions + self.copies

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            "stage": self.stage,
            "copies": [each.to_json() for each in self.copies],
            "versions": [each.to_json() for each in self.versions],
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. `kind`, `unit` and `topics` are ids; labels come with the facets and
    from kb.vietnamese.kinds / units / topics. `same` are the hits of the page folded under this one."""

    id: str
    title: str
    symbol: str | None
    kind: str | None
    kind_label: str | None
    issued_on: date | None  # issued, published or event: the date lists are ordered by
    unit: str | None
    unit_label: str | None
    topics: tuple[str, ...]
    source: str  # path of one source
    format: str
    score: float
    passages: tuple[Passage, ...] = ()
    event_partial: str | None = None  # "--08-04" where no year is known
    ocr: bool = False  # text read from pictures of pages
    same: SamePaper = SamePaper()
    validity: str | None = None  # a state of kb.relations.validity; None where nothing tells


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, how to show it, and how many of the documents found have it."""

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """Something recognised in the query: shown, never silent.

    kind       symbol, kind, unit, topic, period (what documents cover), date (when they were issued),
               person
    text       as the query has it
    value      an id, a symbol's key, a name, days as "2020-01-01..2020-06-30"
    label      how to call the value; "" where `value` says it
    span       where it stands in the query (`Parsed.text`)
    filters    the filter it can be made, as parameters of a search: ("unit", "cat-ha-tinh"),
               ("from", "2020-01-01") ...
    note       what a person should know of it, "" for nothing
    successor  the unit that took over where this one ended; not searched for unless asked
    soft       recognised in plain words: it only ranks, and may be ignored
    """

    kind: str
    text: str
    value: str
    label: str = ""
    span: Span | None = None
    filters: tuple[tuple[str, str], ...] = ()
    note: str = ""
    successor: str | None = None
    soft: bool = False

    @property
    def key(self) -> str:
        """What `SearchRequest.ignore` calls it: "unit:cat-ha-tinh"."""
        return f"{self.kind}:{self.value}"

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            "kind": self.kind,
            "text": self.text,
            "value": self.value,
            "label": self.label or self.value,
            "span": [self.span.start, self.span.end] if self.span else None,
            "filters": dict(self.filters),
            "note": self.note or None,
            "successor": self.successor,
            "soft": self.soft,
        }


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A demand that was dropped because nothing, or too little, met it.

    `code` is stable: accents, unknown-words, words, period-widened, period, topic, unit, kind,
    any-word, more; `text` is a sentence for a person.
    """

    code: str
    text: str


def relaxed_text(relaxations: Iterable[Relaxation]) -> str | None:
    """What was relaxed, for a person; None where nothing was."""
    return " ".join(relaxation.text for relaxation in relaxations) or None


SuggestionKind = Literal["symbol", "phrase", "topic", "unit", "kind", "title"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on from what is typed. Behind each is a document that the principal may see.

    `text` is what to put into the search box instead of what is typed. `id` is the document that a
    symbol or title opens, the topic, unit or kind to filter by; None for a phrase. `marks` are
    half-open ranges of `label` that were typed. `head` is what stays in the box beside a filter.
    """

    kind: SuggestionKind
    text: str
    label: str
    id: str | None = None
    detail: str | None = None  # of a symbol the title, of a title the kind, symbol and date
    count: int | None = None  # documents behind it, where it is not a single one
    marks: tuple[tuple[int, int], ...] = ()
    head: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data for json.dumps; keys as documented in docs/json.md."""
        return {
            "kind": self.kind,
            "text": self.text,
            "label": self.label,
            "id": self.id,
            "detail": self.detail,
            "count": self.count,
            "marks": [list(mark) for mark in self.marks],
        }


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a SearchRequest."""

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]  # by name of kb.facets.FACETS
    understood: tuple[Understood, ...] = ()
    ignored: tuple[Understood, ...] = ()  # recognised too, but taken as plain words as asked
    repairs: tuple[Repair, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()  # in the order they were tried
    suggestion: str | None = None
    took_ms: float = 0.0

    @property
    def relaxed(self) -> str | None:
        """What was relaxed, for a person."""
        return relaxed_text(self.relaxations)

    @property
    def answered(self) -> bool:
        """Whether the question as it was asked found something; accents may differ, and less fitting
        documents may follow."""
        given_up = {relaxation.code for relaxation in self.relaxations} - {"accents", "more"}
        return bool(self.total) and not given_up

    @property
    def pages(self) -> int:
        """How many pages of results there are (at least 1)."""
        return max(1, -(-self.total // self.request.per_page))

    def timed(self, took_ms: float) -> Results:
        """The same answer with the time it took."""
        return replace(self, took_ms=took_ms)

    def to_json(self) -> dict[str, Any]:
        """Plain data for json.dumps; keys as documented in docs/json.md."""
        return {
            "query": self.request.query,
            "understood": [understood.to_json() for understood in self.understood],
            "ignored": [understood.to_json() for understood in self.ignored],
            "total": self.total,
            "hits": [
                {
                    "id": hit.id,
                    "title": hit.title,
                    "symbol": hit.symbol,
                    "kind": hit.kind,
                    "issued_on": hit.issued_on.isoformat() if hit.issued_on else None,
                    "unit": hit.unit,
                    "topics": list(hit.topics),
                    "source": hit.source,
                    "score": round(hit.score, 4),
                    "ocr": hit.ocr,
                    "validity": hit.validity,
                    "passages": [
                        {
                            "text": passage.text,
                            "page": passage.page,
                            "section": passage.section,
                            "marks": [list(mark) for mark in passage.marks],
                        }
                        for passage in hit.passages
                    ],
                    **hit.same.to_json(),
                }
                for hit in self.hits
            ],
            "facets": {
                name: [{"value": v.value, "label": v.label, "count": v.count} for v in values]
                for name, values in self.facets.items()
            },
            "relaxed": self.relaxed,
            "relaxations": [{"code": r.code, "text": r.text} for r in self.relaxations],
            "suggestion": self.suggestion,
            "repairs": [{"code": r.code, "message": r.message} for r in self.repairs],
            "took_ms": round(self.took_ms, 2),
        }
