"""Reads fields again from stored text, when their rules or tables change: no file is opened.

The text is what extraction left, so lines stand where they stood; only the layout (bold, columns) is
gone, which topics do not need.
"""

from __future__ import annotations

from indexer.extract.base import Extracted, Line
from indexer.metadata.head import Form
from indexer.metadata.news import read_news
from indexer.metadata.topic import read_topics
from indexer.metadata.zones import find_zones
from kb.model import Document, Span, Value
from kb.vietnamese import kinds, symbols


def topics_again(document: Document) -> tuple[Value[str], ...]:
    """The topics of a stored document by today's table: as indexer.metadata.read finds them."""
    text, metadata = document.text, document.metadata
    extracted = as_extracted(document)
    zones = find_zones(extracted)
    if zones.head.form is not Form.OTHER:
        return read_topics(
            text,
            metadata.subject.span if metadata.subject else None,
            (zones.main,),
            symbol=symbols.parse(metadata.symbol.value) if metadata.symbol else None,
            kind=metadata.kind.value if metadata.kind else None,
        )
    news = read_news(extracted, zones.lines)
    if news is not None:
        counted = ((news.title_span,) if news.title_span else ()) + news.body
        title = news.title.span if news.title else None
        return read_topics(text, title, counted, supporting=news.captions, kind=kinds.NEWS)
    title = metadata.title.span if metadata.title else None
    return read_topics(text, title, (Span(0, len(text)),))


def as_extracted(document: Document) -> Extracted:
    """A stored document as extraction without layout would give it."""
    lines, start, page = [], 0, 0
    for line in document.text.split("\n"):
        while page + 1 < len(document.pages) and document.pages[page + 1].start <= start:
            page += 1
        if line.strip():
            number = document.pages[page].number if document.pages else 1
            lines.append(Line(start, start + len(line), number))
        start += len(line) + 1
    return Extracted(document.format, document.text, document.pages, tuple(lines))
