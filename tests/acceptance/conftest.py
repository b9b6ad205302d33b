"""Answers to queries over the sample documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from query_log import Answer

from kb.access import PUBLIC
from kb.library import Library
from kb.results import SearchRequest

LISTED = 50  # hits of an answer: more than any case looks at


@pytest.fixture(scope="session")
def ask(libraries: dict[str, Library]) -> Callable[[str, str], Answer]:
    """The answer of an engine to a query; the same query is run once."""

    @cache
    def answer(engine: str, query: str) -> Answer:
        request = SearchRequest(query=query, per_page=LISTED)
        return Answer(libraries[engine].search(request, PUBLIC))

    return answer
