"""The pages over a real library of the sample documents, and over one in memory for faults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import web_samples
from flask import Flask
from flask.testing import FlaskClient
from web_fake_library import FakeLibrary
from web_shelf import Get, Shelf, getter

from kb.catalog import documents as catalog
from kb.catalog import sources
from kb.library import Library
from kb.settings import Settings
from web.app import create_app


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The sample documents in a library of their own; tests only read it."""
    folder = tmp_path_factory.mktemp("srv-kho")
    settings = Settings(home=tmp_path_factory.mktemp("home"), jobs=1)
    documents, ids = [], []
    with Library.writing(settings) as library:
        with library.database.begin() as connection:
            for document in web_samples.all_documents():
                path = folder / Path(document.source.path).name
                path.write_text(document.text, "utf-8")
                documents.append(replace(document, source=replace(document.source, path=str(path))))
                ids.append(catalog.store(connection, documents[-1]).id)
            for rejected in web_samples.REJECTED:
                sources.reject(connection, rejected)
        library.reindex()
    with closing(Library.open(settings)) as library:
        yield Shelf(settings, library, tuple(ids), tuple(documents))


@pytest.fixture(scope="session")
def app(shelf: Shelf) -> Flask:
    """The application over the real library."""
    return create_app(shelf.library, shelf.settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript."""
    return app.test_client()


@pytest.fixture
def get(client: FlaskClient) -> Get:
    """Get a page that must be there, parsed."""
    return getter(client)


@pytest.fixture
def fake(tmp_path: Path) -> FakeLibrary:
    """A library in memory that can be told to fail; the document number n has the id dn."""
    return FakeLibrary(web_samples.all_documents(), web_samples.REJECTED, tmp_path)


@pytest.fixture
def fake_client(fake: FakeLibrary, tmp_path: Path) -> FlaskClient:
    """A browser over `fake`."""
    return create_app(fake, Settings(home=tmp_path)).test_client()  # type: ignore[arg-type]


@pytest.fixture
def fake_get(fake_client: FlaskClient) -> Get:
    """Get a page over `fake` that must be there, parsed."""
    return getter(fake_client)
