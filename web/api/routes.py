"""Serves the endpoints under /api/v1, their OpenAPI document, and the page that explains them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from web.api import contract
from web.api.contract import ROOT, Endpoint
from web.api.endpoints import ENDPOINTS
from web.api.openapi import openapi
from web.params import SearchState

bp = Blueprint("api", __name__)


def _serve(endpoint: Endpoint) -> None:
    def view(**path: str) -> Response:
        return jsonify(endpoint.answer(contract.read(endpoint.params, request.args, path)))

    rule = ROOT + endpoint.path.replace("{", "<").replace("}", ">")
    bp.add_url_rule(rule, endpoint=endpoint.name, view_func=view)


for _endpoint in ENDPOINTS:
    _serve(_endpoint)


@bp.get(f"{ROOT}/openapi.json")
def specification() -> Response:
    """The OpenAPI document."""
    return jsonify(_specification())


@bp.get("/api")
def explain() -> str:
    """The page that explains the API."""
    return render_template("api.html", api=_specification(), state=SearchState())


def _specification() -> dict[str, Any]:
    return openapi(ENDPOINTS, url_for("search.index").rstrip("/") + ROOT)
