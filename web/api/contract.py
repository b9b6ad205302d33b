"""What an endpoint of the API takes and gives: one declaration for checking, answering and documenting.

Parameters are strict: one that is unknown, given twice, or makes no sense is an error (400), so that a
program notices its mistake; pages are lenient instead (web.params).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from kb.errors import BadInput
from web.languages import LANGUAGES, _

Schema = dict[str, Any]
ROOT = "/api/v1"
MAX_TEXT = 2_000  # characters, as in the query parser
MAX_VALUES = 20  # of one parameter
_ID = re.compile(r"[0-9a-f]{4,32}")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of the query string, or of the path."""

    name: str
    schema: Schema
    description: str  # English: it stands in the OpenAPI document
    many: bool = False
    required: bool = False
    place: str = "query"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`GET path`; `answer` gets the parameters by name and gives plain data of the schema `returns`."""

    path: str  # as OpenAPI writes it: /documents/{id}
    name: str
    summary: str  # English
    params: tuple[Param, ...]
    returns: str  # name of a schema in web.api.schemas
    answer: Callable[[Mapping[str, Any]], Any]


def text(name: str, description: str, *, required: bool = False, many: bool = False) -> Param:
    """A text of at most MAX_TEXT characters."""
    return Param(name, {"type": "string", "maxLength": MAX_TEXT}, description, many, required)


def integer(name: str, low: int, high: int, default: int, description: str) -> Param:
    """A whole number low..high."""
    schema = {"type": "integer", "minimum": low, "maximum": high, "default": default}
    return Param(name, schema, description)


def choice(name: str, values: tuple[str, ...], description: str, *, many: bool = False) -> Param:
    """One of some words."""
    return Param(name, {"type": "string", "enum": list(values)}, description, many)


def day(name: str, description: str) -> Param:
    """A date, YYYY-MM-DD."""
    return Param(name, {"type": "string", "format": "date"}, description)


def document_id(name: str = "id", place: str = "path") -> Param:
    """The id of a document."""
    schema = {"type": "string", "pattern": f"^{_ID.pattern}$"}
    return Param(name, schema, "Id of a document", required=True, place=place)


# Of every endpoint; web.languages acts on it.
LANGUAGE = choice("lang", tuple(LANGUAGES), "Language of labels and messages")


def read(
    params: tuple[Param, ...], query: MultiDict[str, str], path: Mapping[str, str]
) -> dict[str, Any]:
    """The parameters by name, converted, with their defaults. Raises BadInput naming the first that
    is wrong."""
    params = (*params, LANGUAGE)
    known = {param.name for param in params if param.place == "query"}
    for name in query:
        if name not in known:
            raise _bad(name, _("không có tham số này"))
    values: dict[str, Any] = {}
    for param in params:
        given = [path[param.name]] if param.place == "path" else query.getlist(param.name)
        if len(given) > (MAX_VALUES if param.many else 1):
            raise _bad(param.name, _("cho quá nhiều lần"))
        if not given and param.required:
            raise _bad(param.name, _("còn thiếu"))
        converted = [_value(param, value) for value in given]
        if param.many:
            values[param.name] = tuple(converted)
        else:
            values[param.name] = converted[0] if converted else param.schema.get("default")
    return values


def _value(param: Param, raw: str) -> Any:
    schema = param.schema
    if schema["type"] == "integer":
        if not re.fullmatch(r"-?[0-9]{1,9}", raw):
            raise _bad(param.name, _("phải là số nguyên"))
        number = int(raw)
        if not schema["minimum"] <= number <= schema["maximum"]:
            raise _bad(param.name, f"{schema['minimum']}..{schema['maximum']}")
        return number
    if schema["type"] == "boolean":
        if raw not in ("true", "false"):
            raise _bad(param.name, "true, false")
        return raw == "true"
    if schema.get("format") == "date":
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
                raise ValueError
            return date.fromisoformat(raw)
        except ValueError as error:
            raise _bad(param.name, "YYYY-MM-DD") from error
    if "enum" in schema and raw not in schema["enum"]:
        raise _bad(param.name, ", ".join(schema["enum"]))
    if "pattern" in schema and not re.fullmatch(schema["pattern"].strip("^$"), raw):
        raise _bad(param.name, schema["pattern"])
    if len(raw) > schema.get("maxLength", MAX_TEXT):
        raise _bad(param.name, _("dài quá %(count)s ký tự", count=schema["maxLength"]))
    return raw


def _bad(name: str, reason: str) -> BadInput:
    return BadInput(
        _("Tham số “%(name)s” không dùng được: %(reason)s", name=name, reason=reason),
        _("Xem /api/v1/openapi.json."),
    )
