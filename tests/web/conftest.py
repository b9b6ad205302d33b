"""A client over a library in memory, and ways to read the pages it gets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import web_samples
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from web_fake_library import FakeLibrary

from kb.settings import Settings
from web.app import create_app


@pytest.fixture
def fake_library(tmp_path: Path) -> FakeLibrary:
    """Every sample document; the originals lie in a folder of their own."""
    files = tmp_path / "originals"
    files.mkdir()
    documents = web_samples.all_documents()
    for document in documents:
        (files / Path(document.source.path).name).write_bytes(document.text.encode())
    return FakeLibrary(documents, web_samples.REJECTED, files)


@pytest.fixture
def app(fake_library: FakeLibrary, tmp_path: Path) -> Flask:
    """The application over `fake_library`."""
    return create_app(fake_library, Settings(home=tmp_path))  # type: ignore[arg-type]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def get(client: FlaskClient) -> Callable[[str], html.HtmlElement]:
    """Get a page that must be there, parsed."""

    def fetch(address: str) -> html.HtmlElement:
        response = client.get(address)
        assert response.status_code == 200, address
        return html.fromstring(response.get_data(as_text=True))

    return fetch
