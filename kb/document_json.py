"""The stable JSON form of a stored document (docs/json.md)."""

from __future__ import annotations

from typing import Any

from kb.catalog import codec
from kb.catalog.documents import title_of
from kb.catalog.reading import StoredDocument
from kb.results import SamePaper


def plain(item: StoredDocument, same: SamePaper) -> dict[str, Any]:
    """Plain data: all that `kb show` tells, and the text."""
    document = item.document
    return {
        "id": item.id,
        "version": item.version,
        "versions": item.versions,
        "added_at": item.added_at.isoformat(timespec="seconds"),
        "title": title_of(document),
        "format": document.format,
        "sources": [source.path for source in item.sources],
        "pages": len(document.pages),
        "same_paper": same.to_json(),
        "text_quality": round(document.text_quality, 4),
        "warnings": list(document.warnings),
        "ocr": codec.ocr_to_plain(document.ocr),
        "metadata": codec.metadata_to_plain(document.metadata),
        "sections": [
            {"label": s.label, "title": s.title, "level": s.level, "start": s.start, "end": s.end}
            for s in document.sections
        ],
        "references": [
            {"relation": r.relation, "symbol": r.symbol, "text": r.raw, "start": r.span.start}
            for r in document.references
        ],
        "text": document.text,
    }
