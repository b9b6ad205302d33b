"""Documents of a library by their symbol."""

from __future__ import annotations

from kb.access import PUBLIC
from kb.library import Library
from kb.results import SearchRequest


def id_of(library: Library, symbol: str) -> str:
    """The document that has the symbol."""
    hits = library.search(SearchRequest(symbol), PUBLIC).hits
    return next(hit.id for hit in hits if hit.symbol == symbol)
