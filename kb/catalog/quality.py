"""How well documents could be read: shares of valid syllables, what OCR read, what was amiss."""

from __future__ import annotations

import heapq
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog.reading import is_current
from kb.catalog.schema import documents, sources, versions
from kb.model import WARNING_CODE

WORST = 20  # documents listed
POOR = 0.95  # share of valid syllables below which a text deserves a look


@dataclass(frozen=True, slots=True)
class Readable:
    """How well one document could be read."""

    id: str
    title: str
    source: str  # path of one source
    format: str
    share: float  # 0..1: words that are possible Vietnamese syllables
    confidence: float | None  # 0..1, of OCR, mean of its pages; None where all text was text
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormatQuality:
    """The documents of one format."""

    format: str
    documents: int
    share: float  # mean
    poor: int  # documents below POOR


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the documents of a library could be read."""

    formats: tuple[FormatQuality, ...]  # most documents first
    scans: int  # documents with pages read by OCR
    confidence: float | None  # mean of the scans
    warnings: tuple[tuple[str, int], ...]  # stable word -> documents, most first
    worst: tuple[Readable, ...]  # below POOR, or read unsurely by OCR; worst first


def read_quality(connection: Connection, labels: Iterable[str], worst: int = WORST) -> Quality:
    """The quality of the documents with these labels."""
    shares: defaultdict[str, list[float]] = defaultdict(list)
    warnings: Counter[str] = Counter()
    confidences: list[float] = []
    lowest: list[tuple[float, str]] = []
    query = (
        sa.select(documents.c.id, versions.c.format, versions.c.text_quality, versions.c.fields)
        .join(versions, is_current(versions))
        .where(documents.c.removed_at.is_(None), documents.c.label.in_(list(labels)))
    )
    for row in connection.execution_options(yield_per=500).execute(query):
        shares[row.format].append(row.text_quality)
        confidence, told = _told(row.fields)
        warnings.update({_word(warning) for warning in told})
        if confidence is not None:
            confidences.append(confidence)
        lowest.append((min(row.text_quality, confidence or 1.0), row.id))
    chosen = [(low, name) for low, name in heapq.nsmallest(worst, lowest) if low < POOR]
    return Quality(
        formats=tuple(
            FormatQuality(name, len(all_), fmean(all_), sum(share < POOR for share in all_))
            for name, all_ in sorted(shares.items(), key=lambda item: (-len(item[1]), item[0]))
        ),
        scans=len(confidences),
        confidence=fmean(confidences) if confidences else None,
        warnings=tuple(sorted(warnings.items(), key=lambda item: (-item[1], item[0]))),
        worst=_readable(connection, [name for _low, name in chosen]),
    )


def _readable(connection: Connection, ids: Sequence[str]) -> tuple[Readable, ...]:
    path = sa.select(sa.func.min(sources.c.path)).where(sources.c.document_id == documents.c.id)
    query = (
        sa.select(
            documents.c.id,
            documents.c.title,
            path.scalar_subquery().label("source"),
            versions.c.format,
            versions.c.text_quality,
            versions.c.fields,
        )
        .join(versions, is_current(versions))
        .where(documents.c.id.in_(ids))
    )
    found = {
        row.id: Readable(
            row.id, row.title, row.source or "", row.format, row.text_quality, *_told(row.fields)
        )
        for row in connection.execute(query)
    }
    return tuple(found[name] for name in ids if name in found)


def _told(fields: str) -> tuple[float | None, tuple[str, ...]]:
    """The confidence of OCR, if it was needed, and the warnings."""
    data = json.loads(fields)
    pages = (data.get("ocr") or {}).get("confidence") or ()
    return fmean(share for _page, share in pages) if pages else None, tuple(data["warnings"])


def _word(warning: str) -> str:
    code = WARNING_CODE.match(warning)
    return code[1] if code else "other"
