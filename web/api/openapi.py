"""The OpenAPI 3.1 document, made from the endpoints."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from web.api.contract import LANGUAGE, MAX_VALUES, Endpoint, Param
from web.api.schemas import SCHEMAS, ref

_PROBLEM = {"content": {"application/problem+json": {"schema": ref("Problem")}}}


def openapi(endpoints: tuple[Endpoint, ...], server: str) -> dict[str, Any]:
    """The document; `server` is the address the paths are under."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tracuu",
            "version": version("tracuu"),
            "description": "Search and knowledge of Vietnamese administrative documents. Read only. "
            "Errors are problem details (RFC 9457); lang=en gives labels and messages in English.",
        },
        "servers": [{"url": server}],
        "paths": {endpoint.path: {"get": _operation(endpoint)} for endpoint in endpoints},
        "components": {"schemas": SCHEMAS},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    answer = {"application/json": {"schema": ref(endpoint.returns)}}
    responses: dict[str, Any] = {
        "200": {"description": "The answer", "content": answer},
        "400": {"description": "A parameter makes no sense", **_PROBLEM},
        "503": {"description": "The library cannot be used now", **_PROBLEM},
    }
    if any(param.place == "path" for param in endpoint.params):
        responses["404"] = {"description": "No such document", **_PROBLEM}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [*map(_parameter, (*endpoint.params, LANGUAGE))],
        "responses": responses,
    }


def _parameter(param: Param) -> dict[str, Any]:
    several = {"type": "array", "items": param.schema, "maxItems": MAX_VALUES}
    schema = several if param.many else param.schema
    return {
        "name": param.name,
        "in": param.place,
        "required": param.required,
        "description": param.description,
        "schema": schema,
    }
