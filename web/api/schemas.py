"""JSON Schemas of the answers (docs/json.md), for OpenAPI."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
STRING: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
DATE: Schema = {"type": ["string", "null"], "format": "date"}
COUNT: Schema = {"type": "integer", "minimum": 0}
BOOL: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "number"}
NUMBER_OR_NULL: Schema = {"type": ["number", "null"]}
RANGE: Schema = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}


def some(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


def record(**properties: Schema) -> Schema:
    """An object that has all of these, and may have more: keys are only ever added."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def ref(name: str) -> Schema:
    """One of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


_LISTED = {
    "id": STRING, "title": STRING, "symbol": TEXT_OR_NULL, "kind": TEXT_OR_NULL, "issued_on": DATE,
    "unit": TEXT_OR_NULL, "validity": TEXT_OR_NULL,
}  # fmt: skip
_FACET = some(record(value=STRING, label=STRING, count=COUNT))
_LINK = record(
    relation=STRING, symbol=TEXT_OR_NULL, issued_on=DATE, part=TEXT_OR_NULL, id=TEXT_OR_NULL,
    title=TEXT_OR_NULL, ambiguous=BOOL, start=COUNT, evidence=RANGE,
)  # fmt: skip
_PARAGRAPH: Schema = {"anyOf": [{"type": "null"}, record(text=STRING, span=RANGE)]}

_ENTRIES = some(record(label=STRING, text=STRING, span=RANGE, heading=BOOL))

SCHEMAS: dict[str, Schema] = {
    "Problem": record(
        type=STRING, title=STRING, status={"type": "integer"}, detail=STRING, remedy=STRING
    ),
    "Listed": record(**_LISTED),
    "Documents": some(ref("Listed")),
    "Passage": record(text=STRING, page=COUNT, section=TEXT_OR_NULL, marks=some(RANGE)),
    "Hit": record(
        **_LISTED,
        topics=some(STRING),
        source=STRING,
        score=NUMBER,
        ocr=BOOL,
        passages=some(ref("Passage")),
        stage=TEXT_OR_NULL,
        copies=some({"type": "object"}),
        versions=some({"type": "object"}),
    ),
    "Results": record(
        query=STRING,
        understood=some({"type": "object"}),
        ignored=some({"type": "object"}),
        total=COUNT,
        hits=some(ref("Hit")),
        facets={"type": "object", "additionalProperties": _FACET},
        relaxed=TEXT_OR_NULL,
        relaxations=some({"type": "object"}),
        suggestion=TEXT_OR_NULL,
        repairs=some({"type": "object"}),
        took_ms=NUMBER,
        page=COUNT,
        pages=COUNT,
    ),
    "Suggestions": record(prefix=STRING, suggestions=some({"type": "object"})),
    "Document": record(
        id=STRING,
        title=STRING,
        format=STRING,
        sources=some(STRING),
        pages=COUNT,
        metadata={"type": "object"},
        sections=some({"type": "object"}),
        references=some({"type": "object"}),
        text=STRING,
    ),
    "Relations": record(
        validity={"type": ["object", "null"]}, on=DATE, outgoing=some(_LINK), incoming=some(_LINK)
    ),
    "Chain": some(record(**_LISTED, level={"type": "integer"}, relation=STRING, parent=STRING)),
    "Comparison": record(
        changes=some(record(kind=STRING, old=_PARAGRAPH, new=_PARAGRAPH, parts=some(some(STRING)))),
        targets=some(record(kind=STRING, what=STRING, old=STRING, new=STRING)),
    ),
    "Figures": some(
        record(
            id=STRING,
            symbol=TEXT_OR_NULL,
            unit_label=TEXT_OR_NULL,
            value=NUMBER,
            total=NUMBER_OR_NULL,
            measure=STRING,
            what=STRING,
            trend=TEXT_OR_NULL,
            compared=TEXT_OR_NULL,
            period=some(DATE),
            span=RANGE,
            evidence=RANGE,
        )
    ),
    "Procedure": record(steps=_ENTRIES, papers=_ENTRIES, deadlines=_ENTRIES, duties=_ENTRIES),
    "Glossary": some(
        record(term=STRING, meanings=some({"type": "object"}), definitions=some({"type": "object"}))
    ),
    "Status": record(
        engine=STRING, documents=COUNT, indexed=COUNT, pending=COUNT, problem=TEXT_OR_NULL
    ),
}
