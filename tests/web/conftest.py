"""The pages over a real library of the sample documents, and over one in memory for faults."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import web_samples
from flask import Flask
from flask.testing import FlaskClient
from web_fake_library import FakeLibrary
from web_serving import served
from web_shelf import Get, Shelf, getter

from kb.catalog import documents as catalog
from kb.catalog import sources
from kb.library import Library
from kb.settings import Settings
from web.app import create_app

BROWSERS = (os.environ.get("KB_CHROMIUM", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser")


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


@pytest.fixture(scope="session")
def corpus(libraries: dict[str, Library]) -> Library:
    """The sample documents of corpus/."""
    return libraries["tantivy"]


@pytest.fixture(scope="session")
def corpus_app(corpus: Library) -> Flask:
    """The application over corpus/."""
    return create_app(corpus, corpus.settings)


@pytest.fixture
def corpus_client(corpus_app: Flask) -> FlaskClient:
    """A browser over corpus/."""
    return corpus_app.test_client()


@pytest.fixture
def corpus_get(corpus_client: FlaskClient) -> Get:
    """Get a page over corpus/ that must be there, parsed."""
    return getter(corpus_client)


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


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """The pages over the sample documents, served on a free port."""
    with served(app) as place:
        yield place


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium; tests are skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((p for p in BROWSERS if p and Path(p).exists()), None)
    if path is None:
        pytest.skip("no Chromium here; KB_CHROMIUM names one")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page; at the end nothing may have been refused by the content policy or failed."""
    problems: list[str] = []
    contexts = []

    def opener(width: int = 1280, height: int = 900, script: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)  # a busy machine
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield opener
    for context in contexts:
        context.close()
    assert problems == []
