"""Citations in the form official documents use (Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I: kind,
number and symbol, day of issue, issuer, subject)."""

from __future__ import annotations

from datetime import date

from kb.model import Metadata
from kb.vietnamese import kinds

_NEWS = "tin-tuc"


def citation(
    *,
    kind: str | None,
    symbol: str | None,
    issued_on: date | None,
    issuer: str | None,
    title: str | None,
) -> str:
    """One document in words, Vietnamese as the documents are; what is not known is left out."""
    label = kinds.label(kind) if kind else ""
    subject = _subject(title or "", label)
    if kind == _NEWS or not (symbol or issuer):
        parts = [
            f"“{title}”" if title else "",
            issuer or "",
            f"{issued_on:%d/%m/%Y}" if issued_on else "",
        ]
        return ", ".join(part for part in parts if part)
    parts = [
        label or "Văn bản",
        f"số {symbol}" if symbol else "",
        f"ngày {issued_on:%d/%m/%Y}" if issued_on else "",
        f"của {issuer}" if issuer else "",
        subject,
    ]
    return " ".join(part for part in parts if part)


def of_metadata(metadata: Metadata) -> str:
    """The citation of a document."""
    return citation(
        kind=metadata.kind.value if metadata.kind else None,
        symbol=metadata.symbol.value if metadata.symbol else None,
        issued_on=metadata.sort_date,
        issuer=metadata.issuer.value if metadata.issuer else None,
        title=metadata.title.value if metadata.title else None,
    )


def _subject(title: str, label: str) -> str:
    """The title without its kind, as it goes on after the issuer: "về việc …", "quy định …"."""
    rest = title[len(label) :].strip() if label and title.lower().startswith(label.lower()) else title
    if rest[:1].isupper() and not rest[:2].isupper():
        rest = rest[:1].lower() + rest[1:]
    return rest
