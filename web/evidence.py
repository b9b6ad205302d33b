"""The fields of a document as a table, each with the words it was read from and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kb.catalog.corrections import RULE
from kb.model import Document, Period, Span, Value
from kb.vietnamese.normalise import fold
from web.display import day, partial_day, value_label
from web.languages import _
from web.params import FilterName, SearchState
from web.reading import page_at

_QUOTE = 160  # characters of source text that are shown
_AROUND = 30  # characters before and after a short span, so that "2022" shows its sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value comes from. `offset` is None when it does not stand in the text."""

    confidence: float | None
    quote: str = ""
    page: int | None = None
    offset: int | None = None
    corrected: bool = False  # by a person, see kb.curation


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a field; `search` finds the documents that share it."""

    text: str
    evidence: Evidence | None = None
    search: SearchState | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the table."""

    label: str
    entries: tuple[Entry, ...]


def fields(document: Document) -> tuple[Field, ...]:
    """The rows that have a value, in the order a person asks for them."""
    return tuple(Field(label, tuple(entries)) for label, entries in _rows(document) if entries)


def _rows(document: Document) -> Iterator[tuple[str, list[Entry]]]:
    metadata = document.metadata

    def one(value: Value[str] | None, name: FilterName | None = None) -> list[Entry]:
        if value is None:
            return []
        text = value_label(name, value.value) if name else value.value
        search = SearchState().only(name, value.value) if name else None
        return [Entry(text, _evidence(document, value), search)]

    yield _("Số, ký hiệu"), one(metadata.symbol)
    yield _("Loại văn bản"), one(metadata.kind, "kind")
    for label, dated in (
        (_("Ngày ban hành"), metadata.issued_on),
        (_("Ngày có hiệu lực"), metadata.effective_on),
        (_("Ngày đăng"), metadata.published_on),
        (_("Ngày diễn ra"), metadata.event_on),
    ):
        yield label, [Entry(day(dated.value), _evidence(document, dated))] if dated else []
    if metadata.event_on is None and metadata.event_partial:
        yield _("Ngày diễn ra"), [Entry(partial_day(metadata.event_partial))]
    yield _("Cơ quan ban hành"), _issuer(document)
    yield _("Đơn vị"), one(metadata.unit, "unit") if metadata.issuer is None else []
    yield _("Trích yếu"), one(metadata.subject)
    yield _("Cơ quan cấp trên"), one(metadata.superior)
    yield _("Người ký"), one(metadata.signer)
    yield _("Chức vụ"), one(metadata.signer_title)
    yield _("Ký thay mặt"), one(metadata.signed_for)
    yield _("Cấp bậc"), one(metadata.signer_rank)
    yield _("Độ khẩn"), one(metadata.urgency)
    yield _("Lưu hành"), one(metadata.circulation)
    yield _("Kính gửi"), [entry for each in metadata.addressees for entry in one(each)]
    yield _("Nơi nhận"), [entry for each in metadata.recipients for entry in one(each)]
    yield _("Chủ đề"), [entry for topic in metadata.topics for entry in one(topic, "topic")]
    yield _("Kỳ, thời hạn"), [_period(document, period) for period in _distinct(metadata.periods)]
    yield _("Tác giả"), one(metadata.author)


def _issuer(document: Document) -> list[Entry]:
    metadata = document.metadata
    issuer, written = metadata.issuer, metadata.issuer_as_written
    if issuer is None:
        return [Entry(written)] if written else []
    search = SearchState().only("unit", metadata.unit.value) if metadata.unit else None
    evidence = _evidence(document, issuer)
    entries = [Entry(issuer.value, evidence, search)]
    if written and fold(written) not in fold(f"{issuer.value} {evidence.quote}"):
        entries.append(Entry(_("viết trong văn bản: %(name)s", name=written)))
    return entries


def _distinct(periods: tuple[Period, ...]) -> list[Period]:
    """The first mention of each span of time."""
    return list({(p.start, p.end, p.partial): p for p in reversed(periods)}.values())[::-1]


def _period(document: Document, period: Period) -> Entry:
    if period.partial:
        text = partial_day(period.partial)
    elif period.start == period.end:
        text = day(period.start)
    else:
        start = day(period.start) if period.start else "…"
        end = day(period.end) if period.end else "…"
        text = f"{start} – {end}"
    return Entry(f"{text} ({period.raw})", _locate(document, period.span, None))


def _evidence(document: Document, value: Value[Any]) -> Evidence:
    located = _locate(document, value.span, value.confidence)
    return replace(located, corrected=value.rule == RULE)


def _locate(document: Document, span: Span | None, confidence: float | None) -> Evidence:
    if span is None:
        return Evidence(confidence)
    start, end = span.start, span.end
    if end - start < _AROUND:
        line_start = document.text.rfind("\n", 0, start) + 1
        line_end = document.text.find("\n", end)
        line_end = len(document.text) if line_end < 0 else line_end
        start, end = max(line_start, start - _AROUND), min(line_end, end + _AROUND)
    quote = " ".join(document.text[start:end].split())
    if len(quote) > _QUOTE:
        quote = quote[:_QUOTE].rstrip() + "…"
    return Evidence(confidence, quote, page_at(document.pages, span.start), span.start)
