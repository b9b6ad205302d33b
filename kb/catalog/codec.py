"""Fields of a document to JSON and back, word positions to packed bytes and back.

Driven by the dataclasses of kb.model: a field added there is stored without a change here, and
one that an older row lacks gets its default.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, TypeVar

from kb.boxes import NONE, Boxes
from kb.model import Document, Metadata, Ocr, Period, Reading, Reference, Section, Span, Value

T = TypeVar("T")

# What stands in the head of a document, before its body.
HEAD_FIELDS = ("title", "symbol", "issued_on", "subject")
_DATE_VALUES = {"issued_on", "published_on", "event_on", "effective_on"}
_LISTS = {"topics", "addressees", "grounds", "recipients"}


def encode_fields(document: Document, read: Document | None = None) -> str:
    """Metadata, sections, references, warnings and what OCR did, as one JSON string.

    `read` is the document before people's corrections, where there are any.
    """
    data: dict[str, Any] = {
        "metadata": metadata_to_plain(document.metadata),
        "sections": [asdict(section) for section in document.sections],
        "references": [_plain(asdict(reference)) for reference in document.references],
        "warnings": list(document.warnings),
    }
    if document.ocr is not None:
        data["ocr"] = ocr_to_plain(document.ocr)
    if read is not None:
        data["read"] = {"metadata": metadata_to_plain(read.metadata), "label": read.label}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def decode_fields(
    text: str,
) -> tuple[Metadata, tuple[Section, ...], tuple[Reference, ...], tuple[str, ...], Ocr | None]:
    """The inverse of `encode_fields`."""
    data = json.loads(text)
    return (
        metadata_from_plain(data["metadata"]),
        tuple(_build(Section, section) for section in data["sections"]),
        tuple(
            _build(Reference, r, span=_span(r["span"]), issued_on=_date(r.get("issued_on")))
            for r in data["references"]
        ),
        tuple(data["warnings"]),
        ocr_from_plain(data["ocr"]) if "ocr" in data else None,
    )


def decode_read(text: str) -> tuple[Metadata, str] | None:
    """Metadata and label as they were before people's corrections; None where there are none."""
    read = json.loads(text).get("read")
    return (metadata_from_plain(read["metadata"]), read["label"]) if read else None


def ocr_to_plain(ocr: Ocr | None) -> dict[str, Any] | None:
    """Plain data for JSON; None where no page was a picture."""
    return None if ocr is None else asdict(ocr)


def ocr_from_plain(data: Mapping[str, Any]) -> Ocr:
    """The inverse of `asdict`."""
    return Ocr(
        data["program"],
        tuple((number, share) for number, share in data["confidence"]),
        tuple(Reading(**reading) for reading in data["readings"]),
    )


@dataclass(frozen=True, slots=True)
class ShownFields:
    """The part of a document's fields that a search hit shows."""

    topics: tuple[str, ...]
    event_partial: str | None
    head: tuple[int, ...]  # where the fields of the head end in the text
    sections: tuple[Section, ...]
    ocr: bool  # whether pages were read from pictures


def decode_shown(text: str) -> ShownFields:
    """Only what a hit shows, of what `encode_fields` wrote: many times faster than all of it."""
    data = json.loads(text)
    metadata = data["metadata"]
    head = (metadata.get(name) for name in HEAD_FIELDS)
    return ShownFields(
        topics=tuple(topic["value"] for topic in metadata.get("topics", ())),
        event_partial=metadata.get("event_partial"),
        head=tuple(value["span"]["end"] for value in head if value and value.get("span")),
        sections=tuple(
            Section(s["start"], s["end"], s["level"], s["label"], s["title"]) for s in data["sections"]
        ),
        ocr="ocr" in data,
    )


def metadata_to_plain(metadata: Metadata) -> dict[str, Any]:
    """Plain data for JSON; absent fields are left out, dates are ISO strings."""
    plain: dict[str, Any] = _plain(asdict(metadata))
    return {name: value for name, value in plain.items() if value not in (None, [])}


def metadata_from_plain(data: Mapping[str, Any]) -> Metadata:
    """The inverse of `metadata_to_plain`."""
    values: dict[str, Any] = {}
    for name, value in data.items():
        if name in _LISTS:
            values[name] = tuple(_value(each) for each in value)
        elif name == "periods":
            values[name] = tuple(_period(period) for period in value)
        elif isinstance(value, dict):
            values[name] = _value(value, is_date=name in _DATE_VALUES)
        else:
            values[name] = value
    return _build(Metadata, values)


def encode_boxes(boxes: Boxes) -> bytes | None:
    """Word positions, compressed; None for no boxes."""
    return zlib.compress(boxes.packed, level=6) if boxes else None


def decode_boxes(data: bytes | None) -> Boxes:
    """The inverse of `encode_boxes`."""
    return NONE if data is None else Boxes(zlib.decompress(data))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _build(cls: type[T], data: Mapping[str, Any], **overrides: Any) -> T:
    known = {f.name for f in fields(cls)}  # type: ignore[arg-type]
    values = {name: value for name, value in data.items() if name in known}
    return cls(**{**values, **overrides})


def _value(data: Mapping[str, Any], *, is_date: bool = False) -> Value[Any]:
    value = date.fromisoformat(data["value"]) if is_date else data["value"]
    return _build(Value, data, value=value, span=_span(data.get("span")))


def _period(data: Mapping[str, Any]) -> Period:
    return _build(
        Period,
        data,
        start=_date(data.get("start")),
        end=_date(data.get("end")),
        span=_span(data.get("span")),
    )


def _span(data: Mapping[str, int] | None) -> Span | None:
    return None if data is None else Span(data["start"], data["end"])


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
