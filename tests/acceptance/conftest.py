"""The sample documents of corpus/, read once and indexed with every engine."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from query_log import Answer

from indexer.pipeline import ingest
from kb.access import PUBLIC
from kb.engines import registry
from kb.library import Library
from kb.results import SearchRequest
from kb.settings import Settings

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
LISTED = 50  # hits of an answer: more than any case looks at


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Library]]:
    """The library of each engine; they share one catalog."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), jobs=1)
    opened = {}
    with contextlib.ExitStack() as stack:
        for name in registry.NAMES:
            of_engine = dataclasses.replace(settings, engine=name)
            with Library.writing(of_engine) as library:
                report = ingest(library, [DOCUMENTS], jobs=1)
                library.reindex()
            assert report.rejected == []
            opened[name] = stack.enter_context(contextlib.closing(Library.open(of_engine)))
        yield opened


@pytest.fixture(scope="session")
def ask(libraries: dict[str, Library]) -> Callable[[str, str], Answer]:
    """The answer of an engine to a query; the same query is run once."""

    @cache
    def answer(engine: str, query: str) -> Answer:
        request = SearchRequest(query=query, per_page=LISTED)
        return Answer(libraries[engine].search(request, PUBLIC))

    return answer
