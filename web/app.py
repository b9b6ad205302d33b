"""The Flask application: `create_app` puts its parts together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, url_for

from kb.catalog.database import open_database
from kb.curation.curator import Curator
from kb.curation.failed_queries import FailedQueries
from kb.curation.inbox import Inbox
from kb.settings import Settings
from web import (
    comparing,
    context,
    display,
    documents,
    errors,
    exporting,
    figures,
    glossary,
    languages,
    metrics,
    overview,
    pictures,
    procedures,
    search,
    security,
    status,
    suggest,
    timeline,
    work,
)
from web.api import routes as api
from web.curating import editing, failed, session, topics, uploading
from web.curating.indexing import Reindexer
from web.curating.reader import Reader

if TYPE_CHECKING:
    from kb.library import Library

STATIC = Path(__file__).parent / "static"
STATIC_MAX_AGE = 365 * 24 * 3600  # seconds; the address changes with the content


BLUEPRINTS = (
    search.bp, suggest.bp, documents.bp, figures.bp, comparing.bp, glossary.bp, status.bp,
    work.bp, procedures.bp, exporting.bp, pictures.bp, overview.bp, timeline.bp, metrics.bp, api.bp,
)  # fmt: skip


def create_app(
    library: Library | Callable[[], Library], settings: Settings, *, curation: bool = False
) -> Flask:
    """The application over an open library, or over what a factory opens at the first request.

    Nothing is kept between requests but the language cookie: no session, no secret key. Only with
    `curation` may curators, who have a key, change anything.
    """
    app = Flask(__name__, static_folder=None)  # added below, once the settings hold for it too
    app.config.update(
        TRACUU_SETTINGS=settings,
        SEND_FILE_MAX_AGE_DEFAULT=STATIC_MAX_AGE,
        MAX_CONTENT_LENGTH=64 * 1024,  # files come to web.curating.uploading, which takes more
        PROVIDE_AUTOMATIC_OPTIONS=False,  # GET and HEAD only
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters["document_id"] = documents.DocumentIdConverter
    for part in (metrics, languages, security, errors, display):
        part.init_app(app)
    context.init_app(app, library)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if curation:
        session.init_app(app, settings)
        app.extensions[editing.KEY] = Reindexer(settings)
        database = open_database(settings.effective_database_url, write=True)
        app.extensions[editing.CURATOR] = Curator(database)
        inbox = Inbox(settings.home, database)
        app.extensions[uploading.INBOX] = inbox
        app.extensions[uploading.READER] = Reader(settings, after=inbox.drop_secrets)
        app.extensions[context.FAILED_QUERIES] = FailedQueries(settings.home)
        for blueprint in (session.bp, editing.bp, uploading.bp, failed.bp, topics.bp):
            app.register_blueprint(blueprint)
    app.static_folder = str(STATIC)
    app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)
    app.add_url_rule("/favicon.ico", view_func=_favicon, endpoint="favicon")
    app.context_processor(_static_helpers)
    return app


def _favicon() -> Response:
    return current_app.send_static_file("logo.svg")


def _static_helpers() -> dict[str, Any]:
    return {"asset": _asset}


_versions: dict[str, str] = {}


def _asset(name: str) -> str:
    """The address of a static file, with its content's fingerprint: it may be cached for ever."""
    if name not in _versions:
        _versions[name] = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return url_for("static", filename=name, v=_versions[name])
