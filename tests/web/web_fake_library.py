"""A library in memory with the interface the pages use, for what is hard to do with the real one:
faults, and answers that no parser would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from kb.access import PUBLIC, Principal
from kb.errors import NotFound
from kb.knowledge import Work
from kb.model import Document
from kb.procedures.reading import Procedure
from kb.relations.network import Network
from kb.relations.related import Relations
from kb.results import FacetValue, Hit, Passage, Results, SamePaper, SearchRequest, Suggestion
from kb.series.comparing import Comparison
from kb.vietnamese import kinds, topics, units
from kb.vietnamese.normalise import fold


@dataclass
class FakeLibrary:
    """Finds documents that hold every word of the query, folded."""

    documents: list[Document]
    rejected: tuple[Any, ...] = ()
    files: Path | None = None  # a folder with the originals, by name
    fails: Exception | None = None  # raised by every call
    suggestions: tuple[Suggestion, ...] = ()
    asked: list[str] = field(default_factory=list)  # beginnings that suggestions were asked for
    same: SamePaper = field(default_factory=SamePaper)  # told of every document
    change: Callable[[Results], Results] = field(default=lambda results: results)

    def _check(self, principal: Principal) -> None:
        assert principal is PUBLIC
        if self.fails:
            raise self.fails

    def search(self, request: SearchRequest, principal: Principal) -> Results:
        self._check(principal)
        words = fold(request.query).replace('"', "").split()
        chosen = {"kind": request.kinds, "topic": request.topics, "unit": request.units}
        chosen["year"] = tuple(map(str, request.years))
        found = []
        for number, document in enumerate(self.documents):
            text, dated = fold(f"{_title(document)} {document.text}"), document.metadata.sort_date
            if (
                all(word in text for word in words)
                and all(not v or set(v) & set(_values(document, n)) for n, v in chosen.items())
                and (not request.date_from or (dated is not None and dated >= request.date_from))
                and (not request.date_to or (dated is not None and dated <= request.date_to))
            ):
                found.append((number, document))
        if request.order != "relevance":
            sign = -1 if request.order == "newest" else 1
            found.sort(
                key=lambda pair: sign * (d.toordinal() if (d := pair[1].metadata.sort_date) else 0)
            )
        counts = {name: Counter(v for _, d in found for v in _values(d, name)) for name in chosen}
        first = (request.page - 1) * request.per_page
        return self.change(
            Results(
                request=request,
                total=len(found),
                hits=tuple(self._hit(n, d, words) for n, d in found[first : first + request.per_page]),
                facets={
                    name: tuple(
                        FacetValue(value, _label(name, value), count, value in chosen[name])
                        for value, count in counter.most_common()
                    )
                    for name, counter in counts.items()
                },
                took_ms=1.4,
            )
        )

    def _hit(self, number: int, document: Document, words: list[str]) -> Hit:
        data = document.metadata
        kind = data.kind.value if data.kind else None
        marks = _marks(document.text, words)
        start = max(0, document.text.rfind("\n", 0, marks[0][0]) + 1) if marks else 0
        text = document.text[start : start + 280]
        inside = tuple((s - start, e - start) for s, e in marks if e <= start + 280)
        page = next((p.number for p in document.pages if p.start <= start < p.end), 1)
        return Hit(
            id=f"d{number}",
            title=_title(document),
            symbol=data.symbol.value if data.symbol else None,
            kind=kind,
            kind_label=kinds.label(kind) if kind else None,
            issued_on=data.sort_date,
            unit=data.unit.value if data.unit else None,
            unit_label=data.issuer.value if data.issuer else None,
            topics=tuple(topic.value for topic in data.topics),
            source=document.source.path,
            format=document.format,
            score=1.0,
            passages=(Passage(text, start, page, None, inside),),
            event_partial=data.event_partial,
        )

    def suggest(self, prefix: str, principal: Principal, limit: int = 8) -> tuple[Suggestion, ...]:
        self._check(principal)
        self.asked.append(prefix)
        return self.suggestions[:limit]

    def picture(self, stored: Any, page: int, principal: Principal) -> Any:
        self._check(principal)
        raise NotFound("Không vẽ được.", "Đọc phần chữ.")

    def get(self, document_id: str, principal: Principal, *, boxes: bool = False) -> Any:
        self._check(principal)
        number = document_id.removeprefix("d")
        if not number.isdigit() or int(number) >= len(self.documents):
            raise NotFound("Không có văn bản này.", "Tìm lại theo tên.")
        document = self.documents[int(number)]
        return SimpleNamespace(
            id=document_id,
            version=1,
            versions=2,
            document=document,
            sources=(document.source,),
            added_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        )

    def same_paper(self, document_id: str, principal: Principal) -> SamePaper:
        self._check(principal)
        return self.same

    @property
    def knowledge(self) -> Any:
        """Nothing hangs together with anything."""
        none = Relations((), (), None, date(2026, 1, 2))
        self._check(PUBLIC)
        return SimpleNamespace(
            procedure=lambda document_id, principal: Procedure((), (), (), ()),
            work=lambda principal, limit, before: Work(0, (), (), ()),
            glossary=lambda principal, text: [],
            all_figures=lambda principal, ids: iter(()),
            compare=lambda old, new, principal: Comparison((), ()),
            relations=lambda document_id, principal: none,
            network=lambda document_id, related, principal: Network((), (), 0),
            newest=lambda ids, principal: {},
            **dict.fromkeys(
                ("figures", "definitions", "chain", "series"), lambda document_id, principal: []
            ),
        )

    def similar(self, document_id: str, principal: Principal, limit: int = 5) -> list[Any]:
        self._check(principal)
        return []

    def passages_marks(
        self, document_id: str, query: str, principal: Principal
    ) -> tuple[tuple[int, int], ...]:
        return tuple(_marks(self.get(document_id, principal).document.text, fold(query).split()))

    def original(self, document_id: str, principal: Principal) -> Path:
        path = Path(self.get(document_id, principal).document.source.path)
        return self.files / path.name if self.files else path

    def status(self, principal: Principal) -> Any:
        self._check(principal)
        return SimpleNamespace(
            documents=len(self.documents),
            indexed=len(self.documents),
            pending=3,
            rejected=self.rejected,
            engine="fake",
            last_indexed=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
            problem=None,
        )

    def close(self) -> None:
        pass


def _title(document: Document) -> str:
    return document.metadata.title.value if document.metadata.title else "Không tên"


def _values(document: Document, name: str) -> tuple[str, ...]:
    data = document.metadata
    return {
        "kind": (data.kind.value,) if data.kind else (),
        "topic": tuple(topic.value for topic in data.topics),
        "unit": (data.unit.value,) if data.unit else (),
        "year": (str(data.sort_date.year),) if data.sort_date else (),
    }[name]


def _label(name: str, value: str) -> str:
    labels = {"kind": kinds.label, "topic": topics.label, "unit": units.label}
    return labels[name](value) if name in labels else value


def _marks(text: str, words: list[str]) -> list[tuple[int, int]]:
    folded, marks = fold(text), []
    for word in words:
        position = folded.find(word)
        while position >= 0:
            marks.append((position, position + len(word)))
            position = folded.find(word, position + 1)
    return sorted(marks)
