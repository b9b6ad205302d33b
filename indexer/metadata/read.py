"""From an extracted text to its fields: the one function the pipeline calls."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from indexer.extract.assemble import SUSPECT_QUALITY
from indexer.extract.base import Extracted
from indexer.metadata.effective import read_effective
from indexer.metadata.head import Form
from indexer.metadata.issued import read_issued, read_place
from indexer.metadata.issuer import read_issuer
from indexer.metadata.kind import read_kind
from indexer.metadata.lines import kind_on
from indexer.metadata.lists import read_addressees, read_grounds, read_recipients
from indexer.metadata.marks import read_circulation, read_urgency
from indexer.metadata.news import News, read_news
from indexer.metadata.outline import outline_sections
from indexer.metadata.page_title import read_page_title
from indexer.metadata.period import read_periods
from indexer.metadata.properties import read_properties
from indexer.metadata.references import read_references
from indexer.metadata.sections import read_sections
from indexer.metadata.signer import read_signature
from indexer.metadata.source_unit import read_source
from indexer.metadata.subject import read_subject, read_title
from indexer.metadata.symbol import read_symbol
from indexer.metadata.topic import read_topics
from indexer.metadata.zones import Zones, find_zones
from kb.model import Metadata, Period, Reference, Section, Span, Value
from kb.vietnamese import kinds
from kb.vietnamese.syllables import quality

_MAX_TITLE = 300  # characters of a first line that serves as title


@dataclass(frozen=True, slots=True)
class Fields:
    """Everything read from a text. Spans are characters of Extracted.text."""

    metadata: Metadata
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    warnings: tuple[str, ...] = ()


def read(extracted: Extracted, source_name: str) -> Fields:
    """The fields of a text: as an official document, else as portal news, else title and topics.

    `source_name` is the file's name: the title of last resort. The text is read as it is printed:
    capitals tell headings.
    """
    extracted = extracted.as_printed()
    found = _read(extracted, source_name)
    if found.sections or not extracted.outline:
        return found
    return replace(found, sections=outline_sections(extracted))


def _read(extracted: Extracted, source_name: str) -> Fields:
    zones = find_zones(extracted)
    if zones.head.form is not Form.OTHER:
        return _official(extracted, zones, source_name)
    news = read_news(extracted, zones.lines)
    if news is not None:
        return _news(extracted, zones, news, source_name)
    return _plain(extracted, zones, source_name)


def _official(extracted: Extracted, zones: Zones, source_name: str) -> Fields:
    text = extracted.text
    properties = read_properties(zones.lines)
    titled = read_page_title(zones.lines)
    symbol, symbol_value, warnings = read_symbol(zones, properties, titled)
    about = zones.subject[0] if zones.subject and zones.head.kind is None else None
    kind, kind_warnings = read_kind(zones.head, symbol, about=about, titled=titled)
    issued, issued_warnings = read_issued(zones, text, properties)
    day = issued.value if issued else None
    issuer = read_issuer(zones, text, symbol, day, properties)
    signature = read_signature(zones, properties)
    recipients, filed = read_recipients(zones.tail.recipients)
    subject = read_subject(zones, text, properties, titled)
    kind_id = kind.value if kind else None
    original = kind_on(zones.head.kind.text) if zones.head.consolidated and zones.head.kind else None
    kind_ids = [each for each in (kind_id, original.id if original else None) if each]
    title = read_title(subject, kind_ids, symbol_value)
    subject_span = subject.span if subject else None
    metadata = Metadata(
        title=title or _last_resort(extracted, zones, source_name),
        symbol=symbol_value,
        kind=kind,
        issued_on=issued,
        issuer=issuer.name,
        issuer_as_written=issuer.as_written,
        unit=issuer.unit,
        subject=subject,
        signer=signature.signer,
        signer_title=signature.title,
        signer_capacity=signature.capacity,
        signed_for=signature.on_behalf,
        signer_rank=signature.rank,
        superior=issuer.superior,
        place=read_place(zones.head),
        addressees=read_addressees(zones.addressees),
        grounds=read_grounds(zones.grounds),
        recipients=recipients,
        filed=filed,
        urgency=read_urgency(zones),
        circulation=read_circulation(zones),
        effective_on=read_effective(zones, text, day),
        topics=read_topics(text, subject_span, (zones.main,), symbol=symbol, kind=kind_id),
        published_on=_declared(extracted),
        periods=read_periods(text, zones.main, subject_span, kind=kind_id, told_on=day),
    )
    return Fields(
        metadata,
        read_sections(zones.lines, zones.body.start, len(text)),
        read_references(text, zones, symbol),
        (*warnings, *kind_warnings, *issued_warnings),
    )


def _news(extracted: Extracted, zones: Zones, news: News, source_name: str) -> Fields:
    text = extracted.text
    start = news.title_span.start if news.title_span else (news.body[0].start if news.body else 0)
    end = news.body[-1].end if news.body else len(text)
    told_on = news.published.value if news.published else news.event.value if news.event else None
    periods = read_periods(text, Span(start, end), news.title_span, kind=kinds.NEWS, told_on=told_on)
    issuer = read_source(extracted, news, told_on or _end_of_covered(periods))
    title_span = news.title.span if news.title else None
    counted = ((news.title_span,) if news.title_span else ()) + news.body
    metadata = Metadata(
        title=news.title or _last_resort(extracted, zones, source_name),
        kind=Value(kinds.NEWS, 0.9 if news.published else 0.8, None, "form"),
        issuer=issuer.name,
        issuer_as_written=issuer.as_written,
        unit=issuer.unit,
        topics=read_topics(text, title_span, counted, supporting=news.captions, kind=kinds.NEWS),
        published_on=news.published,
        event_on=news.event,
        event_partial=news.event_partial,
        periods=periods,
        author=news.author,
    )
    return Fields(metadata, references=read_references(text, zones, None))


def _plain(extracted: Extracted, zones: Zones, source_name: str) -> Fields:
    text = extracted.text
    title = _last_resort(extracted, zones, source_name)
    whole = Span(0, len(text))
    metadata = Metadata(
        title=title,
        topics=read_topics(text, title.span if title else None, (whole,)),
        published_on=_declared(extracted),
    )
    return Fields(
        metadata, read_sections(zones.lines, 0, len(text)), read_references(text, zones, None)
    )


def _declared(extracted: Extracted) -> Value[date] | None:
    if extracted.published_on is None:
        return None
    return Value(extracted.published_on, 0.95, None, "page-declares")


def _end_of_covered(periods: tuple[Period, ...]) -> date | None:
    return next((period.end for period in periods if period.role == "covers" and period.end), None)


# What programs put into a file's properties when nobody gives it a title: their own word for it, or
# the name of the file it was made from.
_NO_TITLE = re.compile(
    r"untitled|không tên|microsoft \w+ - .*|(?:document|book|presentation|slide|doc) ?\d*"
    r"|.*\.(?:docx?|xlsx?|pptx?|pdf|rtf|odt|html?|txt)",
    re.I,
)


def _is_vietnamese(title: str) -> bool:
    """False for a title in a legacy encoding: no font tells its letters."""
    return title.isascii() or quality(title) >= SUSPECT_QUALITY


def _last_resort(extracted: Extracted, zones: Zones, source_name: str) -> Value[str] | None:
    """A title where the form gives none: the file's own, its first line, its name."""
    declared = " ".join((extracted.title or "").split())
    if declared and not _NO_TITLE.fullmatch(declared) and _is_vietnamese(declared):
        return Value(declared, 0.6, None, "file-title")
    if zones.lines and len(zones.lines[0].text) <= _MAX_TITLE:
        first = zones.lines[0]
        return Value(first.text, 0.4, Span(first.start, first.end), "first-line")
    name = PurePath(source_name).stem
    return Value(name, 0.2, None, "file-name") if name else None
