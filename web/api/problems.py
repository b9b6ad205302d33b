"""Errors of the API as problem details (RFC 9457)."""

from __future__ import annotations

import json

from flask import Response, request

from web.api.contract import ROOT


def wanted() -> bool:
    """Whether this request is one of the API."""
    return request.path.startswith(f"{ROOT}/")


def problem(status: int, title: str, detail: str, remedy: str) -> Response:
    """The error; `remedy` says what to do."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "remedy": remedy}
    return Response(
        json.dumps(body, ensure_ascii=False) + "\n",
        status=status,
        content_type="application/problem+json",
    )
