"""What many tests share: sample documents, libraries, the real data."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from indexer.pipeline import ingest
from kb.engines import registry
from kb.library import Library
from kb.model import Document, Metadata, Page, Period, Section, Source, Span, Value
from kb.settings import Settings

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real documents for measuring; the test is skipped where it is absent."""
    path = Path(os.environ.get("TRACUU_DATA", ROOT.parent / "shared" / "data"))
    if not path.is_dir():
        pytest.skip("the real data is not here; TRACUU_DATA names its folder")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a home of their own."""
    return Settings(home=tmp_path / "home", jobs=1)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """An empty library, open for writing."""
    with Library.writing(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Library]]:
    """The sample documents of corpus/, read once; a library of each engine, sharing one catalog."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), jobs=1)
    opened = {}
    with contextlib.ExitStack() as stack:
        for name in registry.NAMES:
            of_engine = dataclasses.replace(settings, engine=name)
            with Library.writing(of_engine) as library:
                report = ingest(library, [ROOT / "corpus" / "documents"], jobs=1)
                library.reindex()
            assert report.rejected == []
            opened[name] = stack.enter_context(contextlib.closing(Library.open(of_engine)))
        yield opened


MakeDocument = Callable[..., Document]


@pytest.fixture(scope="session")
def make_document() -> MakeDocument:
    """A function that makes a document from text and a few fields."""

    def make(
        text: str,
        path: str = "/data/a.txt",
        *,
        title: str | None = None,
        kind: str | None = None,
        symbol: str | None = None,
        issued_on: date | None = None,
        unit: tuple[str, str] | None = None,
        topics: tuple[str, ...] = (),
        covers: tuple[date, date] | None = None,
        sha256: str | None = None,
        label: str = "public",
        pages: tuple[Page, ...] | None = None,
        sections: tuple[Section, ...] = (),
    ) -> Document:
        def value(content: object) -> Value:
            return Value(content, 0.9, Span(0, 1), "test")

        return Document(
            source=Source(path, sha256 or hashlib.sha256(text.encode()).hexdigest(), len(text), 1_000),
            format="txt",
            text=text,
            pages=pages or (Page(1, 0, len(text)),),
            metadata=Metadata(
                title=value(title) if title else None,
                kind=value(kind) if kind else None,
                symbol=value(symbol) if symbol else None,
                issued_on=value(issued_on) if issued_on else None,
                unit=value(unit[0]) if unit else None,
                issuer=value(unit[1]) if unit else None,
                topics=tuple(value(topic) for topic in topics),
                periods=(Period(*covers, "range", "covers", "test"),) if covers else (),
            ),
            label=label,
            sections=sections,
        )

    return make
