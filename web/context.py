"""How the pages reach the library: one for the whole application, opened when first needed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from flask import Flask, current_app

if TYPE_CHECKING:  # the library brings engines along, which `kb --help` must not load
    from kb.library import Library

_KEY = "tracuu.library"
FAILED_QUERIES = "tracuu.failed_queries"  # an extension only where curators read them


class _Opener:
    """Calls the factory once; a factory that fails is asked again by the next request."""

    def __init__(self, factory: Callable[[], Library]) -> None:
        self._factory = factory
        self._lock = Lock()
        self._library: Library | None = None

    def __call__(self) -> Library:
        with self._lock:
            if self._library is None:
                self._library = self._factory()
            return self._library


def init_app(app: Flask, library: Library | Callable[[], Library]) -> None:
    """Make `library`, or what the factory opens, the library of all pages."""
    app.extensions[_KEY] = _Opener(library) if callable(library) else (lambda: library)


def current_library() -> Library:
    """The library of this application. Raises what the factory raises (KbError)."""
    library: Library = current_app.extensions[_KEY]()
    return library
