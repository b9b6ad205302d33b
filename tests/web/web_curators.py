"""Curators for tests: let in by a key, with the token that their forms need."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from kb.curation import curators
from kb.settings import Settings

NAME = "Nguyễn Văn A"


def token(client: FlaskClient, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def let_in(app: Flask, settings: Settings) -> FlaskClient:
    client = app.test_client()
    key = curators.add(settings.home, NAME)
    form = {"token": token(client, "/dang-nhap"), "key": key, "den": "/viec-can-lam"}
    answer = client.post("/dang-nhap", data=form)
    assert answer.status_code == 302 and answer.location == "/viec-can-lam"
    return client


def cookie(app: Flask, settings: Settings, address: str) -> dict[str, str]:
    """What lets a browser in at an address."""
    held = let_in(app, settings).get_cookie("curator")
    assert held is not None
    return {"name": "curator", "value": held.value, "url": address}
